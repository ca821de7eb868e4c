import { badRequest, type Answer } from '../http/responses';
import type { View } from '../query/rowSets';
import { countHeader, objectOf, pagingOf, type DemoCall } from './requestContext';
import { documentOf, find } from './search';

/** Buckets where the request names no number (contract-2 1.6). */
const USUAL_SIZE = 10;
/** Fields that hold no text: they are counted by their own name. */
const NOT_TEXT = ['isManager', 'inactive', 'protected', 'accountCount', 'accessCount', 'roleCount', 'entitlementCount'];

/** Counts by `aggregationsDsl`: values of a field, and those without one, each at the top only. */
export async function searchAggregate(call: DemoCall): Promise<Answer> {
  const { limit, offset, count } = pagingOf(call, 250);
  const { view, body } = await find(call);
  const asked = Object.entries(objectOf(body['aggregationsDsl'] ?? {}));
  const hits = [...view.subarray(offset, offset + limit)].map((index) => documentOf(call.world, index, false));
  const aggregations = Object.fromEntries(asked.map(([name, one]) => [name, counted(call, view, objectOf(one))]));
  return { status: 200, body: { aggregations, hits }, ...countHeader(count, view.length) };
}

function counted(call: DemoCall, view: View, asked: Readonly<Record<string, unknown>>): object {
  if (asked['terms'] !== undefined) return buckets(call, view, objectOf(asked['terms']));
  if (asked['missing'] === undefined) throw badRequest('Unknown aggregation type.');
  const { field } = objectOf(asked['missing']);
  const { name } = fieldOf(field);
  return { doc_count: view.filter((index) => call.search.text(name, index) === '').length };
}

function buckets({ search }: DemoCall, view: View, { field, size = USUAL_SIZE }: Readonly<Record<string, unknown>>) {
  const { name, isExact } = fieldOf(field);
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1) throw badRequest('"size" must be 1 or more.');
  // Text is taken apart into words, which cannot be counted: only the field beside it that is not can be.
  if (!isExact && !NOT_TEXT.includes(name) && !/(^|\.)id$/.test(name)) {
    throw badRequest(`Fielddata is disabled on text fields by default. Set fielddata=true on [${name}].`);
  }
  const counts = new Map<unknown, number>();
  // Beside a field that holds no text there is none.
  const rows = isExact && NOT_TEXT.includes(name) ? [] : view;
  for (const index of rows) {
    const value = search.value(name, index);
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (each !== null && each !== undefined && each !== '') counts.set(each, (counts.get(each) ?? 0) + 1);
    }
  }
  const all = [...counts].sort(([a, m], [b, n]) => n - m || (String(a) < String(b) ? -1 : 1));
  return {
    doc_count_error_upper_bound: 0,
    sum_other_doc_count: all.slice(size).reduce((sum, [, n]) => sum + n, 0),
    buckets: all
      .slice(0, size)
      .map(([key, n]) =>
        typeof key === 'boolean'
          ? { key: Number(key), key_as_string: String(key), doc_count: n }
          : { key, doc_count: n },
      ),
  };
}

function fieldOf(field: unknown): { readonly name: string; readonly isExact: boolean } {
  if (typeof field !== 'string' || field === '') throw badRequest('"field" must be a string.');
  const isExact = field.endsWith('.exact');
  return { name: isExact ? field.slice(0, -'.exact'.length) : field, isExact };
}
