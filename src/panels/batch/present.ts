import {
  countsOf,
  requestsFor,
  nextStep,
  rowsIn,
  type Batch,
  type BatchRow,
  type Counts,
} from '../../actions/bulk/batch';
import { REQUESTS_PER_SECOND } from '../../api/rateLimit';
import type { Tenant } from '../../tenants/tenant';
import { batchPhrase, batchTitle, effectText, peopleText, rowLabel, skipReasonText } from '../../actions/bulk/text';
import { formatNumber, formatDuration, formatDateTime } from '../../text/dates';
import { actionOf } from '../../actions/catalog';
import { batchButtons } from './buttons';
import { runLines } from './runs';
import { plannedEffort } from './rate';
import { statusBadge } from './standing';
import { SKIP_REASONS } from './rows';
import { tenantBadge } from '../shared/badges';
import type { BatchStage, BatchNote, BatchPresent, BatchRowContent, Counter, Progress } from './protocol';
import { plural, t } from '../../text/l10n';

/** Milliseconds after which rate and remaining time of a run are said anew. */
const PACE = 1000;

/** The same for the record of another window, which is read from its files each time and tells nothing by itself. */
const ELSEWHERE = 5000;

/** What is known of a batch besides itself. */
export interface Circumstances {
  readonly signedOut?: boolean;
  /** Requests a second at present. */
  readonly rate?: number | undefined;
  readonly now?: number;
}

/** A batch in the words of its panel. */
export function presentBatch(
  batch: Batch,
  tenant: Tenant,
  { signedOut = false, rate, now = Date.now() }: Circumstances = {},
): BatchPresent {
  const counts = countsOf(batch.rows);
  const face = faceOf(batch);
  const title = batchTitle(batch, tenant.name);
  const plan = face === 'planning' || face === 'plan';
  return {
    state: 'present',
    face,
    heading: plan ? t('Plan: {0}', batchPhrase(batch, tenant.name)) : title,
    standing: statusBadge(batch, counts),
    tenant: tenantBadge(tenant),
    origin: origin(batch),
    effect: face === 'plan' && counts.chosen > 0 ? effectText(batch, counts.chosen) : '',
    progress: progress(batch, counts),
    runs: runLines(batch),
    pace: face === 'run' ? rateLines(batch, counts, rate, now) : [],
    notes: notes(batch, counts, tenant, signedOut),
    figures: figures(batch, counts),
    buttons: batchButtons(batch, counts, tenant.readOnly),
    people: batch.rows.length,
    canExclude: face === 'plan',
    askAgain: face === 'run' ? (batch.elsewhere === true ? ELSEWHERE : PACE) : null,
    address: sendsMail(batch) ? t('Email goes to') : t('Email address'),
    keys: { batchId: batch.id, title, begun: batch.startedAt !== undefined },
  };
}

/** One person of the batch, in words. */
export function presentRow(row: BatchRow, number: number, batch: Batch): BatchRowContent {
  const { person, asked, message, trackingId, excluded, skip } = row;
  return {
    row: number,
    asked,
    person: person && { id: person.id, name: person.name },
    alias: person?.alias ?? '',
    email: person?.email ?? '',
    state: rowLabel(row, batch),
    message: message ?? '',
    trackingId: trackingId ?? '',
    excluded,
    canExclude: batch.phase === 'planned' && !skip,
    owner: person !== null && (skip?.reason === 'owner' || (batch.action === 'delete' && row.state === 'failed')),
  };
}

function faceOf({ phase }: Batch): BatchStage {
  switch (phase) {
    case 'planning':
      return 'planning';
    case 'planned':
      return 'plan';
    case 'running':
    case 'paused':
      return 'run';
    case 'ended':
      return 'result';
    case 'failed':
      return 'failed';
  }
}

/** Where the people come from, and when it began. */
function origin({ from, createdAt, startedAt }: Batch): string {
  const at = (time: number): string => formatDateTime(new Date(time).toISOString());
  return startedAt === undefined
    ? t('{0} · planned {1}', from, at(createdAt))
    : t('{0} · started {1}', from, at(startedAt));
}

function progress(batch: Batch, counts: Counts): Progress | null {
  if (batch.phase === 'planning') {
    const { done, of } = batch.planProgress ?? { done: 0, of: 0 };
    const words =
      of > 0 ? t('{0} of {1} checked', formatNumber(done), formatNumber(of)) : t('{0} checked', formatNumber(done));
    return { done, of, words };
  }
  if (batch.phase !== 'running' && batch.phase !== 'paused') return null;
  const settled = counts.chosen - counts.planned - counts.sending;
  return {
    done: settled,
    of: counts.chosen,
    words: t('{0} of {1} sent', formatNumber(settled), formatNumber(counts.chosen)),
  };
}

/** How fast it goes, how long it takes still, and what it waits for. */
function rateLines({ phase, action, waitingUntil }: Batch, counts: Counts, rate = 0, now: number): string[] {
  if (phase !== 'running') return [];
  const left = requestsFor(action, counts.planned);
  const wait = waitingUntil === undefined ? 0 : Math.max(0, Math.ceil((waitingUntil - now) / 1000));
  return [
    ...(rate > 0 ? [t('{0} requests/s', formatNumber(Math.round(rate * 10) / 10))] : []),
    ...(left > 0 ? [t('about {0} left', formatDuration(wait + left / (rate > 0 ? rate : REQUESTS_PER_SECOND)))] : []),
    ...(wait > 0 ? [t('waiting for the ISC rate limit, continuing in {0}', formatDuration(wait))] : []),
  ];
}

function notes(batch: Batch, counts: Counts, tenant: Tenant, signedOut: boolean): BatchNote[] {
  return [...recordNotes(batch), ...obstacles(batch, tenant, signedOut), ...countNotes(batch, counts)];
}

function note(tone: BatchNote['tone'], icon: string, text: string): BatchNote {
  return { text, icon, tone, button: null };
}

/** What is special about the record, most of it rare. */
function recordNotes({ elsewhere, missing = 0, damaged, silent, interrupted, problem, phase }: Batch): BatchNote[] {
  const list: BatchNote[] = [];
  if (elsewhere === true) {
    const text = t('This bulk action is running in another window. This window shows what is on record.');
    list.push(note('info', 'multiple-windows', text));
  }
  if (missing > 0) {
    const text = t(
      'ISC counts {0} more in this list than it returned: not all identities are here. Plan again to reload the list.',
      formatNumber(missing),
    );
    list.push(note('warning', 'warning', text));
  }
  if (damaged === true) {
    const text = t(
      'The record of this run is damaged. All identities that may have been in the lost part are marked unknown: check them before you send again.',
    );
    list.push(note('warning', 'warning', text));
  }
  if (silent !== undefined) {
    const text = t(
      'This run was started on another machine or in a container ({0}) that is not responding. It may still be sending.',
      silent.host || t('name unknown'),
    );
    list.push(note('warning', 'question', text));
  } else if (interrupted === true) {
    const text = t('The window closed during this run. Identities marked "not sent" were definitely not sent.');
    list.push(note('warning', 'debug-disconnect', text));
  }
  if (problem !== undefined) {
    list.push(phase === 'failed' ? note('error', 'error', problem) : note('warning', 'warning', problem));
  }
  return list;
}

/** What keeps from sending, with the button that helps. */
function obstacles(batch: Batch, tenant: Tenant, signedOut: boolean): BatchNote[] {
  const { phase, rows, elsewhere } = batch;
  const rest = rowsIn('planned', rows).length + rowsIn('failed', rows).length;
  const couldSend =
    elsewhere !== true && (phase === 'planned' || phase === 'paused' || (phase === 'ended' && rest > 0));
  if (!couldSend) return [];
  const list: BatchNote[] = [];
  if (tenant.readOnly) {
    const button = {
      action: 'unlock',
      label: nextStep(batch) === undefined ? t('Unlock tenant') : t('Unlock and continue'),
      icon: 'unlock',
      primary: false,
      enabled: true,
    } as const;
    list.push({ ...note('warning', 'lock', t('{0} is read-only: nothing can be sent.', tenant.name)), button });
  }
  if (signedOut) {
    const button = { action: 'signIn', label: t('Sign in again'), icon: 'key', primary: false, enabled: true } as const;
    list.push({ ...note('warning', 'debug-disconnect', t('{0} is signed out.', tenant.name)), button });
  }
  return list;
}

function countNotes({ phase }: Batch, { chosen, started, unknown }: Counts): BatchNote[] {
  const list: BatchNote[] = [];
  if (phase === 'planned' && chosen === 0) {
    list.push(note('info', 'info', t('No identities left to act on. The table shows why.')));
  }
  if (phase === 'ended' && started > 0) {
    const text = t('ISC is still working on {0}. The Tasks view tracks it to the end.', peopleText(started));
    list.push(note('info', 'clock', text));
  }
  if (unknown > 0) {
    const text = plural(unknown, {
      one: () =>
        t(
          '1 identity: sent, but no clear response was received. Check it before you act again; it is not resent automatically.',
        ),
      other: () =>
        t(
          '{0}: sent, but no clear response was received. Check them before you act again; they are not resent automatically.',
          peopleText(unknown),
        ),
    });
    list.push(note('warning', 'question', text));
  }
  return list;
}

/** Counts that narrow the table; in a plan also what it will take. */
function figures(batch: Batch, counts: Counts): Counter[] {
  const people = (n: number, label: string, shown: Counter['shown']): Counter[] =>
    n === 0 ? [] : [{ value: formatNumber(n), label, shown }];
  const skipped = new Map<string, number>();
  for (const { skip } of batch.rows) if (skip) skipped.set(skip.reason, (skipped.get(skip.reason) ?? 0) + 1);
  const left = [
    ...people(counts.excluded, t('excluded'), 'excluded'),
    ...SKIP_REASONS.flatMap((reason) =>
      people(skipped.get(reason) ?? 0, t('skipped: {0}', skipReasonText(reason)), `skip.${reason}`),
    ),
  ];
  const all = { value: formatNumber(batch.rows.length), label: t('total'), shown: 'all' } as const;
  if (batch.phase === 'planned') {
    const requests = requestsFor(batch.action, counts.chosen);
    return [
      all,
      { value: formatNumber(counts.chosen), label: t('included'), shown: 'chosen' },
      ...left,
      ...(requests === 0 ? [] : plannedEffort(requests)),
    ];
  }
  if (batch.phase === 'planning' || batch.phase === 'failed') return batch.rows.length === 0 ? [] : [all, ...left];
  return [
    all,
    ...people(counts.failed, t('failed'), 'failed'),
    ...people(counts.unknown, t('unknown'), 'unknown'),
    { value: formatNumber(counts.done), label: t('done'), shown: 'done' },
    ...people(counts.sending + counts.started, t('in progress'), 'going'),
    ...people(counts.planned, batch.phase === 'ended' ? t('not sent') : t('remaining'), 'planned'),
    ...left,
  ];
}

function sendsMail({ action }: Batch): boolean {
  return actionOf(action).mailsTo !== undefined;
}
