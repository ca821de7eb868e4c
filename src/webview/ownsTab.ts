import { html, type TemplateResult } from 'lit';
import type { IdentityTexts, OwnedGroup } from '../panels/protocol/identity';
import { empty } from './states';
import { fill, numberWord } from './words';

/** What stands in the way of a deletion, by kind. */
export function ownsTab(
  groups: readonly OwnedGroup[],
  texts: IdentityTexts,
  openPerson: (person: { readonly id: string; readonly name: string }) => void,
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
                  item.person
                    ? html`<button
                        class="link"
                        title=${fill(texts.openPerson, item.name)}
                        @click=${() => {
                          openPerson(item);
                        }}
                      >
                        <bdi>${item.name}</bdi>
                      </button>`
                    : html`<bdi>${item.name}</bdi>`
                }
              </li>`,
          )}
        </ul>
      `,
    )}
  `;
}
