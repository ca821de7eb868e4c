import { equals, filterText, oneOf, type Filter } from '../api/filter';
import type { IdentityList } from './list';

/**
 * The lists every tenant has. Uncorrelated people are let in where leaving them out would hide what the list is for;
 * among the unregistered they would drown those who can be invited.
 */
export const BUILT_IN_LISTS: readonly IdentityList[] = [
  { id: 'all', origin: 'builtIn', query: { by: 'filter', sorter: 'name', includeUncorrelated: false } },
  builtIn('processingErrors', equals('processingState', 'ERROR'), true),
  builtIn('uncorrelated', equals('correlated', false), true),
  builtIn('unregistered', equals('cloudStatus', 'UNREGISTERED'), false),
  builtIn('locked', equals('cloudStatus', 'LOCKED'), true),
  builtIn('protected', equals('protected', true), true),
];

/** The list of people that were looked up and shown in the tree. */
export function foundList(ids: readonly string[]): IdentityList {
  return { ...builtIn('found', oneOf('id', ids), true), origin: 'found' };
}

function builtIn(id: string, filter: Filter, includeUncorrelated: boolean): IdentityList {
  return {
    id,
    origin: 'builtIn',
    query: { by: 'filter', filter: filterText(filter), sorter: 'name', includeUncorrelated },
  };
}
