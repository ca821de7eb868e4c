import { html, nothing, render, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { PersonLink } from '../../shared/protocol';
import type { WhyAction, WhyRequests, WhyTexts, WhyPresent } from '../protocol';
import { loaded } from '../../shared/page/resource';
import { connect } from '../../shared/page/rpc';
import { badge, gone, part, personLink, skeleton } from '../../shared/page/parts';
import { evidenceTable, matchedTable, requestedTable, timeline } from './evidence';
import { fill } from '../../shared/page/format';

const host = connect<WhyRequests>(() => {
  why.again();
});
const why = loaded(host.question('why', null), draw);
let start: WhyRequests['ready']['result'] | undefined;

why.first();
void begin();

async function begin(): Promise<void> {
  start = await host.call('ready', null);
  host.setState(start.keys);
  draw();
}

function draw(): void {
  const root = document.getElementById('page');
  if (!root) return;
  root.classList.add('scrolls');
  root.setAttribute('aria-busy', String(!start || (why.loading && !why.value)));
  render(start ? page(start) : skeleton(''), root);
}

function page({ texts, keys }: WhyRequests['ready']['result']): TemplateResult {
  const title = fill(texts.whyTitle, keys.name, keys.role);
  return html`
    ${
      why.value
        ? nothing
        : html`<header>
            <h1><bdi>${title}</bdi></h1>
          </header>`
    }
    ${part(why, title, texts, steps, (content) =>
      content.state === 'present' ? answer(content.why, texts) : gone(content.sentence),
    )}
  `;
}

function answer(view: WhyPresent, texts: WhyTexts): TemplateResult {
  const { person, role, tenant, answer: said, badge: mark, matched, dimensions, requested, accounts } = view;
  return html`
    <header>
      <div class="top">
        <h1><bdi>${fill(texts.whyTitle, person.name, role)}</bdi></h1>
        <div class="buttons" role="group" aria-label=${texts.actions}>
          ${view.roleId === '' ? nothing : peopleWithButton({ id: view.roleId, name: view.role }, texts)}
          <vscode-button
            secondary
            icon=${why.loading ? 'loading' : 'refresh'}
            ?icon-spin=${why.loading}
            @click=${() => {
              why.again();
            }}
            >${texts.refresh}</vscode-button
          >
        </div>
      </div>
      <ul class="facts">
        <li>${personLink(person, texts.openPerson, openPerson)}</li>
        <li><bdi>${tenant.name}</bdi></li>
        <li><span class="environment ${tenant.production ? 'production' : ''}">${tenant.environment}</span></li>
        ${tenant.access ? html`<li>${badge(tenant.access)}</li>` : nothing}
        ${mark ? html`<li>${badge(mark)}</li>` : nothing}
      </ul>
    </header>
    <div class="content">
      <p class="answer"><bdi>${said.sentence}</bdi></p>
      ${section(
        texts.evidence,
        evidenceTable(view.evidence, texts, (who) => personLink(who, texts.openPerson, openPerson)),
      )}
      ${section(texts.timeline, timeline(view.timeline))}
      ${matched.length > 0 ? section(texts.matched, matchedTable(matched, texts)) : nothing}
      ${
        dimensions.length > 0
          ? section(
              texts.dimensions,
              html`<ul class="rows">
                ${dimensions.map((name) => html`<li><bdi>${name}</bdi></li>`)}
              </ul>`,
            )
          : nothing
      }
      ${requested.length > 0 ? section(texts.requested, requestedTable(requested, texts)) : nothing}
      ${section(texts.accounts, accountList(accounts, texts))}
    </div>
  `;
}

function peopleWithButton(role: { readonly id: string; readonly name: string }, texts: WhyTexts): TemplateResult {
  return html`<vscode-button
    secondary
    icon="search"
    @click=${() => {
      void host.call('peopleWith', role).catch(ignore);
    }}
    >${texts.peopleWith}</vscode-button
  >`;
}

function section(title: string, content: TemplateResult): TemplateResult {
  return html`<section aria-label=${title}>
    <h2>${title}</h2>
    ${content}
  </section>`;
}

function accountList(sources: WhyPresent['accounts'], texts: WhyTexts): TemplateResult {
  if (sources.length === 0) return html`<p class="nothing">${texts.noAccounts}</p>`;
  return html`<dl class="attributes">
    ${sources.map(
      ({ source, accounts }) =>
        html`<div>
          <dt><bdi>${source}</bdi></dt>
          <dd>
            <ul class="plain">
              ${accounts.map(
                ({ name, via }) =>
                  html`<li>
                    ${name ? html`<bdi>${name}</bdi>` : html`<span class="dim">${texts.unknown}</span>`}
                    ${via ? html`<span class="dim"><bdi>${fill(texts.via, via)}</bdi></span>` : nothing}
                  </li>`,
              )}
            </ul>
          </dd>
        </div>`,
    )}
  </dl>`;
}

function openPerson({ id, name }: PersonLink): void {
  void host.call('openIdentity', { id, name }).catch(ignore);
}

const steps = {
  signIn: () => void act('signIn'),
  showLog: () => void act('showLog'),
};

async function act(action: WhyAction): Promise<void> {
  await host.call('act', { action }).catch(ignore);
}

function ignore(): void {
  // The command has already said what went wrong.
}
