import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { AccountRow, EntitlementRow, EntitlementSources } from '../protocol';
import type { IdentityTexts } from '../protocolTexts';
import type { Paged } from '../../shared/page/paged';
import { badge, empty, part, type NextSteps } from '../../shared/page/parts';
import { cut, fill, numberWord } from '../../shared/page/format';

/** Accounts and entitlements of the person, each read on its own: one that fails leaves the other. */
export function accessTab(
  accounts: Paged<AccountRow>,
  entitlements: Paged<EntitlementRow>,
  sources: EntitlementSources | undefined,
  texts: IdentityTexts,
  note: string,
  steps: Omit<NextSteps, 'retry'>,
): TemplateResult {
  return html`
    <h2>${texts.accounts} ${count(accounts)}</h2>
    ${part(accounts, texts.accounts, texts, steps, ({ rows }) => accountTable(rows, texts))} ${more(accounts, texts)}
    <h2>${texts.entitlements} ${count(entitlements)}</h2>
    ${[note, sources?.note ?? ''].filter(Boolean).map((text) => html`<p class="nothing">${text}</p>`)}
    ${part(
      entitlements,
      texts.entitlements,
      texts,
      steps,
      // Thousands of rows are not compared again as long as they are the same.
      ({ rows }) => html`${guard([rows, sources], () => entitlementList(rows, sources, texts))}`,
    )}
    ${more(entitlements, texts)}
  `;
}

function accountTable(rows: readonly AccountRow[], texts: IdentityTexts): TemplateResult {
  if (rows.length === 0) return empty(texts.noAccounts);
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${texts.source}</th>
        <th scope="col">${texts.account}</th>
        <th scope="col">${texts.states}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        rows,
        ({ id }) => id,
        ({ source, name, nativeIdentity, states }) =>
          html`<tr>
            <th scope="row"><bdi>${source}</bdi></th>
            <td class="wrap">
              <bdi>${name}</bdi> ${nativeIdentity ? html`<bdi class="dim">${nativeIdentity}</bdi>` : nothing}
            </td>
            <td>${states.map(badge)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A list rather than a table: rows far off the screen are then skipped by the browser (`content-visibility`). */
function entitlementList(
  rows: readonly EntitlementRow[],
  sources: EntitlementSources | undefined,
  texts: IdentityTexts,
): TemplateResult {
  if (rows.length === 0) return empty(texts.noEntitlements);
  return html`<ul class="rows sourced">
    ${repeat(
      rows,
      ({ id }) => id,
      ({ id, name, tags }) =>
        html`<li>
          <span>
            <bdi>${cut(name)}</bdi>
            ${
              tags.length === 0
                ? nothing
                : html`<span class="unseen">${texts.tags}</span>
                    ${tags.map((tag) => html`<bdi class="tag">${tag}</bdi> `)}`
            }
          </span>
          ${sources ? html`<bdi class="dim">${cut(sourceOf(id, sources) ?? texts.sourceUnknown)}</bdi>` : nothing}
        </li>`,
    )}
  </ul>`;
}

/** Ids are someone else's data: `constructor` may be one. */
function sourceOf(id: string, { byId }: EntitlementSources): string | undefined {
  return Object.hasOwn(byId, id) ? byId[id] : undefined;
}

function count<T>({ value }: Paged<T>): string {
  if (!value) return '';
  return `(${numberWord(value.total ?? value.rows.length)}${value.total === null && value.next !== null ? '+' : ''})`;
}

function more<T>(list: Paged<T>, texts: IdentityTexts): TemplateResult | typeof nothing {
  const { value, loading } = list;
  if (!value || value.next === null) return nothing;
  const shown = numberWord(value.rows.length);
  return html`<div class="more">
    <vscode-button
      secondary
      icon=${loading ? 'loading' : 'chevron-down'}
      ?icon-spin=${loading}
      @click=${() => {
        list.more();
      }}
      >${texts.loadMore}</vscode-button
    >
    <span class="dim" role="status"
      >${value.total === null ? nothing : fill(texts.shown, shown, numberWord(value.total))}</span
    >
  </div>`;
}
