import { html, type TemplateResult } from 'lit';
import type { OwnedGroup } from '../protocol';
import type { IdentityTexts } from '../protocolTexts';
import { empty } from '../../shared/page/parts';
import { cut, fill, numberWord } from '../../shared/page/format';

/** What stands in the way of a deletion, by kind. */
export function ownsTab(
  groups: readonly OwnedGroup[],
  texts: IdentityTexts,
  acts: {
    readonly openPerson: (person: { readonly id: string; readonly name: string }) => void;
    readonly peopleWith: (role: { readonly id: string; readonly name: string }) => void;
  },
): TemplateResult {
  if (groups.length === 0) return empty(texts.ownsNothing);
  return html`
    <p class="nothing">${texts.ownsNote}</p>
    ${groups.map(
      ({ kind, items }) => html`
        <h2><bdi>${kind}</bdi> (${numberWord(items.length)})</h2>
        <ul class="rows">
          ${items.map(
            (item) =>
              html`<li>
                ${
                  item.link === null
                    ? html`<bdi>${cut(item.name)}</bdi>`
                    : html`<button
                        class="link"
                        title=${fill(item.link === 'person' ? texts.openPerson : texts.peopleWith, cut(item.name))}
                        @click=${() => {
                          if (item.link === 'person') acts.openPerson(item);
                          else acts.peopleWith({ id: item.id, name: item.name });
                        }}
                      >
                        <bdi>${cut(item.name)}</bdi>
                      </button>`
                }
              </li>`,
          )}
        </ul>
      `,
    )}
  `;
}
