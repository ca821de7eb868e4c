import { html, nothing, render, type TemplateResult } from 'lit';
import type { TableColumn, TableGroup, TablePresent, TableRequests, TableTexts } from '../protocol';
import { columnActs } from './columnActs';
import { columnMenu } from './columnMenu';
import { Grid } from './grid';
import { groupList } from './groupList';
import { Hands } from './hands';
import { tableHead, tableTools, type HeadActs } from './head';
import { RowStore, type SelectHow } from './rowStore';
import { empty, gone, part, skeleton } from '../../shared/page/parts';
import { fill } from '../../shared/page/format';
import { keepOneStop } from '../../shared/page/oneStop';
import { loaded } from '../../shared/page/resource';
import { connect } from '../../shared/page/rpc';

/** How long nothing is typed for a column before rows are asked for. */
const TYPED_MS = 80;
/** How long nothing is scrolled before the place is remembered. */
const SCROLLED_MS = 300;

const host = connect<TableRequests>(readAgain);
const head = loaded(host.question('table', null), update);

type Start = TableRequests['ready']['result'];
let start: Start | undefined;
/** What is typed is ahead of what the host says. */
let typed: string | undefined;
let isFiltering = false;
let missed = false;
let kept = '';
let said = '';
let menuOf = '';
let opener: HTMLElement | null = null;
/** The first row that was seen before the page was loaded again. */
let top = topOf(host.getState());
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const store = new RowStore({
  ask: (window) => host.call('rows', window),
  read: () => {
    grid.draw();
  },
  failed: draw,
  newer: readAgain,
  found: (key, row) => {
    grid.follow(key, row);
  },
});
const grid: Grid = new Grid({
  store,
  menu: openMenu,
  columns: (columns) => void change(host.call('columns', { columns })),
  moved: () => {
    later('top', SCROLLED_MS, keep);
  },
});
const columns = columnActs(host, grid, change);
new Hands(grid, store, {
  select,
  open: (row) => {
    const order = store.orderAt(row);
    if (order !== undefined) void host.call('open', { order, row }).catch(() => undefined);
  },
  copy: (cell) => void copy(cell),
  turnSort: columns.turnSort,
  menu: (at, heading) => {
    const column = present()?.columns[at];
    if (column) openMenu(column, heading);
  },
  tableId: () => start?.tableId ?? '',
});

head.first();
void begin();
new ResizeObserver(() => {
  const view = present();
  if (view && start && grid.element.isConnected) grid.show(view, start.texts);
}).observe(grid.element);

async function begin(): Promise<void> {
  start = await host.call('ready', null);
  update();
}

function present(): TablePresent | undefined {
  return head.value?.state === 'present' ? head.value : undefined;
}

/** One question at a time: a table that changes faster than it is answered is still shown. */
function readAgain(): void {
  missed = head.loading;
  if (!missed) head.again();
}

function update(): void {
  const view = present();
  if (view) store.expect(view.version, view.matching, view.columns.length, grid.key);
  // What the host says is what was typed last, once it has heard of that.
  if (!isFiltering && view?.filter === typed) typed = undefined;
  draw();
  if (start) keep();
  if (missed && !head.loading) readAgain();
}

function later(name: string, ms: number, act: () => void): void {
  clearTimeout(timers.get(name));
  timers.set(name, setTimeout(act, ms));
}

/** Stores what is to be there after a reload: keys, and the place in the rows. */
function keep(): void {
  const keys = present()?.keys ?? start?.keys;
  if (!keys) return;
  const text = JSON.stringify({ ...keys, top: top ?? grid.top });
  if (text === kept) return;
  kept = text;
  host.setState(JSON.parse(text));
}

function topOf(state: unknown): number | undefined {
  const row = typeof state === 'object' && state !== null && 'top' in state ? state.top : undefined;
  return typeof row === 'number' && row > 0 ? row : undefined;
}

/** Shows what a request changed without waiting to be told; what fails is said by the host. */
async function change(request: Promise<unknown>): Promise<void> {
  await request.catch(() => undefined);
  readAgain();
}

function select(how: SelectHow, from = 0, to = 0): void {
  const order = how === 'all' || how === 'none' ? 0 : store.orderAt(to);
  // A row that is not there yet is not seen.
  if (order === undefined) return;
  store.mark(how, from, to);
  grid.draw();
  void change(host.call('select', { order, how, from, to }));
}

async function copy(place: { readonly row: number; readonly column: string } | null): Promise<void> {
  const order = place ? store.orderAt(place.row) : 0;
  if (order === undefined) return;
  const answer = await host.call('copy', { cell: place && { order, ...place } }).catch(() => undefined);
  said = answer?.words ?? '';
  draw();
}

function openMenu(column: TableColumn, heading: HTMLElement): void {
  menuOf = column.key;
  opener = heading;
  draw();
  document.querySelector<HTMLElement>('#columnMenu .menu')?.showPopover();
}

const acts: HeadActs = {
  act: (action) => {
    if (action === 'resetFilters') typed = undefined;
    void change(host.call('act', { action }));
  },
  filter: (text) => {
    typed = text;
    void filterRows();
  },
  unfilter: ({ key }) => {
    filterColumn(key, null);
  },
  group: (column) => void change(host.call('group', { column })),
  select,
};

/** At the first key; what is typed while that is answered is asked for at once afterwards, without what was in between. */
async function filterRows(): Promise<void> {
  if (isFiltering) return;
  isFiltering = true;
  for (let sent: string | undefined; typed !== undefined && typed !== sent;) {
    sent = typed;
    await change(host.call('filter', { text: sent }));
  }
  isFiltering = false;
}

function filterColumn(column: string, filter: TableRequests['filterColumn']['params']['filter']): void {
  void change(host.call('filterColumn', { column, filter }));
}

function draw(): void {
  const root = document.getElementById('page');
  if (!root) return;
  root.setAttribute('aria-busy', String(!start || (head.loading && !head.value)));
  render(start ? page(start) : skeleton(''), root);
  keepOneStop(root);
  const view = present();
  if (start && view && view.matching > 0) grid.show(view, start.texts);
  if (top === undefined || !start || !view || view.matching === 0) return;
  grid.scrollTo(Math.min(top, view.matching - 1));
  top = undefined;
}

function page({ texts, keys }: Start): TemplateResult {
  return html`
    ${
      head.value
        ? nothing
        : html`<header>
            <h1><bdi>${keys.title}</bdi></h1>
          </header>`
    }
    ${part(head, keys.title, texts, steps, (view) =>
      view.state === 'present' ? content(view, texts) : gone(view.sentence),
    )}
  `;
}

function content(view: TablePresent, texts: TableTexts): TemplateResult {
  return html`
    ${tableHead(view, texts, acts)} ${tableTools(view, typed ?? view.filter, texts, acts)}
    <p class="unseen" role="status">${said}</p>
    <div class="tableArea">
      <div class="tableMain">${rowsFailed(texts)} ${view.matching > 0 ? grid.element : nobody(view, texts)}</div>
      ${
        view.groups
          ? groupList(view.groups, texts, {
              choose: (group) => {
                chooseGroup(view, group);
              },
              close: () => {
                acts.group(null);
              },
            })
          : nothing
      }
    </div>
    ${menu(view, texts)}
  `;
}

function rowsFailed(texts: TableTexts): TemplateResult | typeof nothing {
  const { failure } = store;
  if (!failure) return nothing;
  const none = (): void => undefined;
  const state = {
    value: undefined,
    loadedAt: undefined,
    failure,
    loading: false,
    first: none,
    again: none,
    stale: none,
  };
  const retry = (): void => {
    store.retry();
    update();
  };
  return part({ ...state, retry }, '', texts, steps, () => html``);
}

function nobody({ total, progress }: TablePresent, texts: TableTexts): TemplateResult {
  if (total === 0) return progress ? skeleton(fill(texts.loading, texts.table)) : empty(texts.nobody);
  return html`<div class="noMatch" role="status">
    ${empty(texts.noMatch)}
    <vscode-button
      secondary
      icon="clear-all"
      @click=${() => {
        acts.act('resetFilters');
      }}
      >${texts.clearFilters}</vscode-button
    >
  </div>`;
}

/** The rows of a group alone; again, all. */
function chooseGroup({ groups }: TablePresent, { value, chosen }: TableGroup): void {
  if (groups) filterColumn(groups.column, chosen ? null : { text: value ?? '', exact: true });
}

function menu({ columns: all }: TablePresent, texts: TableTexts): TemplateResult | typeof nothing {
  const at = all.findIndex(({ key }) => key === menuOf);
  const column = all[at];
  if (!column) return nothing;
  return columnMenu(column, at, all.length, () => opener, texts, {
    choose: (choice) => {
      columns.choose(at, choice);
    },
    filter: (text) => {
      later('filterColumn', TYPED_MS, () => {
        filterColumn(column.key, text === '' ? null : { text, exact: false });
      });
    },
  });
}

const steps = {
  signIn: () => {
    acts.act('signIn');
  },
  showLog: () => {
    acts.act('showLog');
  },
};
