/** Who will be acted on and who not, and why: found out before anything is sent. */
import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { equals, filterText } from '../../api/filter';
import type { Identity, OwnershipAssociation } from '../../api/identities';
import { batchPerson, type BatchAction, type BatchRow, type Mail, type Skip } from './batch';
import { findPeople, type Found, type Reading, type Source } from './resolveIdentities';

export interface PlanOptions {
  readonly client: Client;
  readonly action: BatchAction;
  readonly mail: Mail | undefined;
  readonly people: Source;
  /** What somebody owns, in words; empty for nothing. */
  readonly owned: (associations: readonly OwnershipAssociation[]) => string;
  /** A failed check, in words. */
  readonly failed: (error: unknown) => string;
  readonly reading: Reading;
}

/** Checks on their way at once: enough to use the rate limit with a slow service. */
const CHECKS = 12;

/**
 * The rows of a plan, in the order of the source.
 *
 * @throws ApiError of the reading, TooMany
 */
export async function planRows(options: PlanOptions): Promise<BatchRow[]> {
  const found = await findPeople(options.client, options.people, options.reading);
  const seen = new Set<string>();
  const rows = found.map((each) => rowOf(each, seen, options));
  if (options.action === 'delete') await checkDeletable(rows, options);
  return rows;
}

function rowOf(found: Found, seen: Set<string>, { action, mail }: PlanOptions): BatchRow {
  const { asked, identities, unreadable } = found;
  const [identity, ...others] = identities;
  const row = { asked, excluded: false, state: 'planned' } as const;
  if (!identity) return { ...row, person: null, skip: { reason: unreadable ? 'unreadable' : 'notFound' } };
  if (others.length > 0) {
    const note = identities.map(({ name }) => name).join(', ');
    return { ...row, person: null, skip: { reason: 'ambiguous', note } };
  }
  const twice = seen.has(identity.id);
  seen.add(identity.id);
  const email = addressOf(identity, action, mail);
  const { email: workEmail, ...person } = batchPerson(identity);
  const shown = action === 'verification' ? email : workEmail;
  return {
    ...row,
    person: { ...person, ...(shown === undefined ? {} : { email: shown }) },
    skip: twice ? { reason: 'duplicate' } : skipOf(identity, action, email),
  };
}

/** Where a mail goes, as far as the identity tells: which attribute is taken is the identity profile's choice. */
function addressOf({ emailAddress, attributes }: Identity, action: BatchAction, mail?: Mail): string | undefined {
  const personal = action === 'verification' && mail?.via.endsWith('PERSONAL') === true;
  const address = personal ? attributes?.['personalEmail'] : emailAddress;
  return typeof address === 'string' && address !== '' ? address : undefined;
}

function skipOf({ identityStatus }: Identity, action: BatchAction, email: string | undefined): Skip | null {
  if (action === 'invite' && identityStatus && identityStatus !== 'UNREGISTERED') {
    return { reason: 'registered', note: identityStatus };
  }
  if ((action === 'invite' || action === 'verification') && email === undefined) return { reason: 'noEmail' };
  return null;
}

/** Protected people and owners cannot be deleted (contract 2.9); the service has no field for either. */
async function checkDeletable(rows: BatchRow[], options: PlanOptions): Promise<void> {
  const { client, reading, owned, failed } = options;
  const { signal } = reading;
  const kept = await protectedPeople(client, signal);
  const queue = [...rows.entries()].filter(([, row]) => !row.skip);
  let done = rows.length - queue.length;
  const check = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [n, row] = next;
      try {
        if (row.person) rows[n] = { ...row, skip: await deletionSkip(row.person.id) };
      } catch (error) {
        queue.length = 0;
        throw error;
      }
      reading.progress(++done, rows.length);
    }
  };
  const deletionSkip = async (id: string): Promise<Skip | null> => {
    if (kept.has(id)) return { reason: 'protected' };
    try {
      const note = owned(await client.identities.ownership(id, { signal, priority: 'batch' }));
      return note === '' ? null : { reason: 'owner', note };
    } catch (error) {
      if (ApiError.is(error, 'notFound')) return { reason: 'notFound' };
      if (isAboutEverybody(error)) throw error;
      return { reason: 'unchecked', note: failed(error) };
    }
  };
  await Promise.all(Array.from({ length: CHECKS }, check));
}

async function protectedPeople(client: Client, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const params = { filters: filterText(equals('protected', true)), defaultFilter: 'NONE' } as const;
  for await (const { items } of client.identities.listAll(params, { signal, priority: 'batch' })) {
    for (const { id } of items) ids.add(id);
  }
  return ids;
}

/** What fails for one person this way fails for all. */
function isAboutEverybody(error: unknown): boolean {
  return (
    !ApiError.is(error) ||
    ['auth', 'forbidden', 'readOnly', 'network', 'certificate', 'unsupported', 'cancelled'].includes(error.reason)
  );
}
