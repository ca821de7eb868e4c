import { randomUUID } from 'node:crypto';
import { badRequest, notFound, rateLimited, Refused, type Answer } from '../http/responses';
import { assignmentsOf, shortForm } from '../data/assignments';
import {
  countHeader,
  objectOf,
  pagingOf,
  personOf,
  stringsOf,
  type DemoCall,
  type ResponseVariants,
} from './requestContext';
import { ownedBy, type Association } from '../data/owners';

const SYNC_GAP_MS = 10_000;
const VIA = ['EMAIL_WORK', 'EMAIL_PERSONAL', 'LINK_WORK', 'LINK_PERSONAL'];
const MOST_UNINVITED = 1_000;
const MOST_PROCESSED = 250;
/** Where pages come short, each of so many identities is left out. */
const LEFT_OUT_EVERY = 61;

export async function listIdentities(call: DemoCall): Promise<Answer> {
  const { query, listing, world, shapes } = call;
  const { limit, offset, count } = pagingOf(call);
  const defaultFilter = query.get('defaultFilter') ?? 'CORRELATED_ONLY';
  if (defaultFilter !== 'CORRELATED_ONLY' && defaultFilter !== 'NONE') {
    throw badRequest('Parameter "defaultFilter" must be CORRELATED_ONLY or NONE.');
  }
  const view = await listing.view({
    filters: query.get('filters'),
    sorters: query.get('sorters'),
    correlatedOnly: defaultFilter === 'CORRELATED_ONLY',
  });
  if (shapes.pastTheEnd === 'refused' && offset > 0 && offset >= view.length) {
    throw badRequest('The offset is past the end of the list.');
  }
  const isListed = (index: number): boolean => shapes.pages === 'whole' || index % LEFT_OUT_EVERY !== 0;
  const page = [...view.subarray(offset, offset + limit)].filter((index) => world.exists(index) && isListed(index));
  return {
    status: 200,
    body: page.map((index) => world.identity(index)),
    ...countHeader(count, view.length),
  };
}

export function getIdentity(call: DemoCall): Answer {
  return { status: 200, body: call.world.identity(personOf(call)) };
}

export function deleteIdentity(call: DemoCall): Answer {
  const { world, shapes } = call;
  const index = personOf(call);
  const owned = ownedBy(world, index);
  const isProtected = world.people.isProtected(index);
  if (owned.length > 0 || isProtected) {
    const why = isProtected ? 'is protected' : 'owns objects';
    throw new Refused({
      status: 400,
      body: {
        message: `Identity cannot be deleted as it ${why}.`,
        associationDetails: associations(owned, shapes.association),
      },
    });
  }
  world.delete(index);
  return { status: 204 };
}

export function getIdentityOwnershipDetails(call: DemoCall): Answer {
  const owned = ownedBy(call.world, personOf(call));
  return { status: 200, body: { associationDetails: associations(owned, call.shapes.association) } };
}

/** The same facts in one of the four shapes seen in the service's documents (contract 2.9). */
function associations(owned: readonly Association[], shape: ResponseVariants['association']): unknown {
  const nested = shape.endsWith('nested');
  const list = owned.map(({ associationType, entities }) => ({
    associationType,
    entities: entities.map((entity) => (nested ? { identityEntity: entity } : entity)),
  }));
  return shape.startsWith('array') ? list : (list[0] ?? {});
}

export function getRoleAssignments(call: DemoCall): Answer {
  const { world, query } = call;
  const all = assignmentsOf(world, personOf(call));
  const roleId = query.get('roleId');
  const roleName = query.get('roleName');
  if (roleId === undefined && roleName === undefined) {
    const body = all.map(shortForm);
    return { status: 200, body: call.version === 'beta' ? body.map(withoutRoleType) : body };
  }
  const body = all.filter(
    ({ role }) =>
      (roleId === undefined || role.id === roleId) &&
      (roleName === undefined || role.name?.toLowerCase() === roleName.toLowerCase()),
  );
  return { status: 200, body };
}

/** Beta documents the short form's role with id and name only (contract 2.3). */
function withoutRoleType<T extends { readonly role: { readonly id: string; readonly name?: string | null } }>(
  entry: T,
) {
  return { ...entry, role: { id: entry.role.id, name: entry.role.name } };
}

export function getRoleAssignment(call: DemoCall): Answer {
  const wanted = call.parameters['assignmentId']?.toLowerCase();
  const assignment = assignmentsOf(call.world, personOf(call)).find(({ id }) => id === wanted);
  if (!assignment) throw notFound(`Role assignment with id "${wanted ?? ''}" was not found.`);
  return { status: 200, body: assignment };
}

export function resetIdentity(call: DemoCall): Answer {
  const index = personOf(call);
  call.world.update(index, { status: 'UNREGISTERED', modified: call.world.now() });
  return { status: 202 };
}

export function sendIdentityVerificationAccountToken(call: DemoCall): Answer {
  const index = personOf(call);
  const { via, sourceName } = objectOf(call.body);
  if (typeof via !== 'string' || !VIA.includes(via)) throw badRequest(`"via" must be one of ${VIA.join(', ')}.`);
  if (sourceName !== undefined && sourceName !== null && typeof sourceName !== 'string') {
    throw badRequest('"sourceName" must be a string or null.');
  }
  call.world.update(index, { mails: (call.world.change(index).mails ?? 0) + 1 });
  return { status: 200 };
}

export async function startIdentitiesInvite(call: DemoCall): Promise<Answer> {
  const { ids = null, uninvited = false } = objectOf(call.body);
  if (typeof uninvited !== 'boolean') throw badRequest('"uninvited" must be true or false.');
  const named = ids === null ? [] : stringsOf(ids, 'ids');
  if (uninvited && named.length > 0) throw badRequest('"ids" must be empty when "uninvited" is true.');
  if (!uninvited && named.length === 0) throw badRequest('"ids" must not be empty when "uninvited" is false.');
  return { status: 202, body: call.tasks.invite(uninvited ? await everybodyUninvited(call) : named) };
}

async function everybodyUninvited({ listing, world }: DemoCall): Promise<string[]> {
  const view = await listing.view({ filters: 'cloudStatus eq "UNREGISTERED"', correlatedOnly: true });
  return [...view.subarray(0, MOST_UNINVITED)].map((index) => world.people.id(index));
}

export function startIdentityProcessing(call: DemoCall): Answer {
  const ids = stringsOf(objectOf(call.body)['identityIds'], 'identityIds');
  if (ids.length < 1 || ids.length > MOST_PROCESSED) {
    throw badRequest(`"identityIds" must have 1 to ${String(MOST_PROCESSED)} entries.`);
  }
  const { id } = call.tasks.process(ids);
  const name = { null: { name: null }, 'null-text': { name: 'null' }, absent: {} }[call.shapes.taskResultName];
  return { status: 202, body: { type: 'TASK_RESULT', id, ...name } };
}

export function synchronizeAttributesForIdentity(call: DemoCall): Answer {
  const { world } = call;
  const index = personOf(call);
  const now = world.now();
  const since = now - (world.change(index).lastSync ?? -Infinity);
  if (since < SYNC_GAP_MS) throw rateLimited((SYNC_GAP_MS - since) / 1000);
  world.update(index, { lastSync: now, lastRefresh: now, modified: now });
  return {
    status: 202,
    body: {
      id: randomUUID().replaceAll('-', ''),
      status: 'QUEUED',
      payload: {
        type: 'SYNCHRONIZE_IDENTITY_ATTRIBUTES',
        dataJson: JSON.stringify({ identityId: world.people.id(index) }),
      },
    },
  };
}
