import { html, nothing, render, type TemplateResult } from 'lit';
import type { TenantBadge } from '../../shared/protocol';
import type { AttributeRow, IdentityAnswer, IdentityRequests, IdentityStart, PresentedIdentity } from '../protocol';
import { accessTab } from './accessTab';
import { attributesTab } from './attributesTab';
import { header } from './header';
import { loaded, type Loaded } from '../../shared/page/resource';
import { ownsTab } from './ownershipTab';
import { paged } from '../../shared/page/paged';
import { kindWord } from './graphList';
import { picture, type PictureActs } from './graphTab';
import { rawTab } from './jsonTab';
import { processingReason } from './processingReason';
import { roleAssignmentsTab } from './roleAssignmentsTab';
import { rolesShown } from './roleAssignmentsState';
import { connect } from '../../shared/page/rpc';
import { gone, part, skeleton } from '../../shared/page/parts';
import { keepOneStop } from '../../shared/page/oneStop';
import { beginAtTabs, tabs } from '../../shared/page/tabs';
import { cut, fill, numberWord } from '../../shared/page/format';

const TABS = ['attributes', 'roleAssignments', 'access', 'owns', 'picture', 'raw'] as const;
type TabId = (typeof TABS)[number];

/** How long a copied value is marked, milliseconds. */
const COPIED_FOR = 1500;

beginAtTabs();
const host = connect<IdentityRequests>((assignmentId) => {
  if (assignmentId === undefined) readAgain();
  else shownRoles.fill(assignmentId);
});
const identity = loaded({ ...host.question('identity', null), ask: askIdentity }, draw);
const standing = loaded(host.question('standing', null), draw);
const roles = loaded(host.question('roleAssignments', null), draw);
const accounts = paged((offset) => host.question('accounts', { offset }), draw);
const entitlements = paged((offset) => host.question('entitlements', { offset }), draw);
const sources = loaded(host.question('entitlementSources', null), draw);
let picturedRoles = 0;
const pictured = loaded(
  { ...host.question('picture', { roles: 0 }), ask: () => host.call('picture', { roles: picturedRoles }) },
  draw,
);
const drawPicture = picture(draw);
const processing = loaded(host.question('processing', null), draw);
const owned = loaded(host.question('ownership', null), draw);
const shownRoles = rolesShown(host, draw);

/** What a tab asks for when it is first shown. */
const PARTS: Readonly<Record<TabId, readonly Loaded<unknown>[]>> = {
  attributes: [],
  roleAssignments: [roles],
  access: [accounts, entitlements, sources],
  owns: [owned],
  picture: [pictured],
  raw: [],
};

let start: IdentityStart | undefined;
let tab: TabId = rememberedTab();
let filter = '';
let copied: string | undefined;
const acting = new Set<string>();
let announcement = '';
const expanded = new Set<string>();

identity.first();
askForTab();
void begin();
turnToWantedTab();

/** What is known of a processing error is asked for once it is known that there is one. */
async function askIdentity(): Promise<IdentityAnswer> {
  const answer = await host.call('identity', null);
  if (answer.state === 'present' && answer.identity.processingFailed) processing.first();
  return answer;
}

async function begin(): Promise<void> {
  start = await host.call('ready', null);
  // After the person's own data: nothing waits for it.
  standing.first();
  remember();
  draw();
}

/** Keys only: what the panel shows is read again after a reload. */
function remember(): void {
  if (start) host.setState({ ...start.keys, tab });
}

function rememberedTab(): TabId {
  const state = host.getState();
  const wanted = typeof state === 'object' && state !== null && 'tab' in state ? state.tab : undefined;
  return TABS.find((id) => id === wanted) ?? 'attributes';
}

function askForTab(): void {
  for (const needed of PARTS[tab]) needed.first();
}

/** What is on the screen now, the rest when it is shown again. */
function readAgain(): void {
  turnToWantedTab();
  processing.stale();
  identity.again();
  standing.again();
  for (const needed of Object.values(PARTS).flat()) needed.stale();
  shownRoles.readAgain();
  picturedRoles = 0;
  askForTab();
}

function select(id: TabId): void {
  tab = id;
  remember();
  askForTab();
  draw();
}

function turnToWantedTab(): void {
  void host.call('wantedTab', null).then((wanted) => {
    if (wanted) select(wanted);
  }, ignore);
}

function draw(): void {
  const root = document.getElementById('page');
  if (!root) return;
  root.setAttribute('aria-busy', String(!start || (identity.loading && !identity.value)));
  render(start ? page(start) : skeleton(''), root);
  keepOneStop(root);
  shownRoles.drawn(root);
}

function page({ texts, keys }: IdentityStart): TemplateResult {
  return html`
    ${identity.value ? nothing : unnamed(keys.name)}
    ${part(identity, keys.name, texts, steps, (answer) =>
      answer.state === 'present' ? content(answer.identity, answer.tenant, texts) : gone(answer.sentence),
    )}
    <p class="unseen" role="status">${announcement}</p>
  `;
}

function unnamed(name: string): TemplateResult {
  return html`<header>
    <h1><bdi>${name}</bdi></h1>
  </header>`;
}

function content(view: PresentedIdentity, tenant: TenantBadge, texts: IdentityStart['texts']): TemplateResult {
  return html`
    ${header(view, tenant, standing.value, texts, start?.actions ?? [], { refreshing: identity.loading, acting }, acts)}
    ${view.processingFailed ? processingReason(processing, start?.actions ?? [], texts, { ...steps, act: acts.act }) : nothing}
    ${tabs<TabId>({
      label: texts.sections,
      selected: tab,
      select,
      list: [
        {
          id: 'attributes',
          label: texts.attributes,
          count: numberWord(view.attributes.length),
          content: () => attributesTab(view, texts, { filter, expanded, copied }, attributeActs),
        },
        {
          id: 'roleAssignments',
          label: texts.roleAssignments,
          count: roles.value && numberWord(roles.value.length),
          content: () =>
            part(roles, texts.roleAssignments, texts, steps, (rows) =>
              roleAssignmentsTab(rows, texts, shownRoles.state, shownRoles.acts, steps),
            ),
        },
        {
          id: 'access',
          label: texts.access,
          count: undefined,
          content: () => accessTab(accounts, entitlements, sources.value, texts, start?.accessNote ?? '', steps),
        },
        {
          id: 'owns',
          label: texts.owns,
          count: owned.value && numberWord(owned.value.reduce((sum, { items }) => sum + items.length, 0)),
          content: () => part(owned, texts.owns, texts, steps, (groups) => ownsTab(groups, texts, acts)),
        },
        {
          id: 'picture',
          label: texts.picture,
          count: undefined,
          content: () =>
            part(pictured, texts.picture, texts, steps, (view) =>
              drawPicture(view, pictured.loading, texts, pictureActs),
            ),
        },
        {
          id: 'raw',
          label: texts.raw,
          count: undefined,
          content: () => rawTab(texts, (document) => void act(document)),
        },
      ],
    })}
  `;
}

const acts = {
  refresh: () => {
    void host.call('fresh', null).catch(ignore);
    readAgain();
  },
  act: (action: string) => {
    if (acting.has(action)) return;
    acting.add(action);
    draw();
    void act(action).finally(() => {
      acting.delete(action);
      draw();
    });
  },
  openPerson: (manager: { readonly id: string; readonly name: string }) => {
    void host.call('openIdentity', manager).catch(ignore);
  },
  peopleWith: (role: { readonly id: string; readonly name: string }) => {
    void host.call('peopleWith', role).catch(ignore);
  },
};

const steps = {
  signIn: () => void act('signIn'),
  showLog: () => void act('showLog'),
};

const attributeActs = {
  filter: (text: string) => {
    filter = text;
    draw();
  },
  toggle: (name: string) => {
    if (!expanded.delete(name)) expanded.add(name);
    draw();
  },
  openPerson: acts.openPerson,
  copy: (row: AttributeRow) => {
    void host.call('copy', { text: row.raw ?? row.text }).then(() => {
      markCopied(row.name);
    }, ignore);
  },
};

const pictureActs: PictureActs = {
  openRole: shownRoles.acts.openRole,
  choose: (node) => {
    announcement = start && node ? `${kindWord(node, start.texts)} ${cut(node.label)}` : '';
    draw();
  },
  ask: (asked) => {
    picturedRoles = asked;
    pictured.again();
  },
};

function markCopied(name: string): void {
  copied = name;
  announcement = fill(start?.texts.copied ?? '{0}', name);
  draw();
  setTimeout(() => {
    if (copied !== name) return;
    copied = undefined;
    announcement = '';
    draw();
  }, COPIED_FOR);
}

/** Runs a command of the extension; a command shows its own errors. */
async function act(action: string): Promise<void> {
  await host.call('act', { action }).catch(ignore);
}

function ignore(): void {
  // The command has already said what went wrong.
}
