/** A list while it is being made in the form. Pure: its filter stays text, and is taken apart to be shown. */
import { and, filterText, type Filter } from '../api/filter';
import { parseFilter } from '../api/filterParser';
import type { SettingsLocation, SavedList } from './savedLists';

/** A choice of field, operator and values. */
export type Condition = Extract<Filter, { kind: 'test' }>;

export interface Draft {
  readonly name: string;
  readonly by: 'filter' | 'search';
  /** Empty: nobody is left out. Kept while the list asks by search, so that changing one's mind loses nothing. */
  readonly filter: string;
  readonly search: string;
  readonly sorter: string;
  readonly includeUncorrelated: boolean;
  /** Name of the only tenant that shows it. */
  readonly tenant: string | undefined;
  readonly scope: SettingsLocation['scope'];
}

export const NEW_DRAFT: Draft = {
  name: '',
  by: 'filter',
  filter: '',
  search: '',
  sorter: 'name',
  includeUncorrelated: false,
  tenant: undefined,
  scope: 'user',
};

export function toDraft(own: SavedList, scope: SettingsLocation['scope']): Draft {
  const { name, filter = '', search, sorter = 'name', includeUncorrelated = false, tenant } = own;
  const by = search === undefined ? 'filter' : 'search';
  return { name, by, filter, search: search ?? '', sorter, includeUncorrelated, tenant, scope };
}

/** As the settings keep it: what is as usual is left out. */
export function fromDraft(draft: Draft): SavedList {
  const { name, by, filter, search, sorter, includeUncorrelated, tenant } = draft;
  return {
    name,
    ...(by === 'search' ? { search } : {}),
    ...(by === 'filter' && filter !== '' ? { filter } : {}),
    ...(by === 'filter' && filter === '' ? { everyone: true as const } : {}),
    ...(by === 'filter' && sorter !== 'name' ? { sorter } : {}),
    ...(by === 'filter' && includeUncorrelated ? { includeUncorrelated } : {}),
    ...(tenant === undefined ? {} : { tenant }),
  };
}

/** The conditions of a filter that is nothing but conditions joined with `and`; undefined for any other. */
export function conditionsOf(filter: string): readonly Condition[] | undefined {
  if (filter.trim() === '') return [];
  const parsed = parseFilter(filter);
  return parsed.ok ? flat(parsed.filter) : undefined;
}

function flat(filter: Filter): readonly Condition[] | undefined {
  if (filter.kind === 'test') return [filter];
  if (filter.kind !== 'and') return undefined;
  const parts = filter.parts.map(flat);
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

/** The filter with one more condition, or with one in the place of another; undefined where it has a mistake. */
export function withCondition(filter: string, condition: Condition, at?: number): string | undefined {
  const conditions = conditionsOf(filter);
  if (conditions) {
    const all = at === undefined ? [...conditions, condition] : conditions.with(at, condition);
    return filterText(and(...all));
  }
  const parsed = parseFilter(filter);
  return parsed.ok ? filterText(and(parsed.filter, condition)) : undefined;
}

export function withoutCondition(filter: string, at: number): string {
  return filterText(and(...(conditionsOf(filter) ?? []).toSpliced(at, 1)));
}
