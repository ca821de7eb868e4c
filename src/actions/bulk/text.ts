/** How a batch and its people are worded, alike in its panel, the Tasks view, the dialogs and the exported files. */
import type { Skip, SkipReason } from '../action';
import { actionOf, type ActionId } from '../catalog';
import { countsOf, wasStopped, type Batch, type BatchRow, type Counts } from './batch';
import { MAX_IDENTITIES } from './resolveIdentities';
import { formatAge, formatList, formatNumber } from '../../text/dates';
import { statusLabel, type StatusLabel } from '../../text/state';
import { joined, plain, type PlainText } from '../../text/plain';
import { capital, plural, t } from '../../text/l10n';

/** "1 person", "12 people". */
export function peopleText(n: number): PlainText {
  return plural(n, { one: () => t('1 identity'), other: () => t('{0} identities', formatNumber(n)) });
}

/** "Invite 12 people in Acme Sandbox"; without a number while the plan is being made. */
export function batchTitle(batch: Batch, tenantName: string): PlainText {
  const phrase = batchPhrase(batch, tenantName);
  return capital(phrase);
}

/** The same within a sentence: "invite 12 people in Acme Sandbox". */
export function batchPhrase(
  { action, mail, phase, rows }: Pick<Batch, 'action' | 'mail' | 'phase' | 'rows'>,
  tenantName: string,
  number = countsOf(rows).chosen,
): PlainText {
  const people = phase === 'planning' ? t('identities') : peopleText(number);
  return actionOf(action).phrase(people, tenantName, { mail });
}

/** The button that sends: the verb that names the effect. */
export function effectButton(action: ActionId, n: number): PlainText {
  return actionOf(action).button({ count: n, words: peopleText(n) });
}

/** What will happen to so many people, and what cannot be undone. */
export function effectText({ action, mail }: Pick<Batch, 'action' | 'mail'>, n: number): PlainText {
  return actionOf(action).effect({ count: n, words: peopleText(n) }, { mail });
}

/** Why the plan leaves somebody out, with what is known beyond the reason. */
export function skipText({ reason, note }: Skip): PlainText {
  const words = skipReasonText(reason);
  if (!note) return words;
  if (reason === 'registered')
    return t('status is {0}; ISC invites only unregistered identities', statusLabel(note).word);
  // What somebody owns says already that they own something, and whom a name fits that it fits several.
  return reason === 'owner' || reason === 'sameName' ? plain(note) : t('{0} ({1})', words, note);
}

/** The reason alone: what a filter is called. */
export function skipReasonText(reason: SkipReason): PlainText {
  switch (reason) {
    case 'duplicate':
      return t('listed more than once');
    case 'unreadable':
      return t('not an ID, alias, email or name');
    case 'notFound':
      return t('not found');
    case 'ambiguous':
      return t('multiple identities match');
    case 'sameName':
      return t('the name fits multiple identities');
    case 'protected':
      return t('protected');
    case 'owner':
      return t('owns objects');
    case 'unchecked':
      return t('ownership could not be checked');
    case 'noEmail':
      return t('no email address');
    case 'registered':
      return t('status other than unregistered');
  }
}

/** What will happen, happened, or why nothing does, of one person. */
export function rowLabel(
  row: BatchRow,
  { action, mail, phase }: Pick<Batch, 'action' | 'mail' | 'phase'>,
): StatusLabel {
  if (row.skip) return { icon: 'debug-step-over', word: t('skipped: {0}', skipText(row.skip)), tone: 'off' };
  if (row.excluded) return { icon: 'circle-slash', word: t('excluded'), tone: 'off' };
  switch (row.state) {
    case 'planned':
      if (phase === 'planning' || phase === 'planned')
        return { icon: 'arrow-right', word: actionOf(action).planned({ mail }), tone: 'info' };
      return { icon: 'circle-outline', word: phase === 'ended' ? t('not sent') : t('not sent yet'), tone: 'off' };
    case 'sending':
      return { icon: 'arrow-up', word: t('sending'), tone: 'info' };
    case 'started':
      return { icon: 'clock', word: t('in progress in ISC'), tone: 'info' };
    case 'done':
      return { icon: 'pass', word: actionOf(action).done({ mail }), tone: 'ok' };
    case 'failed':
      return { icon: 'error', word: t('failed'), tone: 'error' };
    case 'unknown':
      return { icon: 'question', word: t('unknown: may have taken effect'), tone: 'warning' };
  }
}

/** "280 done, 12 failed, 5 not sent, 3 skipped"; what nobody has is not named. */
export function summaryText(counts: Counts): PlainText {
  const parts: readonly (readonly [number, (n: string) => PlainText])[] = [
    [counts.done, (n) => t('{0} done', n)],
    [counts.failed, (n) => t('{0} failed', n)],
    [counts.unknown, (n) => t('{0} unknown', n)],
    [counts.sending + counts.started, (n) => t('{0} in progress', n)],
    [counts.planned, (n) => t('{0} not sent', n)],
    [counts.excluded, (n) => t('{0} excluded', n)],
    [counts.skipped, (n) => t('{0} skipped', n)],
  ];
  const said = parts.filter(([n]) => n > 0).map(([n, words]) => words(formatNumber(n)));
  return said.length === 0 ? t('no identities') : formatList(said);
}

/** What the words of a batch need of it when its people are not at hand. */
export interface BatchFacts extends Pick<
  Batch,
  'action' | 'mail' | 'phase' | 'endedAt' | 'interrupted' | 'stopped' | 'elsewhere' | 'silent' | 'damaged'
> {
  readonly counts: Counts;
}

/** As `batchTitle`, of a batch whose people are not at hand. */
export function batchSummaryTitle(batch: BatchFacts, tenantName: string): PlainText {
  const phrase = batchPhrase({ ...batch, rows: [] }, tenantName, batch.counts.chosen);
  return capital(phrase);
}

/** How far a batch is, or how it ended. */
export function batchSummaryState({
  phase,
  counts,
  endedAt,
  interrupted,
  stopped,
  elsewhere,
  silent,
  damaged,
}: BatchFacts): StatusLabel {
  const summary = summaryText(counts);
  if (elsewhere) return { icon: 'multiple-windows', word: t('running in another window'), tone: 'info' };
  if (damaged) return { icon: 'warning', word: t('record damaged · {0}', summary), tone: 'warning' };
  if (silent) return { icon: 'question', word: t('may be running on another machine · {0}', summary), tone: 'warning' };
  if (interrupted) return { icon: 'warning', word: t('interrupted · {0}', summary), tone: 'warning' };
  switch (phase) {
    case 'running':
      return { icon: 'loading~spin', word: t('running · {0}', summary), tone: 'info' };
    case 'paused':
      return { icon: 'debug-pause', word: t('paused · {0}', summary), tone: 'warning' };
    default: {
      const how = wasStopped({ phase, stopped }, counts) && t('stopped');
      const word = joined(
        [how, summary, endedAt === undefined ? '' : formatAge(new Date(endedAt).toISOString())],
        ' · ',
      );
      if (counts.failed > 0) return { icon: 'error', word, tone: 'error' };
      if (counts.unknown + counts.planned > 0) return { icon: 'warning', word, tone: 'warning' };
      if (counts.started > 0) return { icon: 'loading~spin', word, tone: 'info' };
      return { icon: 'pass', word, tone: 'ok' };
    }
  }
}

/** Of a list or a text that names more identities than are read for one purpose. */
export function tooManyText(): PlainText {
  return t(
    'There are more than {0} identities. Choose a narrower list or fewer entries.',
    formatNumber(MAX_IDENTITIES),
  );
}
