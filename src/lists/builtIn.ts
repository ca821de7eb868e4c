import { equals, filterText, oneOf } from '../api/filter';
import type { IdentityList } from './list';

/**
 * The views every tenant has. Uncorrelated people are let in where leaving them out would hide what the view is for;
 * among the unregistered they would drown those who can be invited.
 */
export const BUILT_IN_LISTS: readonly IdentityList[] = [
  { id: 'all', origin: 'builtIn', sorters: 'name' },
  {
    id: 'processingErrors',
    origin: 'builtIn',
    filters: filterText(equals('processingState', 'ERROR')),
    sorters: 'name',
    defaultFilter: 'NONE',
  },
  {
    id: 'uncorrelated',
    origin: 'builtIn',
    filters: filterText(equals('correlated', false)),
    sorters: 'name',
    defaultFilter: 'NONE',
  },
  {
    id: 'unregistered',
    origin: 'builtIn',
    filters: filterText(equals('cloudStatus', 'UNREGISTERED')),
    sorters: 'name',
  },
  {
    id: 'locked',
    origin: 'builtIn',
    filters: filterText(equals('cloudStatus', 'LOCKED')),
    sorters: 'name',
    defaultFilter: 'NONE',
  },
  {
    id: 'protected',
    origin: 'builtIn',
    filters: filterText(equals('protected', true)),
    sorters: 'name',
    defaultFilter: 'NONE',
  },
];

/** The view of people that were looked up and shown in the tree. */
export function foundList(ids: readonly string[]): IdentityList {
  return {
    id: 'found',
    origin: 'found',
    filters: filterText(oneOf('id', ids)),
    sorters: 'name',
    defaultFilter: 'NONE',
  };
}
