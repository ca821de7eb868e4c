import { html, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { fill } from '../../shared/page/format';
import { menuList, placeBelow, type MenuItem } from '../../shared/page/menu';
import type { TableColumn, TableTexts } from '../protocol';

export type ColumnChoice =
  'ascending' | 'descending' | 'filter' | 'group' | 'left' | 'right' | 'wider' | 'narrower' | 'hide';

/** How much wider or narrower a column becomes, by menu. */
export const WIDER = 1.25;

/** The menu of a column, and the box its filter is typed in. Both are closed until they are wanted. */
export function columnMenu(
  column: TableColumn,
  at: number,
  count: number,
  opener: () => HTMLElement | null,
  texts: TableTexts,
  acts: { readonly choose: (choice: ColumnChoice) => void; readonly filter: (text: string) => void },
): TemplateResult {
  const filterLabel = fill(texts.filterColumn, column.label);
  return html`<div id="columnMenu">
    ${menuList(fill(texts.columnMenu, column.label), itemsOf(at, count, texts, filterLabel), opener, acts.choose)}
    <div
      class="menu columnFilter"
      role="dialog"
      aria-label=${filterLabel}
      popover
      @toggle=${(event: Event) => {
        const box = event.currentTarget as HTMLElement;
        if ((event as ToggleEvent).newState !== 'open') return;
        placeBelow(box, opener());
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        (event.currentTarget as HTMLElement).hidePopover();
        opener()?.focus();
      }}
    >
      <vscode-textfield
        type="search"
        .label=${filterLabel}
        placeholder=${filterLabel}
        @input=${(event: Event) => {
          acts.filter((event.target as HTMLInputElement).value);
        }}
      >
        <span slot="content-before" class="codicon codicon-filter" aria-hidden="true"></span>
      </vscode-textfield>
    </div>
  </div>`;
}

/** Opens the box for the filter of a column, with what is in it. */
export function openColumnFilter(filter: string): void {
  const box = document.querySelector<HTMLElement>('#columnMenu .columnFilter');
  const field = box?.querySelector('vscode-textfield');
  box?.showPopover();
  if (!field) return;
  field.value = filter;
  field.focus();
}

function itemsOf(at: number, count: number, texts: TableTexts, filter: string): MenuItem<ColumnChoice>[] {
  const item = (id: ColumnChoice, label: string, icon: string): MenuItem<ColumnChoice> => ({ id, label, icon });
  return [
    item('ascending', texts.sortAscending, 'arrow-up'),
    item('descending', texts.sortDescending, 'arrow-down'),
    item('filter', filter, 'filter'),
    item('group', texts.groupBy, 'group-by-ref-type'),
    ...(at > 0 ? [item('left', texts.moveLeft, 'arrow-left')] : []),
    ...(at < count - 1 ? [item('right', texts.moveRight, 'arrow-right')] : []),
    item('wider', texts.wider, 'add'),
    item('narrower', texts.narrower, 'remove'),
    ...(count > 1 ? [item('hide', texts.hideColumn, 'eye-closed')] : []),
  ];
}
