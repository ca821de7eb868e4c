import { valueText } from '../roleAssignment/origin';
import type { ComparedAttribute, ComparedSet } from './protocol';

type Attributes = Readonly<Record<string, unknown>> | null | undefined;

/** The attributes that either has, by name. An empty value counts as none: sources write both. */
export function compareAttributes(a: Attributes, b: Attributes): ComparedAttribute[] {
  const [left, right] = [new Map(Object.entries(a ?? {})), new Map(Object.entries(b ?? {}))];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((name) => compared(name, textOf(left.get(name)), textOf(right.get(name))))
    .sort((x, y) => x.name.localeCompare(y.name));
}

/** Something that has an id and a name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * What only one has and what both have, by name.
 *
 * @param byName compare names instead of ids: two tenants give the same thing different ids
 */
export function compareSets(
  a: readonly Named[],
  b: readonly Named[],
  { byName, complete = true }: { readonly byName: boolean; readonly complete?: boolean },
): ComparedSet {
  const keyed = (items: readonly Named[]): Map<string, string> =>
    new Map(items.map(({ id, name }) => [byName ? name.toLowerCase() : id, name]));
  const [left, right] = [keyed(a), keyed(b)];
  const names = (from: Map<string, string>, wanted: (key: string) => boolean): string[] =>
    [...from].flatMap(([key, name]) => (wanted(key) ? [name] : [])).sort((x, y) => x.localeCompare(y));
  return {
    onlyA: names(left, (key) => !right.has(key)),
    onlyB: names(right, (key) => !left.has(key)),
    both: names(left, (key) => right.has(key)),
    complete,
  };
}

function compared(name: string, a: string | null, b: string | null): ComparedAttribute {
  const verdict = a === b ? 'same' : b === null ? 'onlyA' : a === null ? 'onlyB' : 'differs';
  return { name, a, b, verdict };
}

function textOf(value: unknown): string | null {
  const text = valueText(value);
  return text === '' ? null : text;
}
