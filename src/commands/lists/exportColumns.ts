/** Which columns a file has, and what has to be asked for first. */
import type { IdentityAttribute } from '../../api/reference';
import { ATTRIBUTE, columnsFor, type Column } from '../../lists/columns';
import { fetchAttributes } from '../../lists/attributes';
import { perAssignment } from '../../lists/export/assignments';
import { unknownIn, type ExportPage } from '../../lists/export/rows';
import { factRequests, factsDurationMs, IDS_PER_SEARCH, type Need } from '../../lists/facts';
import { formatDuration, formatNumber } from '../../text/dates';
import { t } from '../../text/l10n';
import { joined, paragraphs, plain, type PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { Cancelled } from '../ui/report';
import type { People } from './people';

type ColumnDeps = Pick<CommandDeps, 'ui' | 'clients' | 'exporting'>;

/** What is written of each identity. */
export interface ChosenColumns {
  readonly columns: readonly Column[];
  readonly needs: ReadonlySet<Need>;
  /** A row for each role assignment instead of each identity. */
  readonly isPerAssignment: boolean;
  /** Keys that stand for no column. */
  readonly unknown: readonly string[];
}

/** Requests beside the pages of a list that are sent without a question. */
const UNASKED_REQUESTS = 20;

/** What tells which columns there are. */
export interface Offered {
  /** The first of the identities: some have attributes that the tenant does not tell. */
  readonly page: ExportPage;
  readonly attributes: readonly IdentityAttribute[];
}

export interface ExportOptions {
  /** Which columns is asked first, and remembered. */
  readonly asksColumns?: boolean;
}

/**
 * The attributes of the tenant where a column of one is chosen, or may be; none otherwise.
 *
 * @throws ApiError
 */
export async function fetchOffered(
  { clients, exporting }: ColumnDeps,
  { tenantId, columns }: Pick<People, 'tenantId' | 'columns'>,
  signal: AbortSignal,
  { asksColumns = false }: ExportOptions = {},
): Promise<readonly IdentityAttribute[]> {
  const isNeeded = asksColumns || (columns ?? exporting.columns).some((key) => key.startsWith(ATTRIBUTE));
  return isNeeded ? fetchAttributes(await clients.for(tenantId), { signal }) : [];
}

/**
 * The columns that were chosen last, those of the source, or those that are checked now, which are remembered.
 *
 * @throws Cancelled
 */
export async function chooseColumns(
  deps: ColumnDeps,
  { columns: shown }: Pick<People, 'columns'>,
  { page, attributes }: Offered,
  { asksColumns }: ExportOptions,
): Promise<ChosenColumns> {
  const { exporting } = deps;
  let keys = shown ?? exporting.columns;
  const offered = columnsFor(page.items, keys, attributes);
  let rowPerAssignment = shown === undefined && exporting.rowPerAssignment === true;
  if (asksColumns) {
    keys = await pickColumns(deps, offered, keys);
    exporting.columns = keys;
  }
  const byKey = new Map(offered.map((column) => [column.key, column]));
  // A table keeps the order in which it is seen; otherwise it is the one in which columns are offered.
  const order = shown && !asksColumns ? keys : [...byKey.keys()].filter((key) => keys.includes(key));
  const columns = order.flatMap((key) => byKey.get(key) ?? []);
  const needs = new Set(columns.flatMap((column) => column.needs ?? []));
  if (asksColumns && needs.has('roleAssignments')) {
    rowPerAssignment = await pickRows(deps);
    exporting.rowPerAssignment = rowPerAssignment;
  }
  const isPerAssignment = rowPerAssignment && needs.has('roleAssignments');
  return {
    columns: isPerAssignment ? perAssignment(columns) : columns,
    needs,
    isPerAssignment,
    unknown: keys.filter((key) => !byKey.has(key)),
  };
}

/** @throws Cancelled */
async function pickColumns(
  { ui }: Pick<CommandDeps, 'ui'>,
  offered: readonly Column[],
  keys: readonly string[],
): Promise<readonly string[]> {
  const wanted = new Set(keys);
  const items = offered.map(({ label, key, needs }) => ({
    label,
    description: joined([plain(key), needs && NEED_WORDS[needs]()], ' · '),
    picked: wanted.has(key),
    key,
  }));
  const chosen = await ui.pickSeveral(t('Which columns?'), items);
  if (!chosen || chosen.length === 0) throw new Cancelled();
  return chosen.map(({ key }) => key);
}

const NEED_WORDS: Readonly<Record<Need, () => PlainText>> = {
  access: () => t('from Search'),
  roleAssignments: () => t('1 request per identity'),
};

/** @throws Cancelled */
function pickRows({ ui }: Pick<CommandDeps, 'ui'>): Promise<boolean> {
  return pickOne(ui, t('Which rows?'), [
    { label: t('One row per identity'), description: t('roles in one cell'), value: false },
    { label: t('One row per role assignment'), description: t('role, added, starts, ends'), value: true },
  ]);
}

/**
 * Says what the columns take before it is asked for, if it is more than a few requests.
 *
 * @param page the first of them: what is known of it is not asked for again
 * @throws Cancelled
 */
export async function confirmRequests(
  { ui }: Pick<CommandDeps, 'ui'>,
  needs: ReadonlySet<Need>,
  page: ExportPage,
): Promise<void> {
  const known = page.items.length - unknownIn(page, needs).length;
  const total = page.total === undefined ? undefined : Math.max(0, page.total - known);
  if (needs.size === 0 || (total !== undefined && factRequests(needs, total) < UNASKED_REQUESTS)) return;
  const button = t('Load');
  const pressed = await ui.ask(
    'information',
    t('Load what these columns need?'),
    paragraphs([
      effort(needs, total),
      joined([
        needs.has('access') &&
          t(
            'Accounts, entitlements, roles and access profiles come from Search, {0} identities per request.',
            formatNumber(IDS_PER_SEARCH),
          ),
        needs.has('roleAssignments') && t('Role assignments take one request per identity.'),
      ]),
    ]),
    button,
  );
  if (pressed !== button) throw new Cancelled();
}

function effort(needs: ReadonlySet<Need>, total: number | undefined): PlainText {
  if (total === undefined)
    return t('How many requests it takes is unknown: ISC did not say how many identities there are.');
  const requests = factRequests(needs, total);
  const time = formatDuration(factsDurationMs(needs, total) / 1000);
  return t(
    '{0} identities: {1} requests, about {2} at the allowed rate.',
    formatNumber(total),
    formatNumber(requests),
    time,
  );
}
