import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { RoleLink } from '../protocol';
import type { IdentityTexts } from '../protocolTexts';
import type { PictureNode, AccessGraphContent } from '../graphProtocol';
import { kindWord, pictureList } from './graphList';
import { empty } from '../../shared/page/parts';
import { cut, fill, numberWord } from '../../shared/page/format';

export interface PictureActs {
  readonly openRole: (link: RoleLink) => void;
  /** A thing was walked to, or nothing is chosen any more. */
  readonly choose: (node: PictureNode | undefined) => void;
  /** So many roles are to be asked what they provision. */
  readonly ask: (roles: number) => void;
}

/** A picture on the screen. */
export interface DrawnPicture {
  zoom(factor: number): void;
  fit(): void;
  /** Chooses the first thing that has the text, or with `again` the next one; answers how many there are. */
  find(text: string, again: boolean): number;
  destroy(): void;
}

type Draw = (container: HTMLElement, view: AccessGraphContent, acts: PictureActs, boxLabel: string) => DrawnPicture;

/** So many things are found faster by typing than by looking. */
const MANY = 30;

/** This very script: its address and nonce are those of the picture's script too. */
const own = document.currentScript;

/** The picture, what is chosen in it, and the same as a list. */
export function picture(changed: () => void) {
  let container: Element | undefined;
  let drawn: { readonly view: AccessGraphContent; readonly picture: DrawnPicture } | undefined;
  let wanted: { readonly view: AccessGraphContent; readonly acts: PictureActs; readonly boxLabel: string } | undefined;
  let library: Promise<Draw> | undefined;
  let failed = false;
  let chosen: PictureNode | undefined;
  let sought = '';
  let hits = 0;

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
      // Nothing is chosen in a picture that is drawn anew.
      chosen = undefined;
      sought = '';
      drawn = { view: wanted.view, picture: draw(container, wanted.view, wanted.acts, wanted.boxLabel) };
      changed();
    } catch {
      library = undefined;
      failed = true;
      changed();
    }
  }

  function find(text: string, again: boolean): void {
    sought = text;
    hits = drawn?.picture.find(text, again) ?? 0;
    changed();
  }

  return (view: AccessGraphContent, asking: boolean, texts: IdentityTexts, acts: PictureActs): TemplateResult => {
    if (view.nodes.length < 2) return empty(texts.noPicture);
    const choose = (node: PictureNode | undefined): void => {
      chosen = node;
      acts.choose(node);
    };
    wanted = { view, acts: { ...acts, choose }, boxLabel: texts.pictureBox };
    void show();
    const person = view.nodes[0]?.label ?? '';
    const button = (icon: string, label: string, run: () => void): TemplateResult =>
      html`<button class="icon" aria-label=${label} title=${label} @click=${run}>
        <span class="codicon codicon-${icon}" aria-hidden="true"></span>
      </button>`;
    return html`
      <div class="pictureHead">
        ${view.nodes.length < MANY ? html`<p class="nothing">${texts.pictureColumns}</p>` : findBox(texts)}
        <div class="buttons" role="group" aria-label=${texts.actions}>
          ${button('zoom-in', texts.zoomIn, () => drawn?.picture.zoom(1.25))}
          ${button('zoom-out', texts.zoomOut, () => drawn?.picture.zoom(0.8))}
          ${button('screen-full', texts.zoomFit, () => drawn?.picture.fit())}
        </div>
      </div>
      ${view.nodes.length < MANY ? nothing : html`<p class="nothing">${texts.pictureColumns}</p>`}
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
      ${chosenLine(texts, acts)} ${notes(view, asking, texts, acts)}
      <h2>${texts.asList}</h2>
      ${pictureList(view, texts, acts.openRole)}
    `;
  };

  function findBox(texts: IdentityTexts): TemplateResult {
    return html`<div class="filter">
      <vscode-textfield
        type="search"
        .label=${texts.pictureFind}
        placeholder=${texts.pictureFind}
        .value=${sought}
        @input=${(event: Event) => {
          find((event.target as HTMLInputElement).value, false);
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter') find(sought, true);
        }}
      >
        <span slot="content-before" class="codicon codicon-search" aria-hidden="true"></span>
      </vscode-textfield>
      <span class="dim" role="status">${sought ? fill(texts.pictureFound, numberWord(hits)) : nothing}</span>
    </div>`;
  }

  /** What is chosen, in full: a label in the picture may be cut, and a double click is not found by everybody. */
  function chosenLine(texts: IdentityTexts, { openRole }: PictureActs): TemplateResult {
    const { assignmentId } = chosen ?? {};
    return html`<p class="chosen">
      ${
        chosen
          ? html`<span class="dim">${kindWord(chosen, texts)}</span> <bdi>${cut(chosen.label)}</bdi>`
          : html`<span class="dim">${texts.pictureNothing}</span>`
      }
      ${
        chosen && assignmentId !== undefined
          ? html`<button
              class="link"
              @click=${() => {
                if (chosen) openRole({ id: assignmentId, role: chosen.label });
              }}
            >
              ${texts.openWhy}
            </button>`
          : nothing
      }
    </p>`;
  }
}

/** What the picture does not show, and how to see more of it. */
function notes(
  { asked, roles, next, allAccounts }: AccessGraphContent,
  asking: boolean,
  texts: IdentityTexts,
  acts: PictureActs,
): TemplateResult {
  return html`
    ${
      next === null
        ? nothing
        : html`<div class="more">
            <vscode-button
              secondary
              icon=${asking ? 'loading' : 'add'}
              ?icon-spin=${asking}
              @click=${() => {
                if (!asking) acts.ask(next);
              }}
              >${fill(texts.pictureAskMore, numberWord(Math.min(next, roles) - asked))}</vscode-button
            >
            <span class="dim">${fill(texts.pictureAsked, numberWord(asked), numberWord(roles))}</span>
          </div>`
    }
    ${allAccounts ? nothing : html`<p class="nothing">${texts.pictureAccounts}</p>`}
  `;
}

function load(): Promise<Draw> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    if (own instanceof HTMLScriptElement) {
      script.nonce = own.nonce;
      script.src = own.src.replace(/[^/]+\.js(?=$|\?)/, 'graph.js');
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
