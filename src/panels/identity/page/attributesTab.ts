import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PersonLink } from '../../shared/protocol';
import type { AttributeRow, PresentedIdentity, SummaryRow } from '../protocol';
import type { IdentityTexts } from '../protocolTexts';
import { filterBox } from '../../shared/page/filterBox';
import { badge, empty, personLink } from '../../shared/page/parts';
import { cut, cutItems, fill, listWords, matches, numberWord } from '../../shared/page/format';

export interface AttributesState {
  readonly filter: string;
  /** Attributes shown in full length. */
  readonly expanded: ReadonlySet<string>;
  /** The one copied a moment ago. */
  readonly copied: string | undefined;
}

export interface AttributesActs {
  readonly filter: (text: string) => void;
  readonly toggle: (name: string) => void;
  readonly copy: (row: AttributeRow) => void;
  readonly openPerson: (person: PersonLink) => void;
}

/** What is looked for most, then all attributes with a filter box; values by what they are, those without one folded. */
export function attributesTab(
  { attributes: rows, summary }: Pick<PresentedIdentity, 'attributes' | 'summary'>,
  texts: IdentityTexts,
  state: AttributesState,
  acts: AttributesActs,
): TemplateResult {
  if (rows.length === 0) return html`${summaryList(summary, texts, acts)}${empty(texts.noAttributes)}`;
  const shown = rows.filter(({ name, text, raw }) => matches(state.filter, name, text, raw));
  const changed = rows.flatMap((row) => (row.changed ? row.name : []));
  const filled = shown.filter(({ kind }) => kind !== 'empty');
  const without = shown.filter(({ kind }) => kind === 'empty');
  return html`
    ${summaryList(summary, texts, acts)}
    ${filterBox(texts.filterAttributes, state.filter, shown.length, rows.length, texts, acts.filter)}
    ${shown.length === 0 ? empty(fill(texts.noMatch, state.filter)) : nothing}
    ${changed.length === 0 ? nothing : html`<p class="nothing"><bdi>${cut(fill(texts.changedSince, listWords(changed)))}</bdi></p>`}
    ${list(filled, texts, state, acts)}
    ${
      without.length === 0
        ? nothing
        : html`<details ?open=${state.filter !== ''}>
            <summary>${fill(texts.emptyAttributes, numberWord(without.length))}</summary>
            ${list(without, texts, state, acts)}
          </details>`
    }
  `;
}

function list(
  rows: readonly AttributeRow[],
  texts: IdentityTexts,
  state: AttributesState,
  acts: AttributesActs,
): TemplateResult {
  return html`<dl class="attributes" data-one-stop>
    ${repeat(
      rows,
      ({ name }) => name,
      (row) =>
        html`<div>
          <dt>
            <bdi>${row.name}</bdi>
            ${row.changed ? badge({ icon: 'circle-filled', word: texts.changed, tone: 'info' }) : nothing}
          </dt>
          <dd>${value(row, texts, state.expanded.has(row.name), acts)} ${copyButton(row, texts, state, acts)}</dd>
        </div>`,
    )}
  </dl>`;
}

function summaryList(rows: readonly SummaryRow[], texts: IdentityTexts, acts: AttributesActs): TemplateResult {
  return html`<dl class="summary">
    ${rows.map(
      ({ label, text, exact, person }) =>
        html`<div>
          <dt>${label}</dt>
          <dd>
            ${
              person
                ? personLink(person, texts.openPerson, acts.openPerson)
                : html`<bdi title=${exact ?? nothing}>${cut(text)}</bdi>`
            }
          </dd>
        </div>`,
    )}
  </dl>`;
}

function value(row: AttributeRow, texts: IdentityTexts, expanded: boolean, acts: AttributesActs): TemplateResult {
  const { kind, text, raw, items, name } = row;
  if (kind === 'empty') return html`<span class="value dim">${texts.empty}</span>`;
  if (items) {
    if (items.length === 0) return html`<span class="value dim">${texts.emptyList}</span>`;
    const part = cutItems(items);
    return html`<div class="value">
      <ul>
        ${(expanded ? items : part.items).map((item) => html`<li><bdi>${item}</bdi></li>`)}
      </ul>
      ${part.complete ? nothing : more(name, raw ?? '', texts, expanded, acts)}
    </div>`;
  }
  const beginning = cut(text);
  return html`<div class="value ${kind}">
    <bdi title=${raw === undefined ? nothing : cut(raw)}>${expanded ? text : beginning}</bdi>
    ${beginning === text ? nothing : more(name, text, texts, expanded, acts)}
  </div>`;
}

function more(
  name: string,
  text: string,
  texts: IdentityTexts,
  expanded: boolean,
  acts: AttributesActs,
): TemplateResult {
  return html`<span class="dim" ?hidden=${expanded}>…</span>
    <button
      class="link"
      aria-expanded=${expanded ? 'true' : 'false'}
      @click=${() => {
        acts.toggle(name);
      }}
    >
      ${expanded ? texts.showLess : fill(texts.showAll, numberWord(text.length))}
    </button>`;
}

/**
 * A plain button: a `vscode-icon` brings a shadow root and a style sheet of its own, too much for one in each of
 * hundreds of rows.
 */
function copyButton(
  row: AttributeRow,
  texts: IdentityTexts,
  { copied }: AttributesState,
  acts: AttributesActs,
): TemplateResult | typeof nothing {
  if (row.kind === 'empty') return nothing;
  return html`<button
    class="icon"
    aria-label=${fill(texts.copyValue, row.name)}
    title=${fill(texts.copyValue, row.name)}
    @click=${() => {
      acts.copy(row);
    }}
  >
    <span class="codicon codicon-${copied === row.name ? 'check' : 'copy'}" aria-hidden="true"></span>
  </button>`;
}
