import * as v from 'valibot';
import { checkSorters, parseFilter } from '../api/filterParser';
import type { Tenant } from '../tenants/tenant';
import { isObject, readAs, tolerantObject, type Output } from '../schema';
import { formatList } from '../text/dates';
import { filterMistakeText } from '../text/filterMistakes';
import { t } from '../text/l10n';
import type { IdentityList, ListProblem } from './list';
import type { IdentityQuery } from './query';

/** What a person's own list may hold. Each is typed by its author: a mistake is told, in these sentences. */
const FIELDS = {
  name: v.string(mustBe('name', 'string')),
  filter: v.string(mustBe('filter', 'string')),
  /** A query for the service's Search instead of a filter. */
  search: v.string(mustBe('search', 'string')),
  /** Nobody is left out: said in so many words, as a forgotten or misspelt filter must not mean everybody. */
  everyone: v.boolean(mustBe('everyone', 'boolean')),
  sorter: v.string(mustBe('sorter', 'string')),
  includeUncorrelated: v.boolean(mustBe('includeUncorrelated', 'boolean')),
  /** Name of the only tenant that shows it. */
  tenant: v.string(mustBe('tenant', 'string')),
};

function mustBe(field: string, type: string): string {
  return t('"{0}" must be a {1}.', field, type);
}

/** A list without a mistake of form. */
const WELL_FORMED = v.pipe(
  v.partial(v.object(FIELDS)),
  v.forward(
    v.check(({ everyone }) => everyone !== false, t('"everyone" must be true or omitted.')),
    ['everyone'],
  ),
);

/** As much of a list as can be used. */
const USABLE = tolerantObject({}, { ...FIELDS, everyone: v.literal(true), includeUncorrelated: v.literal(true) });

/** A person's own list, as the setting holds it. */
export interface SavedList extends Output<typeof USABLE> {
  readonly name: string;
}

/** Whether a list is shown below a tenant: it names that one, as it is called here or in its file, or none. */
export function isShownIn(
  { tenant }: { readonly tenant?: string | undefined },
  { name, storedName }: Pick<Tenant, 'name' | 'storedName'>,
): boolean {
  return tenant === undefined || tenant === name || tenant === storedName;
}

/** Where a list of the settings stands. */
export interface SettingsLocation {
  readonly scope: 'user' | 'workspace';
  readonly index: number;
}

/** One list of the settings, right or wrong. */
export interface SavedListEntry {
  readonly place: SettingsLocation;
  readonly own: SavedList;
  readonly list: IdentityList;
}

/** Reads the setting of one scope. Never throws: what is wrong with an entry is kept with it. */
export function readSavedLists(value: unknown, scope: SettingsLocation['scope']): readonly SavedListEntry[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    const own = { name: t('Lists') };
    const problem: ListProblem = { part: 'list', message: t('The setting must be an array of lists.') };
    return [{ place: { scope, index: 0 }, own, list: listOf(own, `own/${scope}/`, problem) }];
  }
  const names = new Set<string>();
  return value.map((entry: unknown, index): SavedListEntry => {
    const own = ownOf(entry, index);
    const twice = names.has(own.name);
    names.add(own.name);
    const problem = formProblem(entry) ?? (twice ? nameTwice(own.name) : undefined) ?? checkSavedList(own);
    return {
      place: { scope, index },
      own,
      list: listOf(own, `own/${scope}/${own.name}${twice ? `/${String(index)}` : ''}`, problem),
    };
  });
}

/** What is wrong with a list, if anything: the first mistake with its place. */
export function checkSavedList({ name, filter, search, everyone, sorter }: SavedList): ListProblem | undefined {
  if (name.trim() === '') return { part: 'name', message: t('The list has no name.') };
  if (filter !== undefined && search !== undefined) {
    return { part: 'search', message: t('A list has a filter or a search, not both.') };
  }
  if (everyone && (filter !== undefined || search !== undefined)) {
    return { part: 'everyone', message: t('A list of all identities has neither a filter nor a search.') };
  }
  if (!everyone && filter === undefined && search === undefined) {
    return { part: 'list', message: t('No identities specified: add a "filter", a "search", or "everyone": true.') };
  }
  if (filter !== undefined) {
    const parsed = parseFilter(filter);
    if (!parsed.ok) return { part: 'filter', ...parsed.mistake, message: filterMistakeText(parsed.mistake) };
  }
  if (search?.trim() === '') return { part: 'search', message: t('The search is empty.') };
  const mistake = sorter === undefined ? undefined : checkSorters(sorter);
  return mistake && { part: 'sorter', ...mistake, message: filterMistakeText(mistake) };
}

function listOf(own: SavedList, id: string, problem: ListProblem | undefined): IdentityList {
  return {
    id,
    origin: 'own',
    name: own.name,
    ...(problem === undefined ? { query: queryIn(own) } : mistaken(problem, own.filter ?? own.search)),
  };
}

function mistaken(problem: ListProblem, written: string | undefined): Pick<IdentityList, 'problem' | 'written'> {
  return { problem: withoutExtras(problem), ...(written === undefined ? {} : { written }) };
}

function queryIn({ filter, search, sorter = 'name', includeUncorrelated }: SavedList): IdentityQuery {
  if (search !== undefined) return { by: 'search', query: search };
  return {
    by: 'filter',
    ...(filter === undefined ? {} : { filter }),
    sorter,
    includeUncorrelated: includeUncorrelated === true,
  };
}

function withoutExtras({ part, key, position, length, message }: ListProblem): ListProblem {
  return {
    part,
    ...(key === undefined ? {} : { key }),
    message,
    ...(position === undefined ? {} : { position }),
    ...(length === undefined ? {} : { length }),
  };
}

function nameTwice(name: string): ListProblem {
  return { part: 'name', message: t('The name "{0}" is used twice.', name) };
}

function formProblem(entry: unknown): ListProblem | undefined {
  if (!isObject(entry)) return { part: 'list', message: t('A list must be an object with a name.') };
  const unknown = Object.keys(entry).find((key) => !Object.hasOwn(FIELDS, key));
  if (unknown !== undefined) {
    const keys = formatList(Object.keys(FIELDS));
    return { part: 'list', key: unknown, message: t('Unknown key "{0}". Use {1}.', unknown, keys) };
  }
  const found = v.safeParse(WELL_FORMED, entry, { abortEarly: true });
  if (found.success) return undefined;
  const [{ message, path }] = found.issues;
  return { part: 'list', ...(path ? { key: String(path[0].key) } : {}), message };
}

/** As much of an entry as can be used. */
function ownOf(entry: unknown, index: number): SavedList {
  return { name: String(index + 1), ...readAs(USABLE, entry) };
}
