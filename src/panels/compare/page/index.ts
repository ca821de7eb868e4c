import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import type { StateBadge } from '../../shared/protocol';
import type {
  CompareAction,
  ComparedAttribute,
  ComparedSet,
  ComparedSide,
  CompareRequests,
  CompareStart,
} from '../protocol';
import { loaded, type Loaded } from '../../shared/page/resource';
import { connect } from '../../shared/page/rpc';
import { badge, empty, gone, part, skeleton } from '../../shared/page/parts';
import { beginAtTabs, tabs } from '../../shared/page/tabs';
import { cut, fill, numberWord } from '../../shared/page/format';

type TabId = 'attributes' | 'roles' | 'entitlements';

beginAtTabs();
const host = connect<CompareRequests>(readAgain);
const people = loaded(host.question('people', null), draw);
const roles = loaded(host.question('roles', null), draw);
const entitlements = loaded(host.question('entitlements', null), draw);

let start: CompareStart | undefined;
let tab: TabId = 'attributes';
let onlyDifferences = true;

people.first();
void begin();

async function begin(): Promise<void> {
  start = await host.call('ready', null);
  host.setState(start.keys);
  draw();
}

function askForTab(): void {
  if (tab === 'roles') roles.first();
  if (tab === 'entitlements') entitlements.first();
}

function readAgain(): void {
  people.again();
  roles.stale();
  entitlements.stale();
  askForTab();
}

function draw(): void {
  const root = document.getElementById('page');
  if (!root) return;
  root.setAttribute('aria-busy', String(!start || (people.loading && !people.value)));
  render(start ? page(start) : skeleton(''), root);
}

function page({ texts, keys }: CompareStart): TemplateResult {
  const title = fill(texts.title, keys.a.name, keys.b.name);
  return html`
    ${
      people.value
        ? nothing
        : html`<header>
            <h1><bdi>${title}</bdi></h1>
          </header>`
    }
    ${part(people, title, texts, steps, (content) =>
      content.state === 'present' ? comparison(content.a, content.b, content.attributes) : gone(content.sentence),
    )}
  `;

  function comparison(a: ComparedSide, b: ComparedSide, attributes: readonly ComparedAttribute[]): TemplateResult {
    const differing = attributes.filter(({ verdict }) => verdict !== 'same');
    return html`
      <header>
        <div class="top">
          <h1><bdi>${title}</bdi></h1>
          <div class="buttons" role="group" aria-label=${texts.actions}>
            <vscode-button icon="diff" @click=${() => void act('openDiff')}>${texts.compareJson}</vscode-button>
            <vscode-button
              secondary
              icon=${people.loading ? 'loading' : 'refresh'}
              ?icon-spin=${people.loading}
              @click=${readAgain}
              >${texts.refresh}</vscode-button
            >
          </div>
        </div>
        ${sideFacts(a, 'openA')} ${sideFacts(b, 'openB')}
        ${texts.byName ? html`<p class="nothing">${texts.byName}</p>` : nothing}
      </header>
      ${tabs<TabId>({
        label: texts.sections,
        selected: tab,
        select: (id) => {
          tab = id;
          askForTab();
          draw();
        },
        list: [
          {
            id: 'attributes',
            label: texts.attributes,
            count: numberWord(differing.length),
            content: () => attributeTable(onlyDifferences ? differing : attributes, a, b),
          },
          setTab('roles', roles, a, b),
          setTab('entitlements', entitlements, a, b),
        ],
      })}
    `;
  }

  function sideFacts({ label, tenant }: ComparedSide, open: CompareAction): TemplateResult {
    return html`<ul class="facts">
      <li>
        <button class="link" title=${fill(texts.openPerson, cut(label))} @click=${() => void act(open)}>
          <bdi>${cut(label)}</bdi>
        </button>
      </li>
      <li><bdi>${tenant.name}</bdi></li>
      <li><span class="environment ${tenant.production ? 'production' : ''}">${tenant.environment}</span></li>
    </ul>`;
  }

  function attributeTable(rows: readonly ComparedAttribute[], a: ComparedSide, b: ComparedSide): TemplateResult {
    return html`
      <vscode-checkbox
        label=${texts.onlyDifferences}
        ?checked=${onlyDifferences}
        @change=${(event: Event) => {
          onlyDifferences = (event.target as HTMLInputElement).checked;
          draw();
        }}
      ></vscode-checkbox>
      ${rows.length === 0 ? empty(texts.noDifference) : nothing}
      <table class="compared" ?hidden=${rows.length === 0}>
        <thead>
          <tr>
            <th scope="col">${texts.attribute}</th>
            <th scope="col"><bdi>${cut(a.label, 60)}</bdi></th>
            <th scope="col"><bdi>${cut(b.label, 60)}</bdi></th>
            <th scope="col">${texts.comparison}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            rows,
            ({ name }) => name,
            (row) =>
              html`<tr class=${row.verdict}>
                <th scope="row"><bdi>${row.name}</bdi></th>
                <td class="wrap">${value(row.a)}</td>
                <td class="wrap">${value(row.b)}</td>
                <td class="wrap">${badge(verdict(row, a, b))}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  function value(text: string | null): TemplateResult {
    if (text === null) return html`<span class="dim">${texts.none}</span>`;
    const beginning = cut(text, 200, 4);
    return beginning === text
      ? html`<bdi class="fact">${text}</bdi>`
      : html`<details>
          <summary><bdi class="fact">${beginning}…</bdi></summary>
          <bdi class="fact">${text}</bdi>
        </details>`;
  }

  function verdict(row: ComparedAttribute, a: ComparedSide, b: ComparedSide): StateBadge {
    switch (row.verdict) {
      case 'same':
        return { icon: 'pass', word: texts.same, tone: 'ok' };
      case 'differs':
        return { icon: 'diff-modified', word: texts.differs, tone: 'warning' };
      case 'onlyA':
        return { icon: 'diff-removed', word: fill(texts.only, cut(a.label, 40)), tone: 'error' };
      case 'onlyB':
        return { icon: 'diff-added', word: fill(texts.only, cut(b.label, 40)), tone: 'info' };
    }
  }

  function setTab(id: 'roles' | 'entitlements', things: Loaded<ComparedSet>, a: ComparedSide, b: ComparedSide) {
    const { value: sets } = things;
    return {
      id,
      label: texts[id],
      count: sets && numberWord(sets.onlyA.length + sets.onlyB.length),
      content: () =>
        part(
          things,
          texts[id],
          texts,
          steps,
          ({ onlyA, onlyB, both, complete }) => html`
            ${complete ? nothing : html`<p class="nothing">${texts.incomplete}</p>`}
            ${names(fill(texts.only, cut(a.label, 60)), { icon: 'diff-removed', tone: 'error' }, onlyA)}
            ${names(fill(texts.only, cut(b.label, 60)), { icon: 'diff-added', tone: 'info' }, onlyB)}
            ${names(texts.both, { icon: 'pass', tone: 'ok' }, both)}
          `,
        ),
    };
  }

  function names(title: string, look: Omit<StateBadge, 'word'>, list: readonly string[]): TemplateResult {
    return html`
      <h2>${badge({ ...look, word: title })} (${numberWord(list.length)})</h2>
      ${
        list.length === 0
          ? empty(texts.empty)
          : html`<ul class="rows">
              ${list.map((name) => html`<li><bdi>${name}</bdi></li>`)}
            </ul>`
      }
    `;
  }
}

const steps = {
  signIn: () => void act('signIn'),
  showLog: () => void act('showLog'),
};

async function act(action: CompareAction): Promise<void> {
  // What fails is said by the command.
  await host.call('act', { action }).catch(() => undefined);
}
