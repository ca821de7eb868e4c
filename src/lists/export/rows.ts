/** The rows of a file: identities page by page, with what its columns need beside the list. */
import { pMapIterable } from 'p-map';
import type { Client } from '../../api/client';
import type { Identity } from '../../api/identities';
import { fetchFacts, type Facts, type FactsOptions, type Need } from '../facts';

/** An identity with what was asked for of it. */
export interface ExportRow {
  readonly identity: Identity;
  /** Absent where nothing was asked for. */
  readonly facts?: Facts | undefined;
}

/** Some identities of those that are exported. */
export interface ExportPage {
  readonly items: readonly Identity[];
  /** How many there are in all, where the service says so. */
  readonly total: number | undefined;
}

/** Rows of identities that follow each other. */
export interface ExportPortion {
  readonly rows: readonly ExportRow[];
  readonly total: number | undefined;
}

/** Pages whose search is on its way at once, so that the rate limit is kept busy while an answer takes up to 800 ms. */
const PAGES_AT_ONCE = 8;

/**
 * Rows with what is needed of each, in the order of the pages; no more than a few pages are held.
 *
 * @param client asked for only where something is needed
 * @throws ApiError
 */
export async function* fetchRows(
  client: () => Promise<Client>,
  pages: AsyncIterable<ExportPage>,
  needs: ReadonlySet<Need>,
  options: FactsOptions,
): AsyncGenerator<ExportPortion, void, undefined> {
  if (needs.size === 0) {
    for await (const { items, total } of pages) yield { rows: items.map((identity) => ({ identity })), total };
    return;
  }
  const connected = await client();
  const portionsOf = (page: ExportPage) => fetchPortions(connected, page, needs, options);
  if (needs.has('roleAssignments')) {
    // A request an identity: what is there is written while the others come.
    for await (const page of pages) yield* portionsOf(page);
    return;
  }
  const whole = async (page: ExportPage): Promise<readonly ExportPortion[]> => {
    const portions: ExportPortion[] = [];
    for await (const portion of portionsOf(page)) portions.push(portion);
    return portions;
  };
  for await (const portions of pMapIterable(pages, whole, { concurrency: PAGES_AT_ONCE })) yield* portions;
}

async function* fetchPortions(
  client: Client,
  { items, total }: ExportPage,
  needs: ReadonlySet<Need>,
  options: FactsOptions,
): AsyncGenerator<ExportPortion, void, undefined> {
  const identities = new Map(items.map((identity) => [identity.id, identity]));
  for await (const facts of fetchFacts(client, [...identities.keys()], needs, options)) {
    const rows = [...facts].flatMap(([id, told]) => {
      const identity = identities.get(id);
      return identity ? [{ identity, facts: told }] : [];
    });
    yield { rows, total };
  }
}

/** A row for each role assignment of an identity; one without any stays a row, so that nobody is missing from the file. */
export function rowsPerAssignment({ identity, facts }: ExportRow): readonly ExportRow[] {
  const assignments = facts?.roleAssignments ?? [];
  if (assignments.length === 0) return [{ identity, facts }];
  return assignments.map((assignment) => ({ identity, facts: { ...facts, roleAssignments: [assignment] } }));
}
