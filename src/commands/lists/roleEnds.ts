import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import { secondsFor } from '../../api/rateLimit';
import { compareRoleEnds, fetchRoleEnds, type RoleEnd } from '../../lists/roleEnds';
import { formatDate, formatDuration, formatNumber } from '../../text/dates';
import { errorText } from '../../text/errors';
import { plural, t } from '../../text/l10n';
import { joined, paragraphs, type PlainText } from '../../text/plain';
import { requireTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { inStatusBar, showStatus } from '../ui/progress';
import { alone, BACK, confirm, inputStep, pickOne } from '../ui/prompts';
import { Cancelled, report as reportError, withErrorContext } from '../ui/report';
import { progressText } from './exportWriting';
import { resolvePeople } from './people';
import type { ExportPage } from '../../lists/export/rows';
import { isPartial, roleEndsMarkdown, roleEndsSummary, roleEndsTitle, type RoleEndsReport } from './roleEndsReport';

export type RoleEndsDeps = Pick<
  CommandDeps,
  'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'panels' | 'pages' | 'csvStyle' | 'log'
>;

/** Each identity takes a request: more of them are asked about before. */
const READ_WITHOUT_QUESTION = 250;
const MOST_DAYS = 3_650;

/**
 * Opens a report of who of a list, or of the identities selected in the tree, loses which role when. Reads only, a request each;
 * stopped, or failed in the middle, it shows what was read until then and says that this is not all.
 *
 * @throws CommandError, Cancelled
 */
export async function showRoleEnds(deps: RoleEndsDeps, argument: unknown, selected: unknown): Promise<void> {
  const words = { question: t('Role ends of which list?'), nothing: t('Nothing was done') };
  const { tenantId, name, pages, fetchCount } = await resolvePeople(deps, argument, selected, words);
  const tenant = requireTenant(deps, tenantId);
  const failed = t('Could not load the role ends of {0} in {1}', name, tenant.name);
  await withErrorContext(failed, tenantId, async () => {
    const days = await askDays(deps.ui);
    const total = await inStatusBar(deps.ui, t('Counting {0}', name), fetchCount);
    await confirmMany(deps.ui, name, total);
    const client = await deps.clients.for(tenantId);
    const lastDay = dayIn(days);
    const title = roleEndsTitle({ name, lastDay });
    const report = await deps.ui.showProgress('notification', title, (signal, say) =>
      readAll(client, pages, { tenantName: tenant.name, name, lastDay, total }, days, signal, say),
    );
    requireTenant(deps, tenantId);
    await deps.pages.show(`/${tenantId}/${title.replaceAll('/', ' ')}.md`, roleEndsMarkdown(report));
    // The message stays until it is closed: the command does not wait for that.
    void offerToKeep(deps, report).catch((error: unknown) => reportError(error, deps));
  });
}

type About = Pick<RoleEndsReport, 'tenantName' | 'name' | 'lastDay' | 'total'>;

async function readAll(
  client: Client,
  pages: (signal: AbortSignal) => AsyncIterable<ExportPage>,
  { total: counted, ...about }: About,
  days: number,
  signal: AbortSignal,
  say: (message: PlainText) => void,
): Promise<RoleEndsReport> {
  const readAt = Date.now();
  let total = counted;
  const rows: RoleEnd[] = [];
  let read = 0;
  let failed = 0;
  let firstFailure: PlainText | undefined;
  let endedEarly: PlainText | undefined;
  async function* everybody(): AsyncGenerator<Identity> {
    for await (const page of pages(signal)) {
      total = page.total ?? total;
      yield* page.items;
    }
  }
  try {
    for await (const one of fetchRoleEnds(client, everybody(), { days, signal })) {
      if (one.error) failed++;
      else read++;
      if (one.error) firstFailure ??= errorText(one.error, t('The first of them'));
      rows.push(...one.rows);
      say(progressText(read + failed, total, Date.now() - readAt));
    }
  } catch (error) {
    // Nothing to show: a stop is silent, a failure says why.
    if (read === 0) throw error;
    endedEarly =
      signal.aborted || ApiError.is(error, 'cancelled')
        ? t('Loading was stopped before its end.')
        : errorText(error, t('Loading ended early'));
  }
  rows.sort(compareRoleEnds);
  return { ...about, total, readAt, read, failed, firstFailure, endedEarly, rows };
}

/** The day of the calendar so many days from today. */
function dayIn(days: number): PlainText {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return formatDate(day.toISOString());
}

/** @throws Cancelled */
async function askDays(ui: RoleEndsDeps['ui']): Promise<number> {
  const other = 'other';
  const inDays = (days: number) => ({ label: t('{0} days', formatNumber(days)), value: days });
  const choice = await pickOne<number | typeof other>(ui, t('Roles that end within how many days?'), [
    inDays(30),
    inDays(90),
    { label: t('Another number...'), value: other },
  ]);
  if (choice !== other) return choice;
  const typed = await inputStep(ui, {
    ...alone(t('Role ends')),
    value: '',
    prompt: t('Days from today, 1 to {0}', formatNumber(MOST_DAYS)),
    check: (text) =>
      daysIn(text) === undefined
        ? { severity: 'error', message: t('Enter a whole number from 1 to {0}', formatNumber(MOST_DAYS)) }
        : undefined,
  });
  const days = typed === BACK ? undefined : daysIn(typed);
  if (days === undefined) throw new Cancelled();
  return days;
}

function daysIn(text: string): number | undefined {
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return days >= 1 && days <= MOST_DAYS ? days : undefined;
}

/** @throws Cancelled */
async function confirmMany(ui: RoleEndsDeps['ui'], name: PlainText, total: number | undefined): Promise<void> {
  if (total !== undefined && total <= READ_WITHOUT_QUESTION) return;
  const effort =
    total === undefined
      ? t('ISC did not report how many identities there are. Each takes a request.')
      : t('{0} requests, about {1}.', formatNumber(total), formatDuration(secondsFor(total)));
  await confirm(
    ui,
    total === undefined
      ? t('Load the role assignments of {0}?', name)
      : t('Load the role assignments of {0} identities?', formatNumber(total)),
    paragraphs([effort, t('Nothing is changed. You can stop at any time: the report then shows what was loaded.')]),
    t('Load role assignments'),
  );
}

async function offerToKeep(deps: RoleEndsDeps, report: RoleEndsReport): Promise<void> {
  const { ui, workbench } = deps;
  const { name, rows } = report;
  const save = t('Save as CSV');
  const copy = t('Copy IDs');
  const text = t('{0}: {1}', name, joined([isPartial(report) && t('The report is partial.'), roleEndsSummary(report)]));
  const buttons = rows.length > 0 ? [save, copy] : [];
  const pressed = await (isPartial(report) ? ui.showWarning(text, ...buttons) : ui.showInformation(text, ...buttons));
  if (pressed === save) await saveCsv(deps, report);
  if (pressed !== copy) return;
  const ids = [...new Set(rows.map(({ identity }) => identity.id))];
  await workbench.writeClipboard(ids.join('\n'));
  showStatus(
    ui,
    plural(ids.length, { one: () => t('1 ID copied'), other: () => t('{0} IDs copied', formatNumber(ids.length)) }),
  );
}

async function saveCsv({ ui, workbench, csvStyle }: RoleEndsDeps, report: RoleEndsReport): Promise<void> {
  const { name, tenantName, readAt, rows } = report;
  await withErrorContext(t('Could not write the file'), undefined, async () => {
    const words = [t('Role ends'), name, tenantName, new Date(readAt).toISOString().slice(0, 10)];
    const parts = isPartial(report) ? [...words, t('partial')] : words;
    const fileName = `${parts.join(' ').replace(/[^\p{L}\p{N}]+/gu, '-')}.csv`;
    const file = await workbench.chooseTarget(t('Export as {0}', 'CSV'), { CSV: ['csv'] }, fileName);
    if (!file) throw new Cancelled();
    const { roleEndsCsv } = await import('../../lists/export/roleEnds');
    await file.write(roleEndsCsv(rows, csvStyle()));
    showStatus(ui, t('{0} saved', file.name));
  });
}
