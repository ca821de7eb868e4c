import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { PersonLink, TenantBadge } from '../../shared/protocol';
import type { ActionButton, PresentedIdentity, IdentityFlags } from '../protocol';
import type { IdentityTexts } from '../protocolTexts';
import { moreMenu } from '../../shared/page/menu';
import { badge, personLink } from '../../shared/page/parts';
import { fill } from '../../shared/page/format';

export interface HeaderActs {
  readonly refresh: () => void;
  readonly act: (action: string) => void;
  readonly openPerson: (manager: PersonLink) => void;
}

interface Busy {
  readonly refreshing: boolean;
  /** Actions whose commands run now. */
  readonly acting: ReadonlySet<string>;
}

/** Who the person is, in which tenant, in what state, and what can be done. */
export function header(
  identity: PresentedIdentity,
  tenant: TenantBadge,
  standing: IdentityFlags | undefined,
  texts: IdentityTexts,
  actions: readonly ActionButton[],
  busy: Busy,
  acts: HeaderActs,
): TemplateResult {
  const { name, alias, email, manager, states, lifecycle, lastRefresh } = identity;
  return html`
    <header>
      <div class="top">
        <h1><bdi>${name}</bdi></h1>
        ${buttons(texts, actions, busy, acts)}
      </div>
      <ul class="facts">
        ${alias ? html`<li><bdi>${alias}</bdi></li>` : nothing} ${email ? html`<li><bdi>${email}</bdi></li>` : nothing}
        ${manager ? html`<li>${texts.manager} ${personLink(manager, texts.openPerson, acts.openPerson)}</li>` : nothing}
      </ul>
      <ul class="facts">
        <li><bdi>${tenant.name}</bdi></li>
        <li><span class="environment ${tenant.production ? 'production' : ''}">${tenant.environment}</span></li>
        ${tenant.access ? html`<li>${badge(tenant.access)}</li>` : nothing}
      </ul>
      <ul class="facts">
        ${states.map((state) => html`<li>${badge(state)}</li>`)} ${standing ? standingFacts(standing, texts) : nothing}
        ${
          lifecycle
            ? html`<li>
                <bdi>${fill(texts.lifecycle, lifecycle.name)}</bdi>
                ${lifecycle.setByHand ? html`<span class="dim">(${texts.setByHand})</span>` : nothing}
              </li>`
            : nothing
        }
        <li>
          ${
            lastRefresh
              ? html`<span title=${lastRefresh.exact}>${fill(texts.lastRefresh, lastRefresh.text)}</span>`
              : html`<span class="dim">${texts.neverRefreshed}</span>`
          }
        </li>
      </ul>
    </header>
  `;
}

/** While its command runs it turns, and a second click does nothing. */
function button(
  { id, label, icon, asks }: ActionButton,
  secondary: boolean,
  acting: ReadonlySet<string>,
  acts: HeaderActs,
): TemplateResult {
  // While a question is open nothing has been sent.
  const busy = !asks && acting.has(id);
  return html`<vscode-button
    ?secondary=${secondary}
    icon=${busy ? 'loading' : icon}
    ?icon-spin=${busy}
    aria-busy=${busy}
    @click=${() => {
      acts.act(id);
    }}
    >${label}</vscode-button
  >`;
}

function buttons(texts: IdentityTexts, actions: readonly ActionButton[], busy: Busy, acts: HeaderActs): TemplateResult {
  return html`
    <div class="buttons" role="group" aria-label=${texts.actions}>
      ${actions.filter(({ place }) => place === 'bar').map((action, n) => button(action, n > 0, busy.acting, acts))}
      <vscode-button
        secondary
        icon=${busy.refreshing ? 'loading' : 'refresh'}
        ?icon-spin=${busy.refreshing}
        @click=${acts.refresh}
        >${texts.refresh}</vscode-button
      >
      ${moreMenu(
        texts.moreActions,
        [
          { id: 'copyId', label: texts.copyId, icon: 'copy' },
          { id: 'openInIsc', label: texts.openInIsc, icon: 'link-external' },
          ...actions.filter(({ place }) => place === 'menu'),
        ],
        acts.act,
      )}
    </div>
  `;
}

/** Only what deserves attention: protected, uncorrelated, and what could not be found out. */
function standingFacts({ protected: isProtected, correlated }: IdentityFlags, texts: IdentityTexts): TemplateResult[] {
  const unknown = (text: string): TemplateResult => html`<li><span class="dim">${text}</span></li>`;
  return [
    ...(isProtected ? [html`<li>${badge({ icon: 'verified', word: texts.isProtected, tone: 'info' })}</li>`] : []),
    ...(isProtected === null ? [unknown(texts.protectedUnknown)] : []),
    ...(correlated === false
      ? [html`<li>${badge({ icon: 'question', word: texts.uncorrelated, tone: 'warning' })}</li>`]
      : []),
    ...(correlated === null ? [unknown(texts.correlatedUnknown)] : []),
  ];
}
