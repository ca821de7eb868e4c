/** How a batch and its people are worded, alike in its panel, the Tasks view, the dialogs and the exported files. */
import { countsOf, type Batch, type BatchAction, type BatchRow, type Counts, type Mail } from './batch';
import type { Skip, SkipReason } from './batch';
import { age, count } from '../../text/dates';
import { statusWord, type StateWord } from '../../text/state';
import { joined, plain, type PlainText } from '../../text/plain';
import { t } from '../../text/l10n';

/** "1 person", "12 people". */
export function peopleWords(n: number): PlainText {
  return n === 1 ? t('1 person') : t('{0} people', count(n));
}

/** "Invite 12 people in Acme Sandbox"; without a number while the plan is being made. */
export function batchTitle(batch: Batch, tenantName: string): PlainText {
  const phrase = batchPhrase(batch, tenantName);
  return capital(phrase);
}

/** A sentence's first letter. */
function capital(phrase: PlainText): PlainText {
  return plain(`${phrase.charAt(0).toLocaleUpperCase()}${phrase.slice(1)}`);
}

/** The same within a sentence: "invite 12 people in Acme Sandbox". */
export function batchPhrase(
  { action, mail, phase, rows }: Pick<Batch, 'action' | 'mail' | 'phase' | 'rows'>,
  tenantName: string,
  number = countsOf(rows).chosen,
): PlainText {
  const people = phase === 'planning' ? t('people') : peopleWords(number);
  switch (action) {
    case 'synchronize':
      return t('synchronize attributes of {0} in {1}', people, tenantName);
    case 'process':
      return t('process {0} in {1}', people, tenantName);
    case 'invite':
      return t('invite {0} in {1}', people, tenantName);
    case 'verification':
      return isLink(mail)
        ? t('send a password-reset link to {0} in {1}', people, tenantName)
        : t('send a password-reset mail to {0} in {1}', people, tenantName);
    case 'reset':
      return t('reset {0} in {1}', people, tenantName);
    case 'delete':
      return t('delete {0} from {1}', people, tenantName);
  }
}

/** The button that sends: the verb that names the effect. */
export function effectButton(action: BatchAction, n: number): PlainText {
  switch (action) {
    case 'synchronize':
      return t('Synchronize {0}', peopleWords(n));
    case 'process':
      return t('Process {0}', peopleWords(n));
    case 'invite':
      return n === 1 ? t('Send 1 invitation') : t('Send {0} invitations', count(n));
    case 'verification':
      return n === 1 ? t('Send 1 mail') : t('Send {0} mails', count(n));
    case 'reset':
      return t('Reset {0}', peopleWords(n));
    case 'delete':
      return t('Delete {0}', peopleWords(n));
  }
}

/** What will happen to so many people, and what cannot be undone. */
export function effectSentences({ action, mail }: Pick<Batch, 'action' | 'mail'>, n: number): PlainText {
  const people = peopleWords(n);
  switch (action) {
    case 'synchronize':
      return t(
        'ISC writes the identity attributes of {0} to their accounts, on the sources that take them. The values there are overwritten.',
        people,
      );
    case 'process':
      return t(
        'ISC calculates attributes, lifecycle state, roles and access of {0} from the accounts, and provisions what changes. It does this by itself at 08:00 and 20:00 and after events; this is not to refresh a whole tenant.',
        people,
      );
    case 'invite':
      return joined([
        n === 1 ? t('1 e-mail is sent') : t('{0} e-mails are sent', count(n)),
        t(
          '(to the work e-mail, unless the identity profile says otherwise). An invitation is valid for 7 days. A mail cannot be called back.',
        ),
      ]);
    case 'verification':
      return joined([mailSentence(mail, n), t('It is valid for 2 hours. A mail cannot be called back.')]);
    case 'reset':
      return t(
        'Each of {0} is de-registered, loses the answers to security questions and any elevated user level, and must register again. This cannot be undone.',
        people,
      );
    case 'delete':
      return joined([
        n === 1
          ? t('1 identity is removed from ISC with its access and history.')
          : t('{0} identities are removed from ISC with their access and history.', count(n)),
        t(
          'While an authoritative source has an account of such a person, its next aggregation may create the identity again. This cannot be undone.',
        ),
      ]);
  }
}

function mailSentence(mail: Mail | undefined, n: number): PlainText {
  const people = peopleWords(n);
  const personal = mail?.via === 'EMAIL_PERSONAL' || mail?.via === 'LINK_PERSONAL';
  const address = personal ? t('personal e-mail') : t('work e-mail');
  const sent = isLink(mail)
    ? t('A password-reset link is sent to the {0} of {1}.', address, people)
    : t('A password-reset mail is sent to the {0} of {1}.', address, people);
  return joined([sent, mail?.sourceName ? t('It is for the password on {0}.', mail.sourceName) : undefined]);
}

function isLink(mail: Mail | undefined): boolean {
  return mail?.via === 'LINK_WORK' || mail?.via === 'LINK_PERSONAL';
}

/** Why the plan leaves somebody out, with what is known beyond the reason. */
export function skipWords({ reason, note }: Skip): PlainText {
  const words = skipReasonWords(reason);
  if (!note) return words;
  if (reason === 'registered') return t('{0} ({1})', words, statusWord(note).word);
  // What somebody owns says already that they own something.
  return reason === 'owner' ? plain(note) : t('{0} ({1})', words, note);
}

/** The reason alone: what a filter is called. */
export function skipReasonWords(reason: SkipReason): PlainText {
  switch (reason) {
    case 'duplicate':
      return t('named more than once');
    case 'unreadable':
      return t('no id, alias or e-mail address');
    case 'notFound':
      return t('not found');
    case 'ambiguous':
      return t('several people match');
    case 'protected':
      return t('protected');
    case 'owner':
      return t('owns something');
    case 'unchecked':
      return t('what is owned could not be checked');
    case 'noEmail':
      return t('no e-mail address');
    case 'registered':
      return t('already registered');
  }
}

/** What will happen, happened, or why nothing does, of one person. */
export function rowWords(row: BatchRow, { action, mail, phase }: Pick<Batch, 'action' | 'mail' | 'phase'>): StateWord {
  if (row.skip) return { icon: 'debug-step-over', word: t('skipped: {0}', skipWords(row.skip)), tone: 'off' };
  if (row.excluded) return { icon: 'circle-slash', word: t('left out by hand'), tone: 'off' };
  switch (row.state) {
    case 'planned':
      if (phase === 'planning' || phase === 'planned')
        return { icon: 'arrow-right', word: will(action, mail), tone: 'info' };
      return { icon: 'circle-outline', word: phase === 'ended' ? t('not sent') : t('not sent yet'), tone: 'off' };
    case 'sending':
      return { icon: 'arrow-up', word: t('being sent'), tone: 'info' };
    case 'started':
      return { icon: 'clock', word: t('ISC is working on it'), tone: 'info' };
    case 'done':
      return { icon: 'pass', word: did(action, mail), tone: 'ok' };
    case 'failed':
      return { icon: 'error', word: t('failed'), tone: 'error' };
    case 'unknown':
      return { icon: 'question', word: t('unknown: may have happened'), tone: 'warning' };
  }
}

function will(action: BatchAction, mail: Mail | undefined): PlainText {
  switch (action) {
    case 'synchronize':
      return t('will be synchronized');
    case 'process':
      return t('will be processed');
    case 'invite':
      return t('will be invited');
    case 'verification':
      return isLink(mail) ? t('link will be sent') : t('mail will be sent');
    case 'reset':
      return t('will be reset');
    case 'delete':
      return t('will be deleted');
  }
}

/** For what the service does later and tells nothing more about, it is only said that it was accepted. */
function did(action: BatchAction, mail: Mail | undefined): PlainText {
  switch (action) {
    case 'synchronize':
      return t('synchronization accepted');
    case 'process':
      return t('processed');
    case 'invite':
      return t('invited');
    case 'verification':
      return isLink(mail) ? t('link sent') : t('mail sent');
    case 'reset':
      return t('reset accepted');
    case 'delete':
      return t('deleted');
  }
}

/** "280 done, 12 failed, 5 not sent, 3 skipped"; what nobody has is not named. */
export function summaryWords(counts: Counts): PlainText {
  const parts: readonly (readonly [number, (n: string) => PlainText])[] = [
    [counts.done, (n) => t('{0} done', n)],
    [counts.failed, (n) => t('{0} failed', n)],
    [counts.unknown, (n) => t('{0} unknown', n)],
    [counts.sending + counts.started, (n) => t('{0} in progress', n)],
    [counts.planned, (n) => t('{0} not sent', n)],
    [counts.excluded, (n) => t('{0} left out by hand', n)],
    [counts.skipped, (n) => t('{0} skipped', n)],
  ];
  const said = parts.filter(([n]) => n > 0).map(([n, words]) => words(count(n)));
  return said.length === 0 ? t('nobody') : joined(said, ', ');
}

/** What the words of a batch need of it when its people are not at hand. */
export interface BatchFacts extends Pick<
  Batch,
  'action' | 'mail' | 'phase' | 'endedAt' | 'interrupted' | 'elsewhere' | 'silent' | 'damaged'
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
  elsewhere,
  silent,
  damaged,
}: BatchFacts): StateWord {
  const summary = summaryWords(counts);
  if (elsewhere) return { icon: 'multiple-windows', word: t('runs in another window'), tone: 'info' };
  if (damaged) return { icon: 'warning', word: t('record damaged · {0}', summary), tone: 'warning' };
  if (silent) return { icon: 'question', word: t('may run on another machine · {0}', summary), tone: 'warning' };
  if (interrupted) return { icon: 'warning', word: t('interrupted · {0}', summary), tone: 'warning' };
  switch (phase) {
    case 'running':
      return { icon: 'loading~spin', word: t('running · {0}', summary), tone: 'info' };
    case 'paused':
      return { icon: 'debug-pause', word: t('paused · {0}', summary), tone: 'warning' };
    default: {
      const word = joined([summary, endedAt === undefined ? '' : age(new Date(endedAt).toISOString())], ' · ');
      if (counts.failed > 0) return { icon: 'error', word, tone: 'error' };
      if (counts.unknown + counts.planned > 0) return { icon: 'warning', word, tone: 'warning' };
      if (counts.started > 0) return { icon: 'loading~spin', word, tone: 'info' };
      return { icon: 'pass', word, tone: 'ok' };
    }
  }
}
