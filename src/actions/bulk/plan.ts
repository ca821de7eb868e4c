/** Who will be acted on and who not, and why: found out before anything is sent. */
import type { Client } from '../../api/client';
import type { Identity, OwnershipAssociation } from '../../api/identities';
import { formatList, formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { addressOf, type Action, type Mail, type Skip } from '../action';
import { actionOf, type ActionId } from '../catalog';
import { batchPerson, type BatchRow } from './batch';
import { withChosen, type ChooseNamesake } from './namesakes';
import type { Found, Reading } from './found';
import { resolveIdentities, type Source } from './resolveIdentities';

export interface PlanOptions {
  readonly client: Client;
  readonly action: ActionId;
  readonly mail: Mail | undefined;
  readonly people: Source;
  /** What somebody owns, in words; empty for nothing. */
  readonly owned: (associations: readonly OwnershipAssociation[]) => string;
  /** A failed check, in words. */
  readonly failed: (error: unknown) => string;
  readonly reading: Reading;
  /** Asks who is meant by a name that fits several; absent: those are skipped. */
  readonly choose?: ChooseNamesake | undefined;
}

/** Checks on their way at once: enough to use the rate limit with a slow service. */
const CHECKS = 12;
/** Of the people who share a name, so many are told. */
const MOST_NAMED = 10;

/**
 * The rows of a plan, in the order of the source.
 *
 * @throws ApiError of the reading, TooManyIdentitiesError
 */
export async function planRows(options: PlanOptions): Promise<BatchRow[]> {
  const { choose, reading } = options;
  const resolved = await resolveIdentities(options.client, options.people, reading);
  const found = choose ? await withChosen(resolved, choose, reading.signal) : resolved;
  const seen = new Set<string>();
  const rows = found.map((each) => toRow(each, seen, options));
  await checkRows(rows, options);
  return rows;
}

function toRow(found: Found, seen: Set<string>, { action: id, mail }: PlanOptions): BatchRow {
  const { asked, identities, unreadable, byName } = found;
  const [identity, ...others] = identities;
  const row = { asked, excluded: false, state: 'planned' } as const;
  if (!identity) return { ...row, person: null, skip: { reason: unreadable ? 'unreadable' : 'notFound' } };
  // Which of them is meant is not for us to choose, and nobody did.
  if (others.length > 0 && byName)
    return { ...row, person: null, skip: { reason: 'sameName', note: fits(identities) } };
  if (others.length > 0) {
    const note = formatList(identities.map(({ name }) => name));
    return { ...row, person: null, skip: { reason: 'ambiguous', note } };
  }
  const twice = seen.has(identity.id);
  seen.add(identity.id);
  const action = actionOf(id);
  const { email: workEmail, ...person } = batchPerson(identity);
  // Where mail goes, for the actions that send one.
  const shown = action.mailsTo ? addressOf(action, identity, { mail }) : workEmail;
  return {
    ...row,
    person: { ...person, ...(shown === undefined ? {} : { email: shown }) },
    skip: twice ? { reason: 'duplicate' } : skipOf(action, identity, shown),
  };
}

/** What tells the people of one name apart. */
function fits(identities: readonly Identity[]): string {
  const keys = identities.map(({ emailAddress, alias, id }) => emailAddress ?? alias ?? id);
  const rest = keys.length - MOST_NAMED;
  const shown = keys.slice(0, MOST_NAMED);
  const all = formatList(rest > 0 ? [...shown, t('{0} more', formatNumber(rest))] : shown);
  return plural(keys.length, {
    one: () => t('the name fits 1 identity: {0}', all),
    other: () => t('the name fits {0} identities: {1}', formatNumber(keys.length), all),
  });
}

function skipOf({ skip, mailsTo }: Action, identity: Identity, address: string | undefined): Skip | null {
  return skip?.(identity) ?? (mailsTo && address === undefined ? { reason: 'noEmail' } : null);
}

/** What the identities themselves do not tell, asked about each who is left. */
async function checkRows(rows: BatchRow[], { client, action, owned, failed, reading }: PlanOptions): Promise<void> {
  const { signal } = reading;
  const queue = [...rows.entries()].filter(([, row]) => !row.skip);
  const ids = queue.flatMap(([, { person }]) => person?.id ?? []);
  const check =
    ids.length > 0 &&
    (await actionOf(action).check?.(ids, { client, call: { signal, priority: 'batch' }, owned, failed }));
  if (!check) return;
  let done = rows.length - queue.length;
  const checkNext = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [n, row] = next;
      try {
        if (row.person) rows[n] = { ...row, skip: await check(row.person.id) };
      } catch (error) {
        queue.length = 0;
        throw error;
      }
      reading.progress(++done, rows.length);
    }
  };
  await Promise.all(Array.from({ length: CHECKS }, checkNext));
}
