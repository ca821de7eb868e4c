import { parseFilter } from '../api/filterParser';
import type { Filter } from '../api/filter';
import type { IdentityList } from '../lists/list';
import type { ProtectedIdentities } from '../tenants/protectedIdentities';
import type { IdentityNode, ListNode } from './nodes';

/**
 * Notes who is protected as far as the loaded rows of a list tell: by the list's filter, or by what Search says of each. That Search
 * does not call an identity protected says little: its index lags behind.
 */
export function noteProtected({ parent, list, loaded }: ListNode, known: ProtectedIdentities): void {
  const idsOf = (rows: readonly IdentityNode[]): string[] => rows.map(({ identity }) => identity.id);
  if (isAllProtected(list)) {
    const isComplete = loaded.started && !loaded.hasMore && !loaded.isShort && loaded.error === undefined;
    if (list.origin === 'builtIn' && isComplete) known.noteAll(parent.id, idsOf(loaded.rows));
    else known.note(parent.id, idsOf(loaded.rows), true);
  } else if (list.origin === 'found' || list.query?.by === 'search') {
    known.note(parent.id, idsOf(loaded.rows.filter(({ identity }) => identity.protected === true)), true);
  }
}

/** Whether a list holds protected identities alone. */
function isAllProtected({ query }: IdentityList): boolean {
  if (query?.by !== 'filter' || query.filter === undefined) return false;
  const parsed = parseFilter(query.filter);
  return parsed.ok && demandsProtected(parsed.filter);
}

function demandsProtected(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.some(demandsProtected);
    case 'or':
      return filter.parts.length > 0 && filter.parts.every(demandsProtected);
    case 'not':
      return false;
    case 'test':
      return filter.field === 'protected' && filter.operator === 'eq' && filter.values[0] === true;
  }
}
