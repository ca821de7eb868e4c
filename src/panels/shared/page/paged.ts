import type { PageOf } from '../protocol';
import { loaded, type Loaded } from './resource';
import type { Question } from './rpc';

/** A list that grows page by page; rows that the service repeats (its list changed meanwhile) are shown once. */
export interface Paged<T> extends Loaded<PageOf<T>> {
  /** Asks for the next page, if there is one and none is under way. */
  more(): void;
}

export function paged<T extends { readonly id: string }>(
  questionAt: (offset: number) => Question<PageOf<T>>,
  update: () => void,
): Paged<T> {
  let offset = 0;
  const ask = async (): Promise<PageOf<T>> => {
    const from = offset;
    const page = await questionAt(from).ask();
    const before = from === 0 ? undefined : list.value;
    return before ? join(before, page) : page;
  };
  const list: Loaded<PageOf<T>> = loaded({ ...questionAt(0), ask }, update);

  return {
    get value() {
      return list.value;
    },
    get loadedAt() {
      return list.loadedAt;
    },
    get failure() {
      return list.failure;
    },
    get loading() {
      return list.loading;
    },
    first: () => {
      list.first();
    },
    again: () => {
      offset = 0;
      list.again();
    },
    retry: () => {
      list.retry();
    },
    stale: () => {
      offset = 0;
      list.stale();
    },
    more: () => {
      const next = list.value?.next;
      if (list.loading || next === undefined || next === null) return;
      offset = next;
      list.again();
    },
  };
}

function join<T extends { readonly id: string }>(before: PageOf<T>, page: PageOf<T>): PageOf<T> {
  const known = new Set(before.rows.map(({ id }) => id));
  const total = page.total ?? before.total;
  // Only the first page says how many there are: a later one that is full does not know that it is the last.
  const ended = page.next !== null && total !== null && page.next >= total;
  return {
    rows: [...before.rows, ...page.rows.filter(({ id }) => !known.has(id))],
    total,
    next: ended ? null : page.next,
  };
}
