import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import { planQuery, wordsQuery, type Asking, type QueryPlan } from '../../find/query';
import type { Tenant } from '../../tenants/tenant';
import { identityStatusLabel, PROTECTED } from '../../text/state';
import { searchTenant, type Answered } from './searchTenant';
import { titleOf } from './title';
import type { RecentPerson } from '../../find/recent';
import type { CommandDeps } from '../ui/deps';
import { Cancelled } from '../ui/report';
import { t } from '../../text/l10n';
import type { IconButton, PickItem } from '../../ui/boxes';
import { formatNumber } from '../../text/dates';
import { joined, plain, withIcon, type PlainText } from '../../text/plain';

/** Milliseconds without a keystroke before the service is asked. */
const DEBOUNCE_MS = 150;

/** What a person did with the box. */
export type Chosen =
  | { readonly kind: 'person'; readonly person: RecentPerson; readonly text: string }
  | { readonly kind: 'reveal'; readonly tenant: Tenant; readonly identity: Identity; readonly text: string }
  | { readonly kind: 'keep'; readonly asking: Asking; readonly text: string }
  | { readonly kind: 'tenants'; readonly text: string }
  | { readonly kind: 'other' };

/** A row beside the people, shown while nothing is typed, that goes on in another way. */
export interface Alternative {
  readonly label: PlainText;
  readonly detail: PlainText;
}

export interface SearchBox {
  readonly tenants: readonly Tenant[];
  readonly title: PlainText;
  readonly text?: string;
  readonly other?: Alternative;
  /** What was opened and asked before; with it the box is the one for finding, with all it offers. */
  readonly recent?: CommandDeps['recent'];
}

interface Item extends PickItem {
  readonly chosen?: Chosen;
  /** Typed in its place when chosen. */
  readonly text?: string;
  /** Asked instead of what the text alone would ask. */
  readonly instead?: Asking;
  readonly reveal?: Chosen;
}

const REVEAL: IconButton = { icon: 'list-tree', tooltip: t('Reveal in tree') };
const CHOOSE_TENANT: IconButton = { icon: 'organization', tooltip: t('Select tenant') };

/**
 * Finds people by typing, in one tenant or several. The newest text wins: older questions are aborted, so that each
 * tenant has at most one under way.
 *
 * @throws Cancelled when dismissed. A failed search is said in the list, and typing on tries again.
 */
export function searchBox({ ui, clients }: Pick<CommandDeps, 'ui' | 'clients'>, box: SearchBox): Promise<Chosen> {
  const { tenants, recent } = box;
  const pick = ui.createPickList<Item>({
    title: box.title,
    placeholder: t('ID, email, alias, start of a name, or a query such as attributes.city:Austin'),
    value: box.text ?? '',
    button: recent && CHOOSE_TENANT,
    // On the way to an action it stays, whatever takes the focus; the box for finding goes away by a click beside it.
    closesByFocus: recent !== undefined,
  });
  let asked = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  /** What the shown rows answer. Enter while a newer text is on its way must not take one of them. */
  let answered: string | undefined;
  /** Taken from rows of an older text: accepted once the newer text finds the same, and only then. */
  let wanted: string | undefined;

  let accept: (chosen: Chosen) => void = () => undefined;

  const show = async (instead?: Asking): Promise<void> => {
    asked.abort();
    const { signal } = (asked = new AbortController());
    const text = pick.value.trim();
    const known = text === '' && recent ? recentItems(recent, tenants) : [];
    if (known.length > 0) {
      pick.busy = false;
      pick.rows = known;
      answered = text;
      pick.title = box.title;
      return;
    }
    const decision: QueryPlan = instead ? { primary: instead, fallback: undefined } : planQuery(text);
    pick.busy = true;
    try {
      const answers = await Promise.all(tenants.map((tenant) => searchTenant(clients, tenant, decision, signal)));
      if (signal.aborted) return;
      pick.rows = [...otherItems(box, text), ...itemsOf(answers, text, recent !== undefined)];
      answered = text;
      const again = wanted === undefined ? undefined : pick.rows.find((item) => personOf(item) === wanted);
      wanted = undefined;
      if (again?.chosen) accept(again.chosen);
      // VS Code hides separators while something is typed, so what was asked is said in the title.
      pick.title = titleOf(box.title, answers, text);
    } catch (error) {
      if (!signal.aborted && !ApiError.is(error, 'cancelled')) throw error;
    } finally {
      if (!signal.aborted) pick.busy = false;
    }
  };

  return new Promise<Chosen>((resolve, reject) => {
    accept = resolve;
    const start = (instead?: Asking): void => void show(instead).catch(reject);
    pick.show({
      typed: () => {
        asked.abort();
        wanted = undefined;
        clearTimeout(timer);
        timer = setTimeout(start, DEBOUNCE_MS);
      },
      chosen: (item) => {
        if (answered !== pick.value.trim()) {
          wanted = item && personOf(item);
          return;
        }
        if (item?.chosen) resolve(item.chosen);
        else if (item?.instead) start(item.instead);
        else if (item?.text !== undefined) {
          pick.value = item.text;
          start();
        }
      },
      rowButton: ({ reveal }) => reveal && resolve(reveal),
      button: () => resolve({ kind: 'tenants', text: pick.value }),
      closed: () => reject(new Cancelled()),
    });
    start();
  }).finally(() => {
    clearTimeout(timer);
    asked.abort();
    pick.close();
  });
}

function otherItems({ other }: SearchBox, text: string): Item[] {
  return other && text === '' ? [offer(other.label, 'organization', other.detail, { chosen: { kind: 'other' } })] : [];
}

function recentItems(recent: CommandDeps['recent'], tenants: readonly Tenant[]): Item[] {
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

function itemsOf(answers: readonly Answered[], text: string, offers: boolean): Item[] {
  const items = answers.flatMap(({ tenant, people, hasMore, notices }) => {
    const rows = people.map((identity) => personItem(tenant, identity, text, { offers, several: answers.length > 1 }));
    const nobody = rows.length === 0 && notices.length === 0 ? [notice(t('No identities found'), 'search')] : [];
    const more = hasMore ? [notice(moreText(people.length, offers), 'info')] : [];
    return [...notices.map(({ label, detail }) => notice(label, 'warning', detail)), ...rows, ...nobody, ...more];
  });
  const used = answers.find((answer) => answer.used)?.used;
  if (!offers || !used) return items;
  const everywhere = used.by === 'filter' ? wordsQuery(text) : undefined;
  return [
    ...items,
    ...(everywhere
      ? [
          offer(
            t('Search for these words in names, emails, departments, titles and locations'),
            'search',
            plain(text),
            { instead: everywhere },
          ),
        ]
      : []),
    offer(t('Save this query as a list'), 'bookmark', plain(askingText(used)), {
      chosen: { kind: 'keep', asking: used, text },
    }),
  ];
}

function moreText(shown: number, canBeSaved: boolean): PlainText {
  return canBeSaved
    ? t('Only the first {0} are shown. Save the query as a list to see all.', formatNumber(shown))
    : t('Only the first {0} are shown. Type more to narrow the search.', formatNumber(shown));
}

function section(label: PlainText, items: readonly Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, isSeparator: true }, ...items];
}

function personItem(
  tenant: Tenant,
  identity: Identity,
  text: string,
  { offers, several }: { readonly offers: boolean; readonly several: boolean },
): Item {
  const { icon, word } = identityStatusLabel(identity);
  const address = plain(identity.emailAddress ?? identity.alias ?? '');
  const person = { tenantId: tenant.id, id: identity.id, name: identity.name };
  const standing = identity.protected === true && withIcon(PROTECTED.icon, PROTECTED.word);
  return {
    label: withIcon(icon, plain(identity.name)),
    description: joined([address, word, standing, several && plain(tenant.name)], ' · '),
    alwaysShow: true,
    chosen: { kind: 'person', person, text },
    reveal: { kind: 'reveal', tenant, identity, text },
    ...(offers ? { button: REVEAL } : {}),
  };
}

function notice(label: PlainText, icon: string, detail?: PlainText): Item {
  return { label: withIcon(icon, label), alwaysShow: true, ...(detail === undefined ? {} : { detail }) };
}

function offer(label: PlainText, icon: string, detail: PlainText, does: Partial<Item>): Item {
  return { ...does, label: withIcon(icon, label), detail, alwaysShow: true };
}

/** As it is sent. */
function askingText(asking: Asking): string {
  return asking.by === 'filter' ? (asking.filter ?? '') : asking.query;
}

/** Whom a row opens, across an older and a newer list. */
function personOf({ chosen }: Item): string | undefined {
  return chosen?.kind === 'person' ? `${chosen.person.tenantId}/${chosen.person.id}` : undefined;
}
