import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { badge } from '../../shared/page/parts';
import { cut, fill } from '../../shared/page/format';
import type { TableCell, TableColumn, TableRow, TableTexts } from '../protocol';

/** Characters of a cell that are drawn, and of its tooltip: a column has no room for more. */
const DRAWN = 300;
const IN_TOOLTIP = 2000;

const LOADING: TableCell = { text: '', loading: true };

/** What a row is drawn with. */
export interface RowLook {
  readonly columns: readonly TableColumn[];
  /** Places of the columns that are on the screen; the first always is. */
  readonly drawn: readonly number[];
  /** Place of the column that Tab leads to, if it is in this row. */
  readonly stop: number | undefined;
  readonly texts: TableTexts;
}

/** A row at its place; `undefined`: it is not there yet. */
export function gridRow(index: number, row: TableRow | undefined, topPx: number, look: RowLook): TemplateResult {
  const { columns, drawn, stop, texts } = look;
  const kind = row?.problem ? 'problemRow' : index % 2 ? 'odd' : '';
  return html`<div
    class="gridRow ${kind}"
    role="row"
    aria-rowindex=${index + 2}
    aria-label=${row ? cut(row.name, DRAWN) : fill(texts.loading, texts.table)}
    aria-selected=${row?.problem ? nothing : row?.selected ? 'true' : 'false'}
    .style=${`top:${String(topPx)}px`}
  >
    ${
      row?.problem
        ? html`<div
            class="problemCell"
            role="gridcell"
            aria-colindex="1"
            aria-colspan=${columns.length}
            tabindex=${stop === undefined ? -1 : 0}
          >
            <bdi>${cut(row.name, DRAWN)}</bdi> ${badge(row.problem)}
          </div>`
        : drawn.map((at) => gridCell(row ? (row.cells[at] ?? LOADING) : LOADING, at, stop === at, texts))
    }
  </div>`;
}

function gridCell(cell: TableCell, at: number, isStop: boolean, texts: TableTexts): TemplateResult {
  return html`<div
    class="gridCell col${at}"
    role=${at === 0 ? 'rowheader' : 'gridcell'}
    aria-colindex=${at + 1}
    tabindex=${isStop ? 0 : -1}
    title=${cut(cell.title ?? cell.text, IN_TOOLTIP) || nothing}
  >
    ${cellContent(cell, texts)}
  </div>`;
}

function cellContent({ text, icon, tone = 'info', loading }: TableCell, texts: TableTexts): TemplateResult {
  if (loading) return html`<span class="waiting" aria-hidden="true"></span>`;
  const shown = cut(text, DRAWN, 3);
  if (icon !== undefined) return badge({ icon, word: shown, tone });
  if (text === '')
    return html`<span class="dim" aria-hidden="true">–</span><span class="unseen">${texts.unknown}</span>`;
  return html`<bdi>${shown}</bdi>`;
}

/** What a heading does. */
export interface HeadingActs {
  readonly menu: (column: TableColumn, heading: HTMLElement) => void;
  readonly resize: (column: TableColumn, event: PointerEvent) => void;
}

/** The row of headings, those on the screen. `stop`: the one that Tab leads to. */
export function headings(
  columns: readonly TableColumn[],
  drawn: readonly number[],
  stop: number | undefined,
  texts: TableTexts,
  acts: HeadingActs,
): TemplateResult {
  return html`<div class="gridRow headings" role="row" aria-rowindex="1">
    ${repeat(
      drawn.flatMap((at) => columns[at] ?? []),
      ({ key }) => key,
      (column) => {
        const at = columns.indexOf(column);
        return gridHeading(column, at, stop === at, texts, acts);
      },
    )}
  </div>`;
}

function gridHeading(
  column: TableColumn,
  at: number,
  isStop: boolean,
  texts: TableTexts,
  { menu, resize }: HeadingActs,
): TemplateResult {
  const { key, label, sorted, filter } = column;
  const name = cut(label, DRAWN);
  return html`<div
    class="gridCell heading col${at}"
    role="columnheader"
    aria-colindex=${at + 1}
    aria-sort=${sorted ?? 'none'}
    aria-haspopup="menu"
    aria-label=${filter ? `${name}, ${texts.filters}` : name}
    data-column=${key}
    tabindex=${isStop ? 0 : -1}
    title=${name}
  >
    <span class="label"><bdi>${name}</bdi></span>
    ${sorted ? icon(sorted === 'ascending' ? 'arrow-up' : 'arrow-down', texts[sorted]) : nothing}
    ${filter ? icon('filter-filled', texts.filters) : nothing}
    <button
      class="icon codicon codicon-chevron-down"
      tabindex="-1"
      aria-label=${fill(texts.columnMenu, name)}
      @click=${(event: Event) => {
        event.stopPropagation();
        const heading = (event.currentTarget as HTMLElement).parentElement;
        if (heading) menu(column, heading);
      }}
    ></button>
    <span
      class="edge"
      aria-hidden="true"
      title=${texts.resize}
      @click=${(event: Event) => {
        event.stopPropagation();
      }}
      @pointerdown=${(event: PointerEvent) => {
        resize(column, event);
      }}
    ></span>
  </div>`;
}

function icon(name: string, word: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true" title=${word}></span>`;
}
