import { accountsOf } from './accounts';
import { hash32, idFrom, pick } from './random';
import type { World } from './world';

const HOUR = 3_600_000;

/** As connectors word them: with class names, and with lines that nobody needs. */
const ERRORS = [
  'sailpoint.connector.ConnectorException: Timeout waiting for response to message 0 from client after 60 seconds.',
  'java.net.UnknownHostException: dc02.larkspur.example: Name or service not known',
  'The server is unwilling to perform the requested operation: 0000052D: SvcErr: DSID-031A12D2, problem 5003',
];
const QUIET_TYPES = ['Identity Refresh', 'Attribute Synchronization Refresh', 'appRequest', 'LifecycleStateChange'];

/** One change to an account, in the service's form: an item names its source by id alone, and no error of its own. */
interface Item {
  readonly id: string;
  readonly name: string;
  readonly requested: string;
  readonly provisioningStatus: string;
  readonly operation: string | null;
  readonly attribute: string | null;
  readonly value: string | null;
  readonly nativeIdentity: string | null;
  readonly sourceId: string;
  readonly approvalStatus: null;
  readonly requesterComment: null;
  readonly reviewerIdentitySummary: null;
  readonly reviewerComment: null;
  readonly accountRequestInfo: null;
  readonly clientMetadata: null;
  readonly removeDate: null;
}

/** How an activity ended. */
interface Outcome {
  readonly completionStatus: string | null;
  readonly executionStatus: string;
  readonly errors: readonly string[] | null;
  readonly warnings: readonly string[] | null;
  /** Null: no list of items at all. */
  readonly items: readonly string[] | null;
}

const GOOD: Outcome = {
  completionStatus: 'SUCCESS',
  executionStatus: 'COMPLETED',
  errors: null,
  warnings: null,
  items: ['FINISHED'],
};

/**
 * The ways a failed one is told, which a reader must be ready for: an error and failed items; failed items and no error; an error and
 * no items; and neither status nor error beside the items.
 */
function failure(hash: number): Outcome {
  const errors = [pick(ERRORS, hash >>> 4)];
  const incomplete = { ...GOOD, completionStatus: 'INCOMPLETE', items: ['FINISHED', 'FAILED'] };
  return pick<Outcome>(
    [
      { ...incomplete, errors },
      { ...incomplete, warnings: ['One account was not changed.'] },
      { ...GOOD, completionStatus: 'FAILURE', executionStatus: 'TERMINATED', errors, items: null },
      { ...incomplete, completionStatus: null, items: ['FAILED', 'UNVERIFIABLE'] },
    ],
    hash,
  );
}

/** Whether the newest activities of someone whose processing failed tell an error: mostly of those of whom Search tells none. */
function hasFailed(world: World, index: number): boolean {
  return world.people.processingError(index) && index % 3 === 2 && hash32(world.people.seed, index, 90) % 4 !== 0;
}

/**
 * The account activities that are about one person, newest first: what the seed makes of them, in the service's form
 * (contract-2 2.2). Nothing is kept, so what is done to a person adds none.
 */
export function activitiesOf(world: World, index: number) {
  const { seed } = world.people;
  if (!world.people.isCorrelated(index)) return [];
  const failed = hasFailed(world, index);
  return Array.from({ length: 1 + (hash32(seed, index, 91) % 4) + (failed ? 1 : 0) }, (_, n) => {
    const hash = hash32(seed, index, 400 + n);
    // Now and then the error is not the very last that happened.
    const isFailed = failed && n === hash32(seed, index, 92) % 2;
    const outcome = isFailed ? failure(hash >>> 3) : GOOD;
    const type = isFailed ? 'Identity Refresh' : pick(QUIET_TYPES, hash);
    return activity(world, index, n, type, outcome);
  });
}

function activity(world: World, index: number, n: number, type: string, outcome: Outcome) {
  const { seed } = world.people;
  const id = activityId(world, index, n);
  const started = world.today() - (n * 60 + 1 + (hash32(seed, index, 500 + n) % 48)) * HOUR;
  const person = world.ref(index);
  // What ISC did by itself has no requester.
  const requester = type === 'appRequest' ? person : null;
  const { completionStatus, executionStatus, errors, warnings, items } = outcome;
  const created = new Date(started).toISOString();
  return {
    id,
    name: id,
    created,
    modified: n % 2 === 0 ? null : created,
    completed: new Date(started + HOUR / 4).toISOString(),
    completionStatus,
    executionStatus,
    type,
    requesterIdentitySummary: requester && summary(seed, requester, n),
    targetIdentitySummary: summary(seed, person, n),
    errors,
    warnings,
    items: items && items.map((status, m) => itemOf(world, index, n, m, created, status)),
    clientMetadata: null,
  };
}

function summary(seed: number, { id, name }: { readonly id: string; readonly name: string }, n: number) {
  return { id: idFrom(seed, `summary ${id}`, n), name, identityId: id, completed: true };
}

function itemOf(world: World, index: number, n: number, m: number, requested: string, status: string): Item {
  const { seed } = world.people;
  const account = pick(accountsOf(world, index), hash32(seed, index, 600 + n * 10 + m));
  const id = idFrom(seed, 'activity item', index, n * 100 + m);
  const groups = account.attributes.groups;
  const isGroup = groups.length > 0 && m % 2 === 1;
  return {
    id,
    name: id,
    requested,
    provisioningStatus: status,
    operation: isGroup ? 'ADD' : 'MODIFY',
    attribute: isGroup ? 'groups' : 'displayName',
    value: isGroup ? (groups[0] ?? null) : account.attributes.displayName,
    nativeIdentity: account.nativeIdentity,
    sourceId: account.sourceId,
    approvalStatus: null,
    requesterComment: null,
    reviewerIdentitySummary: null,
    reviewerComment: null,
    accountRequestInfo: null,
    clientMetadata: null,
    removeDate: null,
  };
}

/** The person's own id and a number, so that an id leads back without a table. */
function activityId(world: World, index: number, n: number): string {
  return `${world.people.id(index)}${String(n)}`;
}

/** The activity of that id, if there is one. */
export function activityById(world: World, id: string): ReturnType<typeof activitiesOf>[number] | undefined {
  const index = world.find(id.slice(0, -1));
  return index === undefined ? undefined : activitiesOf(world, index).find((one) => one.id === id);
}
