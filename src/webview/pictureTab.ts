import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { RoleLink } from '../panels/protocol/identity';
import type { IdentityTexts } from '../panels/protocol/identityTexts';
import type { PictureNode, PictureView } from '../panels/protocol/picture';
import { empty } from './states';
import { cut, fill, numberWord } from './words';

export interface PictureActs {
  readonly openRole: (link: RoleLink) => void;
  /** A thing was walked to. */
  readonly announce: (node: PictureNode) => void;
}

/** A picture on the screen. */
export interface DrawnPicture {
  zoom(factor: number): void;
  fit(): void;
  destroy(): void;
}

type Draw = (container: HTMLElement, view: PictureView, acts: PictureActs) => DrawnPicture;

/** This very script: its address and nonce are those of the picture's script too. */
const own = document.currentScript;

/** The picture, and the same as a list: for screen readers, and for whoever likes lists better. */
export function picture(changed: () => void) {
  let container: Element | undefined;
  let drawn: { readonly view: PictureView; readonly picture: DrawnPicture } | undefined;
  let wanted: { readonly view: PictureView; readonly acts: PictureActs } | undefined;
  let library: Promise<Draw> | undefined;
  let failed = false;

  const keep = (element: Element | undefined): void => {
    if (element === undefined) {
      drawn?.picture.destroy();
      drawn = undefined;
    }
    container = element;
    void show();
  };

  async function show(): Promise<void> {
    if (!container || !wanted || wanted.view === drawn?.view) return;
    try {
      library ??= load();
      const draw = await library;
      // Whatever happened meanwhile counts, not what was so before.
      if (!(container instanceof HTMLElement) || wanted.view === drawn?.view) return;
      drawn?.picture.destroy();
      drawn = { view: wanted.view, picture: draw(container, wanted.view, wanted.acts) };
    } catch {
      library = undefined;
      failed = true;
      changed();
    }
  }

  return (view: PictureView, texts: IdentityTexts, acts: PictureActs): TemplateResult => {
    if (view.nodes.length < 2) return empty(texts.noPicture);
    wanted = { view, acts };
    void show();
    const person = view.nodes[0]?.label ?? '';
    const button = (icon: string, label: string, run: () => void): TemplateResult =>
      html`<button class="icon" aria-label=${label} title=${label} @click=${run}>
        <span class="codicon codicon-${icon}" aria-hidden="true"></span>
      </button>`;
    return html`
      <div class="pictureHead">
        <p class="nothing">${texts.pictureColumns}</p>
        <div class="buttons" role="group" aria-label=${texts.actions}>
          ${button('zoom-in', texts.zoomIn, () => drawn?.picture.zoom(1.25))}
          ${button('zoom-out', texts.zoomOut, () => drawn?.picture.zoom(0.8))}
          ${button('screen-full', texts.zoomFit, () => drawn?.picture.fit())}
        </div>
      </div>
      ${
        failed
          ? empty(texts.pictureFailed)
          : html`<div
              class="picture"
              role="application"
              tabindex="0"
              aria-label=${fill(texts.pictureLabel, cut(person))}
              ${ref(keep)}
            ></div>`
      }
      ${
        view.asked < view.roles
          ? html`<p class="nothing">${fill(texts.pictureAsked, numberWord(view.asked), numberWord(view.roles))}</p>`
          : nothing
      }
      <h2>${texts.asList}</h2>
      ${list(view, texts, acts)}
    `;
  };
}

function list({ nodes, edges }: PictureView, texts: IdentityTexts, acts: PictureActs): TemplateResult {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const targets = new Map<string, PictureNode[]>();
  for (const { from, to } of edges) {
    const target = byId.get(to);
    if (target) targets.set(from, [...(targets.get(from) ?? []), target]);
  }
  const branch = (node: PictureNode): TemplateResult => {
    const { label, kind, id, assignmentId } = node;
    const children = targets.get(id) ?? [];
    return html`<li>
      <span class="dim">${kindWord(node, texts)}</span>
      ${
        kind === 'role' && assignmentId !== undefined
          ? html`<button
              class="link"
              @click=${() => {
                acts.openRole({ id: assignmentId, role: label });
              }}
            >
              <bdi>${label}</bdi>
            </button>`
          : html`<bdi>${cut(label)}</bdi>`
      }
      ${
        children.length === 0
          ? nothing
          : html`<ul>
              ${children.map(branch)}
            </ul>`
      }
    </li>`;
  };
  return html`<ul class="branches">
    ${nodes.slice(0, 1).map(branch)}
  </ul>`;
}

/** "role", "source", "account": what a thing is, in a word. */
export function kindWord({ kind }: PictureNode, texts: IdentityTexts): string {
  return {
    person: texts.kindPerson,
    role: texts.kindRole,
    source: texts.kindSource,
    account: texts.kindAccount,
  }[kind];
}

function load(): Promise<Draw> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    if (own instanceof HTMLScriptElement) {
      script.nonce = own.nonce;
      script.src = own.src.replace(/[^/]+\.js(?=$|\?)/, 'picture.js');
    }
    script.onload = () => {
      const draw = window.iscPicture;
      if (draw) resolve(draw);
      else reject(new Error('The picture did not load.'));
    };
    script.onerror = () => {
      reject(new Error('The picture did not load.'));
    };
    document.head.append(script);
  });
}
