import { activitiesOf, activityById } from '../data/accountActivities';
import { badRequest, notFound, type Answer } from '../http/responses';
import { evaluate, parseFilter, type FieldRules } from '../query/filter';
import { parseSorters } from '../query/listing';
import type { World } from '../data/world';
import { countHeader, pagingOf, type DemoCall } from './requestContext';

const FIELDS: FieldRules = {
  type: ['eq', 'in', 'ge', 'le', 'lt', 'ne', 'isnull', 'sw'],
  created: ['gt', 'lt', 'ge', 'le', 'eq', 'in', 'ne', 'isnull', 'sw'],
  modified: ['gt', 'lt', 'ge', 'le', 'eq', 'in', 'ne', 'isnull', 'sw'],
};

type DemoActivity = ReturnType<typeof activitiesOf>[number];

function field(activity: DemoActivity, name: string): string | null {
  const { type, created, modified } = activity;
  return { type, created, modified }[name] ?? null;
}

/**
 * `requested-for`, `requested-by` or `regarding-identity`, the last not with the others (contract-2 2.2). Only what people asked for
 * themselves has a requester here, so all three lead to the activities of that one person; `me` is the
 * operator of the demo tenant, who is no identity of it.
 */
export function listAccountActivities(call: DemoCall): Answer {
  const { world, query } = call;
  const { limit, offset, count } = pagingOf(call);
  const text = query.get('filters');
  const filter = text === undefined ? undefined : parseFilter(text, FIELDS);
  const sorters = parseSorters(query.get('sorters'), Object.keys(FIELDS));
  const regarding = query.get('regarding-identity');
  const target = query.get('requested-for');
  const requester = query.get('requested-by');
  if (regarding !== undefined && (target !== undefined || requester !== undefined)) {
    throw badRequest('"regarding-identity" excludes "requested-for" and "requested-by".');
  }
  const rows = about(world, regarding ?? target ?? requester)
    .filter(
      ({ requesterIdentitySummary }) => requester === undefined || requesterIdentitySummary?.identityId === requester,
    )
    .filter(({ targetIdentitySummary }) => target === undefined || targetIdentitySummary.identityId === target)
    .filter((activity) => !filter || evaluate(filter, (name) => field(activity, name)));
  for (const { field: name, descending } of [...sorters].reverse()) {
    const key = (activity: DemoActivity): string => field(activity, name) ?? '';
    rows.sort((a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) !== descending ? -1 : 1));
  }
  return { status: 200, body: rows.slice(offset, offset + limit), ...countHeader(count, rows.length) };
}

/** Without an identity those of the first people stand for all. */
function about(world: World, id: string | undefined): DemoActivity[] {
  const index = id === undefined ? undefined : world.find(id);
  if (id !== undefined) return index === undefined ? [] : [...activitiesOf(world, index)];
  return Array.from({ length: Math.min(200, world.people.size) }, (_, index) => index)
    .filter((index) => world.exists(index))
    .flatMap((index) => activitiesOf(world, index));
}

export function getAccountActivity({ world, parameters }: DemoCall): Answer {
  const id = parameters['id'] ?? '';
  const activity = activityById(world, id);
  if (!activity) throw notFound(`Account activity with id "${id}" was not found.`);
  return { status: 200, body: activity };
}
