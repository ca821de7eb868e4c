import { html, nothing, type TemplateResult } from 'lit';
import type { RoleLink } from '../protocol';
import type { IdentityTexts } from '../protocolTexts';
import type { PictureNode, AccessGraphContent } from '../graphProtocol';
import { cut } from '../../shared/page/format';

/** The picture as a list: for screen readers, and for whoever likes lists better. */
export function pictureList(
  { nodes, edges }: AccessGraphContent,
  texts: IdentityTexts,
  openRole: (link: RoleLink) => void,
): TemplateResult {
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
                openRole({ id: assignmentId, role: label });
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
    profile: texts.kindProfile,
    role: texts.kindRole,
    source: texts.kindSource,
    account: texts.kindAccount,
  }[kind];
}
