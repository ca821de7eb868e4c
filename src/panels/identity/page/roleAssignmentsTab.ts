import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { RoleLink, RoleRow } from '../protocol';
import type { IdentityTexts } from '../protocolTexts';
import type { AssignmentOrigin, WhyAnswer } from '../../roleAssignment/protocol';
import { filterBox } from '../../shared/page/filterBox';
import type { Loaded } from '../../shared/page/resource';
import { badge, empty, momentText, part, type NextSteps } from '../../shared/page/parts';
import { fill, matches } from '../../shared/page/format';

const DATES = ['added', 'starts', 'ends'] as const;
type DateColumn = (typeof DATES)[number];
export type SortBy = 'role' | DateColumn;

export interface RolesState {
  readonly filter: string;
  readonly sort: { readonly by: SortBy; readonly descending: boolean };
  /** Answers to "why?", by assignment; asked for the rows that are looked at. */
  readonly whyOf: (assignmentId: string) => Loaded<WhyAnswer>;
  /** Assignments whose answer is shown. */
  readonly open: ReadonlySet<string>;
}

export interface RolesActs {
  readonly filter: (text: string) => void;
  readonly sort: (by: SortBy) => void;
  readonly toggle: (id: string) => void;
  readonly openRole: (link: RoleLink) => void;
}

/** Number of roles from which a filter box is of use. */
const MANY = 8;

/** The roles of the person: how they came, since when, from when, until when. */
export function roleAssignmentsTab(
  rows: readonly RoleRow[],
  texts: IdentityTexts,
  state: RolesState,
  acts: RolesActs,
  steps: Omit<NextSteps, 'retry'>,
): TemplateResult {
  if (rows.length === 0) return empty(texts.noRoles);
  const shown = sorted(
    rows.filter(({ role }) => matches(state.filter, role)),
    state.sort,
  );
  // What no row has takes no room. By all rows: a filter does not move the columns.
  const dates = DATES.filter((date) => rows.some((row) => row[date]));
  const column = (by: SortBy, label: string): TemplateResult => {
    const { sort } = state;
    const order = sort.by === by ? (sort.descending ? 'descending' : 'ascending') : 'none';
    return html`<th scope="col" aria-sort=${order}>
      <button
        class="sort"
        @click=${() => {
          acts.sort(by);
        }}
      >
        ${label}
        <span
          class="codicon codicon-${sort.descending ? 'arrow-down' : 'arrow-up'}"
          aria-hidden="true"
          ?hidden=${order === 'none'}
        ></span>
      </button>
    </th>`;
  };
  return html`
    ${rows.length >= MANY ? filterBox(texts.filterRoles, state.filter, shown.length, rows.length, texts, acts.filter) : nothing}
    ${shown.length === 0 ? empty(fill(texts.noRoleMatch, state.filter)) : nothing}
    <table class="roles" ?hidden=${shown.length === 0}>
      <thead>
        <tr>
          ${column('role', texts.role)}
          <th scope="col">${texts.how}</th>
          ${dates.map((date) => column(date, texts[date]))}
        </tr>
      </thead>
      <tbody data-one-stop>
        ${repeat(
          shown,
          ({ id }) => id,
          (row) => roleRow(row, dates, texts, state, acts, steps),
        )}
      </tbody>
    </table>
  `;
}

function roleRow(
  row: RoleRow,
  dates: readonly DateColumn[],
  texts: IdentityTexts,
  { whyOf, open }: RolesState,
  acts: RolesActs,
  steps: Omit<NextSteps, 'retry'>,
): TemplateResult {
  const { id, role, badge: mark } = row;
  const why = whyOf(id);
  const expanded = open.has(id);
  return html`
    <tr data-seen=${id}>
      <th scope="row">
        <div class="expandable">
          <button
            class="icon"
            aria-expanded=${expanded ? 'true' : 'false'}
            aria-label=${fill(texts.why, role)}
            title=${fill(texts.why, role)}
            @click=${() => {
              acts.toggle(id);
            }}
          >
            <span class="codicon codicon-chevron-${expanded ? 'down' : 'right'}" aria-hidden="true"></span>
          </button>
          <span>
            <button
              class="link"
              title=${texts.openWhy}
              @click=${() => {
                acts.openRole({ id, role });
              }}
            >
              <bdi>${role}</bdi>
            </button>
            ${mark ? badge(mark) : nothing}
          </span>
        </div>
      </th>
      <td>${how(why, texts)}</td>
      ${dates.map((date) => html`<td>${momentText(row[date])}</td>`)}
    </tr>
    ${
      expanded
        ? html`<tr class="detail">
            <td colspan=${2 + dates.length}>
              ${part(
                why,
                role,
                texts,
                steps,
                ({ sentence }) =>
                  html`<p><bdi>${sentence}</bdi></p>
                    <button
                      class="link"
                      @click=${() => {
                        acts.openRole({ id, role });
                      }}
                    >
                      ${texts.evidence}
                    </button>`,
              )}
            </td>
          </tr>`
        : nothing
    }
  `;
}

/** The row's own button shows why one failed, and asks again from there. */
function how(why: Loaded<WhyAnswer>, texts: IdentityTexts): TemplateResult {
  if (why.value) return html`${howWord(why.value.how, texts)}`;
  if (why.failure && !why.loading)
    return html`<span class="dim" title=${why.failure.message}>${texts.howFailed}</span>`;
  return html`<span class="dim">${texts.howLoading}</span>`;
}

function howWord(how: AssignmentOrigin, texts: IdentityTexts): string {
  return { rule: texts.howRule, request: texts.howRequest, unknown: texts.howUnknown }[how];
}

/** Rows without a date come last, whichever way dates are sorted. */
function sorted(rows: readonly RoleRow[], { by, descending }: RolesState['sort']): readonly RoleRow[] {
  const direction = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    if (by === 'role') return direction * a.role.localeCompare(b.role);
    const [x, y] = [a[by]?.at, b[by]?.at];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return direction * (x - y);
  });
}
