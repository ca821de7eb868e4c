import { html, nothing, render, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type {
  BatchButton,
  BatchKeys,
  BatchNote,
  BatchPanelAction,
  BatchPresent,
  BatchRequests,
  BatchStart,
  BatchTexts,
  Counter,
  Shown,
} from '../protocol';
import { batchTable } from './table';
import { filterBox } from '../../shared/page/filterBox';
import { loaded } from '../../shared/page/resource';
import { connect } from '../../shared/page/rpc';
import { badge, empty, gone, part, skeleton } from '../../shared/page/parts';
import { fill, numberWord } from '../../shared/page/format';

/** People on one page of the table: few enough to be drawn at once, whatever the size of the batch. */
const ROWS = 100;

const host = connect<BatchRequests>(readAgain);
const batch = loaded(host.question('batch', null), update);
const rows = loaded(
  {
    ask: () => host.call('rows', { shown, filter, offset, limit: ROWS }),
    onKept: () => {
      // The batch is in the memory of the host: it answers at once.
    },
  },
  update,
);

let start: BatchStart | undefined;
let shown: Shown = 'all';
let filter = '';
let offset = 0;
let missed = false;
let kept = '';
let timer: ReturnType<typeof setTimeout> | undefined;

batch.first();
rows.first();
void begin();

async function begin(): Promise<void> {
  start = await host.call('ready', null);
  update();
}

/** One question at a time: a batch that changes faster than it is answered is still shown. */
function readAgain(): void {
  missed = batch.loading || rows.loading;
  if (missed) return;
  batch.again();
  rows.again();
}

function update(): void {
  const { value } = batch;
  if (start) keep(value?.state === 'present' ? value.keys : start.keys);
  if (value?.state === 'present' && !value.figures.some((figure) => figure.shown === shown) && shown !== 'all') {
    show('all');
    return;
  }
  offset = !rows.loading && rows.value ? rows.value.offset : offset;
  draw();
  clearTimeout(timer);
  if (value?.state === 'present' && value.askAgain !== null && !batch.loading) {
    timer = setTimeout(readAgain, value.askAgain);
  }
  if (missed) readAgain();
}

/** Stores keys that are not stored yet. */
function keep(keys: BatchKeys): void {
  const text = JSON.stringify(keys);
  if (text === kept) return;
  kept = text;
  host.setState(keys);
}

function show(wanted: Shown): void {
  shown = wanted;
  offset = 0;
  rows.again();
}

function draw(): void {
  const root = document.getElementById('page');
  if (!root) return;
  root.setAttribute('aria-busy', String(!start || (batch.loading && !batch.value)));
  render(start ? page(start) : skeleton(''), root);
}

function page({ texts, keys }: BatchStart): TemplateResult {
  return html`
    ${
      batch.value
        ? nothing
        : html`<header>
            <h1><bdi>${keys.title}</bdi></h1>
          </header>`
    }
    ${part(batch, keys.title, texts, steps, (view) =>
      view.state === 'present' ? content(view, texts) : gone(view.sentence),
    )}
  `;
}

function content(view: BatchPresent, texts: BatchTexts): TemplateResult {
  const { heading, standing, tenant, origin, effect, notes, figures } = view;
  return html`
    <header>
      <div class="top">
        <h1><bdi>${heading}</bdi></h1>
        <div class="buttons" role="group" aria-label=${texts.actions}>${view.buttons.map(actionButton)}</div>
      </div>
      <ul class="facts">
        <li><span role="status">${badge(standing)}</span></li>
        <li><bdi>${tenant.name}</bdi></li>
        <li><span class="environment ${tenant.production ? 'production' : ''}">${tenant.environment}</span></li>
        ${tenant.access ? html`<li>${badge(tenant.access)}</li>` : nothing}
        <li><bdi>${origin}</bdi></li>
      </ul>
      ${progress(view, texts)}
      ${
        view.runs.length === 0
          ? nothing
          : html`<ul class="runs">
              ${view.runs.map((run) => html`<li>${run}</li>`)}
            </ul>`
      }
    </header>
    <section class="tabpanel" tabindex="0" aria-label=${texts.people}>
      ${notes.map(note)} ${effect ? html`<p class="effect">${effect}</p>` : nothing}
      ${
        figures.length === 0
          ? nothing
          : html`<ul class="figures" aria-label=${texts.figures}>
              ${figures.map(figure)}
            </ul>`
      }
      ${people(view, texts)}
    </section>
  `;
}

function progress({ progress: made, pace }: BatchPresent, texts: BatchTexts): TemplateResult | typeof nothing {
  if (!made) return nothing;
  return html`<div class="progress">
    <vscode-progress-bar
      aria-label=${texts.progress}
      .max=${made.of}
      .value=${made.done}
      ?indeterminate=${made.of === 0}
    ></vscode-progress-bar>
    <ul class="facts">
      ${[made.words, ...pace].map((words) => html`<li>${words}</li>`)}
    </ul>
  </div>`;
}

function note({ text, icon, tone, button }: BatchNote): TemplateResult {
  return html`<div class="note ${tone}">
    ${badge({ icon, word: text, tone })} ${button ? actionButton(button) : nothing}
  </div>`;
}

function figure({ value, label, shown: people }: Counter): TemplateResult {
  if (people === null) return html`<li class="plain"><strong>${value}</strong> ${label}</li>`;
  return html`<li>
    <button
      aria-pressed=${shown === people ? 'true' : 'false'}
      @click=${() => {
        show(people);
      }}
    >
      <strong>${value}</strong> ${label}
    </button>
  </li>`;
}

function actionButton({ action, label, icon, primary, enabled }: BatchButton): TemplateResult {
  return html`<vscode-button icon=${icon} ?secondary=${!primary} ?disabled=${!enabled} @click=${() => void act(action)}
    >${label}</vscode-button
  >`;
}

function people(view: BatchPresent, texts: BatchTexts): TemplateResult {
  if (view.people === 0) return view.face === 'planning' ? html`` : empty(texts.nobody);
  return html`
    <div class="narrow">
      ${filterBox(texts.filterPeople, filter, rows.value?.matching ?? 0, view.people, texts, (text) => {
        filter = text;
        offset = 0;
        rows.again();
      })}
      ${
        view.canExclude && rows.value
          ? html`<div class="buttons">
              ${excludeAll(texts.excludeAll, true, rows.value.canLeaveOut)}
              ${excludeAll(texts.includeAll, false, rows.value.canTakeIn)}
            </div>`
          : nothing
      }
    </div>
    ${part(rows, texts.people, texts, steps, (window) =>
      batchTable(window, ROWS, view, texts, {
        turn: (from) => {
          offset = from;
          rows.again();
          document.querySelector('table')?.scrollIntoView();
        },
        exclude: (row, excluded) => void changed(host.call('exclude', { rows: [row], excluded })),
        open: (person, owns) => void host.call('openIdentity', { ...person, owns }),
        copy: (text) => host.call('copy', { text }),
      }),
    )}
  `;
}

/** Stays when there is nobody to change, so that the focus stays too. */
function excludeAll(text: string, excluded: boolean, n: number): TemplateResult {
  return html`<vscode-button
    secondary
    icon=${excluded ? 'circle-slash' : 'check-all'}
    ?disabled=${n === 0}
    @click=${() => void changed(host.call('excludeAll', { shown, filter, excluded }))}
    >${fill(text, numberWord(n))}</vscode-button
  >`;
}

/** Shows what a change by hand did without waiting to be told. */
async function changed(request: Promise<null>): Promise<void> {
  await request.catch(() => undefined);
  readAgain();
}

const steps = {
  signIn: () => void act('signIn'),
  showLog: () => void act('showLog'),
};

async function act(action: BatchPanelAction): Promise<void> {
  // What fails is said by the command.
  await host.call('act', { action }).catch(() => undefined);
  readAgain();
}
