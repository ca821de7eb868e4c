import { jsonText } from '../api/json';
import { isObject } from '../schema';

/** The documents there are of a person. */
const DOCUMENT_KINDS = ['identity', 'roleAssignments', 'ownership'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Which document of whom. */
export interface DocumentKey {
  readonly tenantId: string;
  readonly identityId: string;
  readonly kind: DocumentKind;
}

const LONGEST = 80;

/** The path of a document: its key, then the person's name, which is what a tab shows. */
export function documentPath({ tenantId, identityId, kind }: DocumentKey, title: string): string {
  // A slash would begin another part; control and direction characters would dress the tab up as something else.
  const clean = title
    .replace(/[\\/\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const name = [...clean].slice(0, LONGEST).join('').trim() || encodeURIComponent(identityId);
  return `/${[...[tenantId, identityId].map(encodeURIComponent), kind, `${name}.json`].join('/')}`;
}

/** The key in a path; undefined for a path that is not one of ours. */
export function documentKey(path: string): DocumentKey | undefined {
  const [first, tenantId, identityId, kindPart, name, ...more] = path.split('/');
  const kind = DOCUMENT_KINDS.find((known) => known === kindPart);
  if (first !== '' || !tenantId || !identityId || !kind || !name || more.length > 0) return undefined;
  return { tenantId: decoded(tenantId), identityId: decoded(identityId), kind };
}

/** A part that someone typed need not be well encoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * JSON with keys in an order that does not depend on the answer, so that two documents can be compared line by line:
 * id and name first, the rest by name.
 */
export function stableJson(value: unknown): string {
  return `${jsonText(ordered(value), 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  // A null prototype, because `__proto__` may be a key of someone else's data.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of entries) copy[key] = ordered(item);
  return copy;
}

function rank(key: string): number {
  const place = ['id', 'name'].indexOf(key);
  return place < 0 ? 2 : place;
}
