/** The rows of a file: identities page by page, with what its columns need beside the list. */
import { pMapIterable } from 'p-map';
import type { Client } from '../../api/client';
import type { ApiError } from '../../api/errors';
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
  /** What is known of them already, by id: it is not asked for again. */
  readonly facts?: ReadonlyMap<string, Facts>;
}

/** Identities of a page of which something has to be asked for yet. */
export function unknownIn({ items, facts }: ExportPage, needs: ReadonlySet<Need>): readonly Identity[] {
  // What was asked for and not told is not asked for again.
  return items.filter(({ id }) => [...needs].some((need) => !Object.hasOwn(facts?.get(id) ?? {}, need)));
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
  { onRefused, ...options }: FactsOptions,
): AsyncGenerator<ExportPortion, void, undefined> {
  if (needs.size === 0) {
    for await (const { items, total } of pages) yield { rows: items.map((identity) => ({ identity })), total };
    return;
  }
  const connected = await client();
  const refused = new Set<Need>();
  const noteRefusal = (need: Need, error: ApiError): void => {
    if (!refused.has(need)) onRefused?.(need, error);
    refused.add(need);
  };
  const call = { ...options, ...(onRefused ? { onRefused: noteRefusal } : {}) };
  // What was refused on one page is not asked for on the next.
  const portionsOf = (page: ExportPage) =>
    fetchPortions(connected, page, new Set([...needs].filter((need) => !refused.has(need))), call);
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
  page: ExportPage,
  needs: ReadonlySet<Need>,
  options: FactsOptions,
): AsyncGenerator<ExportPortion, void, undefined> {
  const { items, total, facts: known } = page;
  let rows: ExportRow[] = [];
  let at = 0;
  const take = (isReady: (id: string) => boolean, facts: ReadonlyMap<string, Facts> | undefined): void => {
    for (let identity = items[at]; identity && isReady(identity.id); identity = items[++at]) {
      rows.push({ identity, facts: merged(known?.get(identity.id), facts?.get(identity.id)) });
    }
  };
  const missing = new Set(unknownIn(page, needs).map(({ id }) => id));
  for await (const facts of fetchFacts(client, [...missing], needs, options)) {
    take((id) => facts.has(id) || !missing.has(id), facts);
    yield { rows, total };
    rows = [];
  }
  take(() => true, undefined);
  if (rows.length > 0) yield { rows, total };
}

/** What was told now over what was known; what was not told now does not take away what was known. */
function merged(known: Facts | undefined, told: Facts | undefined): Facts | undefined {
  if (!known || !told) return told ?? known;
  const news = Object.entries(told).filter(([, fact]) => fact !== undefined);
  return { ...known, ...Object.fromEntries(news) };
}

/** A row for each role assignment of an identity; one without any stays a row, so that nobody is missing from the file. */
export function rowsPerAssignment({ identity, facts }: ExportRow): readonly ExportRow[] {
  const assignments = facts?.roleAssignments ?? [];
  if (assignments.length === 0) return [{ identity, facts }];
  return assignments.map((assignment) => ({ identity, facts: { ...facts, roleAssignments: [assignment] } }));
}
