import * as vscode from 'vscode';
import { ApiError } from '../../api/errors';
import type { VerificationVia } from '../../api/identities';
import {
  OPERATION_OF,
  countsOf,
  requestsFor,
  rowsIn,
  secondsFor,
  type Batch,
  type BatchAction,
  type Mail,
  type Scope,
} from '../../actions/bulk/batch';
import type { Source } from '../../actions/bulk/resolveIdentities';
import { PlanChanged } from '../../actions/bulk/options';
import { Locked } from '../../actions/bulk/records';
import { COMMANDS } from '../../ids';
import {
  batchPhrase,
  batchTitle,
  effectButton,
  effectSentences,
  peopleWords,
  summaryWords,
} from '../../actions/bulk/text';
import { age, count, duration } from '../../text/dates';
import { environmentWord } from '../../tenants/text';
import { refuseReadOnly, say, sayNothingDone, tenantIn } from './onOne';
import type { CommandDeps, Handler } from '../ui/deps';
import { confirm, confirmByCounting, pickOne } from '../ui/prompts';
import { attempt, Failure } from '../ui/report';
import { selectedPeople, type PersonRow } from '../identities/targets';
import { many, viewPeople, whom } from './pickIdentities';
import { batchIdIn } from '../ui/arguments';
import { t } from '../../text/l10n';
import { showInformation, showWarning } from '../../ui/window';
import { joined, paragraphs, plain, type PlainText } from '../../text/plain';

/** A plan for several people, or the action on one: whichever the person means. */
export function oneOrMany(action: BatchAction, one: Handler): Handler {
  return async (deps, argument, selected) => {
    const people = selectedPeople(deps, argument, selected);
    if (people.length > 1) return planSelected(deps, action, people);
    if (argument !== undefined && argument !== null) return one(deps, argument);
    const answer = await whom(deps, actionWord(action));
    if (answer.kind === 'one') return one(deps, answer.target);
    await plan(deps, action, answer);
  };
}

/** Asks what to do, and with whom. */
export async function actOnMany(deps: CommandDeps): Promise<void> {
  const action = await pickAction(t('Do what with many people?'));
  await plan(deps, action, await many(deps, actionWord(action)));
}

/** Asks what to do with everybody of the view whose row was chosen. */
export async function actOnView(deps: CommandDeps, argument: unknown): Promise<void> {
  const view = viewPeople(argument);
  if (view) await plan(deps, await pickAction(t('Do what with everybody of {0}?', view.from)), view);
}

function pickAction(question: PlainText): Promise<BatchAction> {
  return pickOne(
    question,
    ACTIONS.map((value) => ({ label: actionWord(value), value })),
  );
}

/** People of several tenants get a plan each. */
async function planSelected(deps: CommandDeps, action: BatchAction, rows: readonly PersonRow[]): Promise<void> {
  const tenants = new Set(rows.map(({ tenantId }) => tenantId));
  for (const tenantId of tenants) {
    const people = rows.flatMap((row) => (row.tenantId === tenantId ? [row.identity] : []));
    const from = t('{0} selected people', count(people.length));
    await plan(deps, action, { tenantId, from, people: { kind: 'people', people } });
  }
}

async function plan(
  deps: CommandDeps,
  action: BatchAction,
  { tenantId, from, people }: { readonly tenantId: string; readonly from: string; readonly people: Source },
): Promise<void> {
  tenantIn(deps, tenantId);
  const mail = action === 'verification' ? await askMail() : undefined;
  const { id } = deps.batches.plan({ tenantId, action, from, people, ...(mail ? { mail } : {}) });
  deps.panels.openBatch(id);
}

/** For many people no source is named: not all of them have an account on any one. */
async function askMail(): Promise<Mail> {
  const labels: Readonly<Record<VerificationVia, string>> = {
    EMAIL_WORK: t('Mail to the work e-mail'),
    EMAIL_PERSONAL: t('Mail to the personal e-mail'),
    LINK_WORK: t('Link to the work e-mail'),
    LINK_PERSONAL: t('Link to the personal e-mail'),
  };
  const ways = (Object.entries(labels) as [VerificationVia, PlainText][]).map(([value, label]) => ({ label, value }));
  return { via: await pickOne(t('Send it how, and where to?'), ways), sourceName: null };
}

/** Milliseconds after which a plan is not what the person saw a moment ago: people may have changed since. */
const OLD = 3_600_000;

/** Sends what is planned, or what failed, after the question that names tenant, environment, action and number. */
export async function runBatch(deps: CommandDeps, argument: unknown, scope: Scope): Promise<void> {
  const batch = batchOf(deps, argument);
  const tenant = tenantIn(deps, batch.tenantId);
  const asked = rowsIn(scope, batch.rows).join();
  const people = rowsIn(scope, batch.rows).length;
  const phrase = batchPhrase(batch, tenant.name, people);
  await attempt(t('Could not {0}', phrase), tenant.id, async () => {
    refuseReadOnly(tenant, OPERATION_OF[batch.action]);
    if (people === 0) {
      sayNothingDone(t('There is nobody to send'));
      return;
    }
    const { skipped, excluded } = countsOf(batch.rows);
    const requests = requestsFor(batch.action, people);
    const facts: readonly (PlainText | '')[] = [
      batch.silent ? silentWords(batch.silent.host) : '',
      t('{0}, {1}.', tenant.name, environmentWord(tenant)),
      effectSentences(batch, people),
      skipped + excluded > 0 && scope === 'planned' ? t('{0} are left out.', peopleWords(skipped + excluded)) : '',
      Date.now() - batch.createdAt > OLD
        ? t('The plan was made {0}.', age(new Date(batch.createdAt).toISOString()))
        : '',
      requests > 1 ? t('{0} requests, about {1}.', count(requests), duration(secondsFor(requests))) : '',
    ];
    const question = plain(`${phrase.charAt(0).toLocaleUpperCase()}${phrase.slice(1)}?`);
    await confirm(question, paragraphs(facts), effectButton(batch.action, people));
    if (batch.action === 'delete' && tenant.environment === 'production' && tenant.kind !== 'demo') {
      await confirmByCounting(
        question,
        people,
        t('{0} is a production tenant. Type the number of people to delete: {1}', tenant.name, String(people)),
      );
    }
    // Other hands may have been at it while the question was open: these very people, in a tenant that is as it was said.
    const changed = new ApiError('refused', t('The plan changed while the question was open'), { sent: false });
    if (rowsIn(scope, batchOf(deps, argument).rows).join() !== asked || deps.store.get(tenant.id) !== tenant)
      throw changed;
    await deps.batches.run(batch.id, scope, batch.silent ? 'silent' : 'free').catch((error: unknown) => {
      if (error instanceof PlanChanged) throw changed;
      if (!(error instanceof Locked)) throw error;
      throw new ApiError('refused', t('Another window runs it'), { sent: false });
    });
  });
}

/** What is known of a machine that may be sending this very moment. */
function silentWords(host: string): PlainText {
  return t(
    'This action was begun on another machine or in a container ({0}) that does not answer. Go on only if you know that it does not run there any more: people could be acted on twice.',
    host || t('its name is not known'),
  );
}

/** Stops a run or the making of a plan, at once: those who were not sent stay in the list and can be sent later. */
export function stopBatch(deps: CommandDeps, argument: unknown): void {
  const batch = batchOf(deps, argument);
  if (batch.phase === 'planning') deps.batches.cancelPlan(batch.id);
  else if (batch.phase === 'running' || batch.phase === 'paused') deps.batches.cancel(batch.id);
}

export function pauseBatch(deps: CommandDeps, argument: unknown): void {
  deps.batches.pause(batchOf(deps, argument).id);
}

/** Goes on with a paused run, after a question like that of the run: a page alone must not set it going. */
export async function resumeBatch(deps: CommandDeps, argument: unknown): Promise<void> {
  const batch = batchOf(deps, argument);
  if (batch.phase !== 'paused') return;
  const tenant = tenantIn(deps, batch.tenantId);
  const left = rowsIn('planned', batch.rows).length;
  const phrase = batchPhrase(batch, tenant.name, left);
  await attempt(t('Could not {0}', phrase), tenant.id, async () => {
    refuseReadOnly(tenant, OPERATION_OF[batch.action]);
    await confirm(
      t('Go on: {0}?', phrase),
      paragraphs([t('{0}, {1}.', tenant.name, environmentWord(tenant)), effectSentences(batch, left)]),
      t('Resume'),
    );
    deps.batches.resume(batch.id);
  });
}

/** Opens the panel of a batch; from the palette one is chosen. */
export async function openBatch(deps: CommandDeps, argument: unknown): Promise<void> {
  const named = batchIdIn(argument);
  if (named !== undefined) {
    deps.panels.openBatch(named);
    return;
  }
  const all = deps.batches.all();
  if (all.length === 0) {
    sayNothingDone(t('No action on many people was planned yet'));
    return;
  }
  const items = all.map((batch) => ({
    label: joined([actionWord(batch.action), plain(deps.store.get(batch.tenantId)?.name ?? '')], ' · '),
    description: summaryWords(batch.counts),
    detail: plain(batch.from),
    value: batch.id,
  }));
  deps.panels.openBatch(await pickOne(t('Open which?'), items));
}

/** Tells the end of a batch: what failed or is unknown always, what went well quietly where the person is at work. */
export function announceBatch(batch: Batch, tenantName: string): void {
  const counts = countsOf(batch.rows);
  const title = batchTitle(batch, tenantName);
  const text = t('{0}: {1}', title, summaryWords(counts));
  // Who is done may still have a warning beside the name.
  const warned = batch.rows.some(({ state, message }) => state === 'done' && message !== undefined);
  const well = counts.failed + counts.unknown + counts.planned === 0 && !warned;
  if (well && vscode.window.state.focused) say(text);
  else void offerResult(well ? showInformation : showWarning, text, batch.id);
}

async function offerResult(
  show: (text: PlainText, button: PlainText) => Thenable<PlainText | undefined>,
  text: PlainText,
  batchId: string,
): Promise<void> {
  const button = t('Show result');
  if ((await show(text, button)) === button) await vscode.commands.executeCommand(COMMANDS.batchOpen, { batchId });
}

/** Deletes the record of a batch that does not run any more, after saying what goes with it. What was sent stays sent. */
export async function deleteRecord({ batches, store }: CommandDeps, argument: unknown): Promise<void> {
  const id = batchIdIn(argument);
  if (id === undefined) return;
  const batch = batches.get(id);
  const title = batch ? batchTitle(batch, store.get(batch.tenantId)?.name ?? '') : t('a result that cannot be read');
  await confirm(
    t('Delete the record of "{0}"?', title),
    paragraphs([
      batch && t('{0}.', summaryWords(countsOf(batch.rows))),
      t('Nothing is undone in ISC. Who was acted on, and who was not, cannot be told from here any more.'),
    ]),
    t('Delete record'),
  );
  batches.remove(id);
}

/** The batch an argument names. @throws Failure when it is not known (any more) */
export function batchOf({ batches }: Pick<CommandDeps, 'batches'>, argument: unknown): Batch {
  const batch = batches.get(batchIdIn(argument) ?? '');
  if (batch) return batch;
  const why = new ApiError('notFound', t('it is not on record any more'), { sent: false });
  throw new Failure(t('Nothing was done'), why);
}

const ACTIONS: readonly BatchAction[] = ['synchronize', 'process', 'invite', 'verification', 'reset', 'delete'];

export function actionWord(action: BatchAction): PlainText {
  switch (action) {
    case 'synchronize':
      return t('Synchronize attributes');
    case 'process':
      return t('Process');
    case 'invite':
      return t('Invite');
    case 'verification':
      return t('Send password-reset mail');
    case 'reset':
      return t('Reset');
    case 'delete':
      return t('Delete');
  }
}
