/** How ids, aliases and addresses were looked up at first: each in all three ways, a few in one request. What came of it is to stay. */
import type { Client } from '../../../../src/api/client';
import { equals, filterText, or, type Filter } from '../../../../src/api/filter';
import type { Identity } from '../../../../src/api/identities';

const LONGEST_FILTER = 3_000;
const MOST_ASKED = 100;

/** Who each text names. */
export async function lookUpAsBefore(client: Client, texts: readonly string[]): Promise<(readonly Identity[])[]> {
  const matches = new Map<string, Map<string, Identity>>();
  const wanted = [...new Map(texts.map((text) => [text.toLowerCase(), text])).values()];
  for (const some of portions(wanted)) {
    const keys = new Set(some.map((text) => text.toLowerCase()));
    const params = { filters: filterText(or(...some.map(named))), defaultFilter: 'NONE' } as const;
    for await (const { items } of client.identities.listAll(params, { priority: 'batch' })) {
      for (const identity of items) {
        const { id, alias, emailAddress } = identity;
        for (const key of [id, alias ?? '', emailAddress ?? ''].map((text) => text.toLowerCase())) {
          if (!keys.has(key)) continue;
          matches.set(key, (matches.get(key) ?? new Map<string, Identity>()).set(id, identity));
        }
      }
    }
  }
  return texts.map((text) => {
    const people = [...(matches.get(text.toLowerCase())?.values() ?? [])];
    const exact = people.find(({ id }) => id === text) ?? people.find(({ alias }) => alias === text);
    return exact ? [exact] : people;
  });
}

function named(text: string): Filter {
  const ways = [equals('id', text), equals('alias', text)];
  return text.includes('@') ? or(...ways, equals('email', text)) : or(...ways);
}

function* portions(texts: readonly string[]): Generator<string[]> {
  let some: string[] = [];
  let length = 0;
  for (const text of texts) {
    const more = (encodeURIComponent(text).length + 30) * (text.includes('@') ? 3 : 2);
    if (some.length === MOST_ASKED || (some.length > 0 && length + more > LONGEST_FILTER)) {
      yield some;
      some = [];
      length = 0;
    }
    some.push(text);
    length += more;
  }
  if (some.length > 0) yield some;
}
