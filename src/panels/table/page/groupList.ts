import { html, nothing, type TemplateResult } from 'lit';
import { cut, numberWord } from '../../shared/page/format';
import type { TableGroup, TableGroups, TableTexts } from '../protocol';

/** Characters of a value. */
const DRAWN = 200;

/** How many rows have which value in a column; a click shows those alone. */
export function groupList(
  { label, groups, more, counted }: TableGroups,
  texts: TableTexts,
  acts: { readonly choose: (group: TableGroup) => void; readonly close: () => void },
): TemplateResult {
  return html`<aside class="groups" aria-label=${`${texts.groupBy}: ${label}`}>
    <div class="groupsHead">
      <h2><bdi>${label}</bdi></h2>
      <button
        class="icon codicon codicon-close"
        title=${texts.close}
        aria-label=${texts.close}
        @click=${acts.close}
      ></button>
    </div>
    <p class="dim">${counted}</p>
    <ul data-one-stop>
      ${groups.map(
        (group) =>
          html`<li>
            <button
              aria-pressed=${group.chosen ? 'true' : 'false'}
              title=${group.label}
              @click=${() => {
                acts.choose(group);
              }}
            >
              <span class="groupValue ${group.value === null ? 'dim' : ''}"
                ><bdi>${cut(group.label, DRAWN, 1)}</bdi></span
              >
              <span class="groupCount">${numberWord(group.count)}</span>
              <span class="bar" .style=${`inline-size:${String(Math.round(group.share * 1000) / 10)}%`}></span>
            </button>
          </li>`,
      )}
    </ul>
    ${more ? html`<p class="dim">${more}</p>` : nothing}
  </aside>`;
}
