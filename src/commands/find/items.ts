/** The rows of the box for finding. */
import type { Identity } from '../../api/identities';
import { actionOf } from '../../actions/catalog';
import { isFilter, similarQuery, wordsQuery, type Asking, type TypedMistake } from '../../find/query';
import type { FoundList } from '../../lists/list';
import type { IdentityQuery } from '../../lists/query';
import type { IdentityTarget } from '../../ids';
import type { RecentPerson } from '../../find/recent';
import type { Tenant } from '../../tenants/tenant';
import { formatNumber } from '../../text/dates';
import { filterMistakeText } from '../../text/filterMistakes';
import { plural, t } from '../../text/l10n';
import { joined, plain, withIcon, type PlainText } from '../../text/plain';
import { searchMistakeText } from '../../text/searchMistakes';
import { identityStatusLabel, PROTECTED } from '../../text/state';
import type { IconButton, PickItem } from '../../ui/boxes';
import type { CommandDeps } from '../ui/deps';
import type { Answered } from './searchTenant';

/** What a person did with the box. */
export type Chosen =
  | { readonly kind: 'person'; readonly person: RecentPerson; readonly text: string }
  | { readonly kind: 'reveal'; readonly tenant: Tenant; readonly identity: Identity; readonly text: string }
  | { readonly kind: 'process'; readonly target: IdentityTarget }
  | { readonly kind: 'list'; readonly tenantId: string; readonly found: FoundList }
  | { readonly kind: 'table'; readonly tenantId: string; readonly found: FoundList }
  | { readonly kind: 'keep'; readonly query: IdentityQuery; readonly name: string }
  | { readonly kind: 'log' }
  | { readonly kind: 'tenants'; readonly text: string }
  | { readonly kind: 'other' };

export interface Item extends PickItem {
  readonly chosen?: Chosen;
  /** Typed in its place when chosen. */
  readonly text?: string;
  /** Asked instead of what the text alone would ask. */
  readonly instead?: Asking;
  /** What its buttons do, in their order. */
  readonly acts?: readonly Chosen[];
}

/** What is shown of answers beside the people. */
export interface Offers {
  readonly text: string;
  /** The box is the one for finding: all that can be done with a query and a person is offered. */
  readonly isForFinding: boolean;
  /** The role whose holders are shown. */
  readonly having: string | undefined;
}

const OPEN: IconButton = { icon: 'open-preview', tooltip: t('Open in panel') };
const TABLE: IconButton = { icon: 'table', tooltip: t('Open as table') };
const REVEAL: IconButton = { icon: 'list-tree', tooltip: t('Reveal in tree') };
const SHOW_LOG: IconButton = { icon: 'output', tooltip: t('Show log') };

/** What tenants answered: per tenant what must be known of it, all as a list, the people. */
export function answerItems(answers: readonly Answered[], offers: Offers): Item[] {
  const several = answers.length > 1;
  const items = answers.flatMap((answer) => {
    const { people, hasMore, notices, tenant } = answer;
    const nobody = people.length === 0 && notices.length === 0 ? [notice(t('No identities found'), 'search')] : [];
    return [
      ...notices.map(({ label, detail }) => failure(label, detail, offers)),
      ...listItem(answer, offers, several),
      ...people.map((identity) => personItem(tenant, identity, offers, several)),
      ...nobody,
      ...(hasMore ? [notice(moreText(answer, offers), 'info')] : []),
    ];
  });
  return offers.isForFinding ? [...items, ...otherWays(answers, offers), ...keepItem(answers, offers)] : items;
}

/** What is wrong with what was typed, and where. */
export function mistakeItem({ in: kind, mistake }: TypedMistake, typed: string): Item {
  const sentence = kind === 'filter' ? filterMistakeText(mistake) : searchMistakeText(mistake);
  const label = t('Character {0}: {1}', formatNumber(mistake.position + 1), sentence);
  if (mistake.problem === 'unfinishedField') {
    const hint = t('Type a value right after the colon, such as {0}', 'attributes.department:"Human Resources"');
    return notice(label, 'info', hint);
  }
  const place = plain(typed.slice(mistake.position, mistake.position + 60).trim());
  return notice(label, 'warning', place === '' ? undefined : place);
}

/** What was opened and typed of late. */
export function recentItems(recent: CommandDeps['recent'], tenants: readonly Tenant[]): Item[] {
  const ids = tenants.map(({ id }) => id);
  const names = new Map(tenants.map(({ id, name }) => [id, name]));
  const people = recent.people(ids).map((person): Item => {
    const description = plain(names.get(person.tenantId) ?? '');
    return {
      label: withIcon('history', plain(person.name)),
      description,
      chosen: { kind: 'person', person, text: '' },
    };
  });
  const queries = recent.queries(ids).map((text): Item => ({ label: withIcon('search', plain(text)), text }));
  return [...section(t('recent identities'), people), ...section(t('recent queries'), queries)];
}

/** A row that goes on in another way. */
export function offer(label: PlainText, icon: string, detail: PlainText, does: Partial<Item>): Item {
  return { ...does, label: withIcon(icon, label), detail, alwaysShow: true };
}

/** Whom a row opens, across an older and a newer list. */
export function personOf({ chosen }: Item): string | undefined {
  return chosen?.kind === 'person' ? `${chosen.person.tenantId}/${chosen.person.id}` : undefined;
}

/** What a row is about, whatever number it shows. */
export function keyOf(item: Item): string {
  return personOf(item) ?? (item.chosen?.kind === 'list' ? `list/${item.chosen.tenantId}` : item.label);
}

function section(label: PlainText, items: readonly Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, isSeparator: true }, ...items];
}

function personItem(tenant: Tenant, identity: Identity, offers: Offers, several: boolean): Item {
  const { isForFinding, having } = offers;
  // What narrows a role's identities finds others without it: it is not remembered.
  const text = having === undefined ? offers.text : '';
  const { icon, word } = identityStatusLabel(identity);
  const address = plain(identity.emailAddress ?? identity.alias ?? '');
  const { id, name } = identity;
  const standing = identity.protected === true && withIcon(PROTECTED.icon, PROTECTED.word);
  const open: Chosen = { kind: 'person', person: { tenantId: tenant.id, id, name }, text };
  const process = actionOf('process');
  const buttons = [OPEN, REVEAL, { icon: process.icon, tooltip: plain(`${process.label()}...`) }];
  const acts: readonly Chosen[] = [
    open,
    { kind: 'reveal', tenant, identity, text },
    { kind: 'process', target: { tenantId: tenant.id, identity: { id, name } } },
  ];
  return {
    label: withIcon(icon, plain(name)),
    description: joined([address, word, standing, several && plain(tenant.name)], ' · '),
    alwaysShow: true,
    chosen: open,
    ...(isForFinding ? { buttons, acts } : {}),
  };
}

/** The title row of a tenant's people: all of them as a list, with what is asked for it. */
function listItem(answer: Answered, offers: Offers, several: boolean): Item[] {
  const { tenant, used, people, rows, total } = answer;
  if (!offers.isForFinding || !used || people.length === 0) return [];
  const query = toListQuery(used);
  const found: FoundList = { name: nameOf(used, offers), query, rows, total };
  const label = listLabel(total, several ? tenant.name : undefined);
  const chosen: Chosen = { kind: 'list', tenantId: tenant.id, found };
  const acts: readonly Chosen[] = [{ ...chosen, kind: 'table' }];
  return [offer(label, 'list-flat', plain(queryText(query)), { chosen, buttons: [TABLE], acts })];
}

function listLabel(total: number | undefined, tenant: string | undefined): PlainText {
  if (total === undefined) return tenant === undefined ? t('Open as list') : t('Open as list in {0}', tenant);
  const identities = plural(total, {
    one: () => t('1 identity'),
    other: () => t('{0} identities', formatNumber(total)),
  });
  return tenant === undefined ? t('Open as list: {0}', identities) : t('Open as list in {0}: {1}', tenant, identities);
}

/** Other questions that what was typed may have meant. */
function otherWays(answers: readonly Answered[], { text, having }: Offers): Item[] {
  const used = answers.find((answer) => answer.used)?.used;
  if (!used || having !== undefined) return [];
  if (answers.every(({ people }) => people.length === 0)) {
    const similar = used.by === 'search' && !used.similar && answers.some(({ notices }) => notices.length === 0);
    const query = similar ? similarQuery(text) : undefined;
    if (!query) return [];
    return [offer(t('Search for similar spellings'), 'search-fuzzy', plain(query.words ?? ''), { instead: query })];
  }
  const everywhere = used.by === 'filter' && !isFilter(text) ? wordsQuery(text) : undefined;
  if (!everywhere) return [];
  const label = t('Search for these words in names, emails, departments, titles and locations');
  return [offer(label, 'search', plain(text), { instead: everywhere })];
}

/** Only what found somebody can be kept: what failed or found nobody has not proved to be right. */
function keepItem(answers: readonly Answered[], offers: Offers): Item[] {
  const used = answers.find(({ people }) => people.length > 0)?.used;
  if (!used) return [];
  const query = toListQuery(used);
  const chosen: Chosen = { kind: 'keep', query, name: nameOf(used, offers) };
  return [offer(t('Save this query as a list'), 'bookmark', plain(queryText(query)), { chosen })];
}

function moreText({ people, used }: Answered, { isForFinding }: Offers): PlainText {
  const shown = people.length;
  return isForFinding && used
    ? t('Only the first {0} are shown. Open them as a list to see all.', formatNumber(shown))
    : t('Only the first {0} are shown. Type more to narrow the search.', formatNumber(shown));
}

function failure(label: PlainText, detail: PlainText, { isForFinding }: Offers): Item {
  const log = isForFinding ? { buttons: [SHOW_LOG], acts: [{ kind: 'log' } as const] } : {};
  return { ...notice(label, 'warning', detail), ...log };
}

function notice(label: PlainText, icon: string, detail?: PlainText): Item {
  return { label: withIcon(icon, label), alwaysShow: true, ...(detail === undefined ? {} : { detail }) };
}

/** What a list of it is called. */
function nameOf(used: Asking, { text, having }: Offers): string {
  const typed = text.trim();
  if (having !== undefined) {
    const name = t('Identities with {0}', having);
    return typed === '' ? name : joined([name, plain(typed)], ' · ');
  }
  return used.by === 'search' && used.similar ? t('Similar to {0}', used.words ?? typed) : typed;
}

/** What lists know of a question. */
function toListQuery(asking: Asking): IdentityQuery {
  return asking.by === 'search' ? { by: 'search', query: asking.query } : asking;
}

/** As it is sent. */
function queryText(query: IdentityQuery): string {
  return query.by === 'filter' ? (query.filter ?? '') : query.query;
}
