import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { cut, fill, numberWord } from '../../shared/page/format';
import { moreMenu } from '../../shared/page/menu';
import { badge } from '../../shared/page/parts';
import type { TableAction, TableButton, TableColumn, TableNote, TablePresent, TableTexts } from '../protocol';

/** Buttons that are shown; the rest is in a menu. */
const SHOWN_BUTTONS = 4;
/** Characters of a filter that its chip shows. */
const IN_CHIP = 60;

export interface HeadActs {
  readonly act: (action: TableAction) => void;
  readonly filter: (text: string) => void;
  readonly unfilter: (column: TableColumn) => void;
  readonly group: (column: string | null) => void;
  readonly select: (how: 'all' | 'none') => void;
}

/** What the table is about, and what can be done with it. */
export function tableHead(view: TablePresent, texts: TableTexts, acts: HeadActs): TemplateResult {
  const { heading, standing, tenant, buttons, notes } = view;
  const rest = buttons.slice(SHOWN_BUTTONS).filter(({ enabled }) => enabled);
  return html`<header>
    <div class="top">
      <h1><bdi>${heading}</bdi></h1>
      <div class="buttons" role="group" aria-label=${texts.actions}>
        ${buttons.slice(0, SHOWN_BUTTONS).map((button) => actionButton(button, acts))}
        ${
          rest.length === 0
            ? nothing
            : moreMenu(
                texts.moreActions,
                rest.map(({ action, label, icon }) => ({ id: action, label, icon })),
                acts.act,
              )
        }
      </div>
    </div>
    <ul class="facts">
      <li><span role="status">${standing}</span></li>
      <li><bdi>${tenant.name}</bdi></li>
      <li><span class="environment ${tenant.production ? 'production' : ''}">${tenant.environment}</span></li>
      ${tenant.access ? html`<li>${badge(tenant.access)}</li>` : nothing}
    </ul>
    ${progress(view, texts, acts)} ${notes.map((each) => note(each, acts))}
  </header>`;
}

function progress(
  { progress: made }: TablePresent,
  texts: TableTexts,
  acts: HeadActs,
): TemplateResult | typeof nothing {
  if (!made) return nothing;
  return html`<div class="progress">
    <vscode-progress-bar
      aria-label=${texts.progress}
      .max=${Math.max(1, made.of)}
      .value=${made.done}
      ?indeterminate=${made.of === 0}
    ></vscode-progress-bar>
    <div class="progressWords">
      <span>${made.words}</span>
      <vscode-button
        secondary
        icon="debug-stop"
        @click=${() => {
          acts.act('stop');
        }}
        >${texts.stop}</vscode-button
      >
    </div>
  </div>`;
}

function note({ text, icon, tone, button }: TableNote, acts: HeadActs): TemplateResult {
  return html`<div class="note ${tone}">
    ${badge({ icon, word: text, tone })} ${button ? actionButton(button, acts) : nothing}
  </div>`;
}

function actionButton({ action, label, icon, enabled }: TableButton, { act }: HeadActs): TemplateResult {
  return html`<vscode-button
    secondary
    icon=${icon}
    ?disabled=${!enabled}
    @click=${() => {
      act(action);
    }}
    >${label}</vscode-button
  >`;
}

/** What narrows the rows: the filter of all columns, those of single ones, and the column they are grouped by. */
export function tableTools(view: TablePresent, filter: string, texts: TableTexts, acts: HeadActs): TemplateResult {
  const { columns, groups, matching, total, selected } = view;
  const filtered = columns.filter((column) => column.filter !== null);
  const isNarrowed = filter !== '' || filtered.length > 0;
  return html`<div class="tools">
    <div class="filter">
      <vscode-textfield
        type="search"
        .label=${texts.filterRows}
        placeholder=${texts.filterRows}
        .value=${filter}
        @input=${(event: Event) => {
          acts.filter((event.target as HTMLInputElement).value);
        }}
      >
        <span slot="content-before" class="codicon codicon-filter" aria-hidden="true"></span>
      </vscode-textfield>
      <span class="dim" role="status"
        >${isNarrowed ? fill(texts.shown, numberWord(matching), numberWord(total)) : nothing}</span
      >
      ${selection(selected, matching, texts, acts)}
    </div>
    <label class="groupBy"
      ><span>${texts.groupBy}</span>
      <select
        @change=${(event: Event) => {
          acts.group((event.target as HTMLSelectElement).value || null);
        }}
      >
        <option value="" .selected=${groups === null}>${texts.noGroup}</option>
        ${columns.map(
          ({ key, label }) =>
            html`<option value=${key} .selected=${groups?.column === key}>${cut(label, IN_CHIP, 1)}</option>`,
        )}
      </select></label
    >
    ${
      filtered.length === 0
        ? nothing
        : html`<ul class="chips" aria-label=${texts.filters}>
            ${filtered.map((column) => html`<li>${chip(column, texts, acts)}</li>`)}
          </ul>`
    }
  </div>`;
}

function selection(selected: number, matching: number, texts: TableTexts, acts: HeadActs): TemplateResult {
  const button = (how: 'all' | 'none', text: string): TemplateResult =>
    html`<button
      class="link"
      @click=${() => {
        acts.select(how);
      }}
    >
      ${text}
    </button>`;
  return html`<span class="selection"
    ><span role="status">${selected > 0 ? fill(texts.selected, numberWord(selected)) : nothing}</span>
    ${matching > selected ? button('all', texts.selectAll) : nothing}
    ${selected > 0 ? button('none', texts.clearSelection) : nothing}</span
  >`;
}

function chip(column: TableColumn, texts: TableTexts, acts: HeadActs): TemplateResult {
  const { label, filter } = column;
  const value = cut(filter?.text ?? '', IN_CHIP, 1);
  const words = !filter?.exact
    ? fill(texts.contains, label, value)
    : value === ''
      ? fill(texts.isUnknown, label)
      : fill(texts.equals, label, value);
  const remove = fill(texts.clearFilter, words);
  return html`<button
    class="chip"
    title=${remove}
    aria-label=${remove}
    @click=${() => {
      acts.unfilter(column);
    }}
  >
    <bdi>${words}</bdi> <span class="codicon codicon-close" aria-hidden="true"></span>
  </button>`;
}
