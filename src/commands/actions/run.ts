import { actionOf } from '../../actions/catalog';
import { type Scope, rowsIn, countsOf, requestsFor, type Batch } from '../../actions/bulk/batch';
import { secondsFor } from '../../api/rateLimit';
import { LockedError } from '../../actions/bulk/lock';
import { PlanChangedError } from '../../actions/bulk/options';
import { batchPhrase, effectText, peopleText, effectButton, summaryText, batchTitle } from '../../actions/bulk/text';
import { ApiError } from '../../api/errors';
import { environmentText } from '../../tenants/text';
import { formatAge, formatNumber, formatDuration } from '../../text/dates';
import { capital, plural, t } from '../../text/l10n';
import { type PlainText, plain, paragraphs, joined } from '../../text/plain';
import { requireTenant } from '../tenants/pick';
import { batchIdIn } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';
import { showNothingDone } from '../ui/progress';
import { confirm, confirmByTypingNumber, pickOne } from '../ui/prompts';
import { withErrorContext, CommandError } from '../ui/report';
import { assertStillAsSaid } from './onOne';
import { assertWritable } from './subject';

/** Milliseconds after which a plan is not what the person saw a moment ago: people may have changed since. */
const STALE_PLAN_MS = 3_600_000;

/** What the question has beyond that of a plan on the screen. */
export interface AskedAtOnce {
  /** Everybody it is about. */
  readonly names?: PlainText;
  /** Shows the plan instead of sending. */
  readonly showPlan?: () => void;
}

/** Sends what is planned, or what failed, after the question that names tenant, environment, action and number. */
export async function runBatch(
  deps: Pick<CommandDeps, 'ui' | 'store' | 'batches'>,
  argument: unknown,
  scope: Scope,
  { names, showPlan }: AskedAtOnce = {},
): Promise<void> {
  const batch = await loadBatch(deps, argument);
  const tenant = requireTenant(deps, batch.tenantId);
  const asked = rowsIn(scope, batch.rows).join();
  const people = rowsIn(scope, batch.rows).length;
  const phrase = batchPhrase(batch, tenant.name, people);
  await withErrorContext(t('Could not {0}', phrase), tenant.id, async () => {
    assertWritable(tenant, actionOf(batch.action).operation);
    if (people === 0) {
      showNothingDone(deps.ui, t('Nothing to send'));
      return;
    }
    const { skipped, excluded } = countsOf(batch.rows);
    const requests = requestsFor(batch.action, people);
    const facts: readonly (PlainText | '')[] = [
      batch.silent ? silentWords(batch.silent.host) : '',
      t('Tenant: {0} ({1}).', tenant.name, environmentText(tenant)),
      effectText(batch, people),
      names ?? '',
      names === undefined && skipped + excluded > 0 && scope === 'planned'
        ? t('Not included: {0}.', peopleText(skipped + excluded))
        : '',
      Date.now() - batch.createdAt > STALE_PLAN_MS
        ? t('The plan was created {0}.', formatAge(new Date(batch.createdAt).toISOString()))
        : '',
      plural(requests, {
        one: () => plain(''),
        other: () => t('{0} requests, about {1}.', formatNumber(requests), formatDuration(secondsFor(requests))),
      }),
    ];
    const question = plain(`${capital(phrase)}?`);
    await confirm(
      deps.ui,
      question,
      paragraphs(facts),
      effectButton(batch.action, people),
      showPlan && { label: t('Show plan'), run: showPlan },
    );
    if (actionOf(batch.action).removes && tenant.environment === 'production' && tenant.kind !== 'demo') {
      await confirmByTypingNumber(
        deps.ui,
        question,
        people,
        t(
          '{0} is a production tenant. To confirm deletion, type the number of identities: {1}',
          tenant.name,
          String(people),
        ),
      );
    }
    assertStillWritable(deps, batch);
    // Other hands may have been at it while the question was open: these very people, in a tenant that is as it was said.
    const changed = new ApiError('refused', t('the plan changed while you were confirming'), { sent: false });
    if (rowsIn(scope, batchOf(deps, argument).rows).join() !== asked || deps.store.get(tenant.id) !== tenant)
      throw changed;
    await deps.batches.run(batch.id, scope, batch.silent ? 'silent' : 'free').catch((error: unknown) => {
      if (error instanceof PlanChangedError) throw changed;
      if (!(error instanceof LockedError)) throw error;
      throw new ApiError('refused', t('it is running in another window'), { sent: false });
    });
  });
}

/** What is known of a machine that may be sending this very moment. */
function silentWords(host: string): PlainText {
  return t(
    'This bulk action was started on another machine or in a container ({0}) that is not responding. Continue only if you know that it is no longer running there: identities could be acted on twice.',
    host || t('name unknown'),
  );
}

/** Stops a run or the making of a plan, at once: those who were not sent stay in the list and can be sent later. */
export function stopBatch(deps: Pick<CommandDeps, 'batches'>, argument: unknown): void {
  const batch = batchOf(deps, argument);
  if (batch.phase === 'planning') deps.batches.cancelPlan(batch.id);
  else if (batch.phase === 'running' || batch.phase === 'paused') deps.batches.cancel(batch.id);
}

export function pauseBatch(deps: Pick<CommandDeps, 'batches'>, argument: unknown): void {
  deps.batches.pause(batchOf(deps, argument).id);
}

/** Goes on with a paused run, after a question like that of the run: a page alone must not set it going. */
export async function resumeBatch(
  deps: Pick<CommandDeps, 'ui' | 'store' | 'batches'>,
  argument: unknown,
): Promise<void> {
  const batch = batchOf(deps, argument);
  if (batch.phase !== 'paused') return;
  const tenant = requireTenant(deps, batch.tenantId);
  const left = rowsIn('planned', batch.rows).length;
  const phrase = batchPhrase(batch, tenant.name, left);
  await withErrorContext(t('Could not {0}', phrase), tenant.id, async () => {
    assertWritable(tenant, actionOf(batch.action).operation);
    await confirm(
      deps.ui,
      t('Resume: {0}?', phrase),
      paragraphs([t('Tenant: {0} ({1}).', tenant.name, environmentText(tenant)), effectText(batch, left)]),
      t('Resume'),
    );
    assertStillAsSaid(deps, tenant, actionOf(batch.action));
    deps.batches.resume(batch.id);
  });
}

/** Its unlocking may have ended, or it may have been removed, while a question was open. @throws ApiError */
function assertStillWritable(deps: Pick<CommandDeps, 'store'>, { tenantId, action }: Batch): void {
  assertWritable(requireTenant(deps, tenantId), actionOf(action).operation);
}

/** Opens the panel of a batch; from the palette one is chosen. */
export async function openBatch(
  deps: Pick<CommandDeps, 'ui' | 'store' | 'batches' | 'panels'>,
  argument: unknown,
): Promise<void> {
  const named = batchIdIn(argument);
  if (named !== undefined) {
    deps.panels.openBatch(named);
    return;
  }
  const all = deps.batches.all();
  if (all.length === 0) {
    showNothingDone(deps.ui, t('No bulk actions yet'));
    return;
  }
  const items = all.map((batch) => ({
    label: joined([actionOf(batch.action).label(), plain(deps.store.get(batch.tenantId)?.name ?? '')], ' · '),
    description: summaryText(batch.counts),
    detail: plain(batch.from),
    value: batch.id,
  }));
  deps.panels.openBatch(await pickOne(deps.ui, t('Open which bulk action?'), items));
}

/** Deletes the record of a batch that does not run any more, after saying what goes with it. What was sent stays sent. */
export async function deleteRecord(
  { ui, batches, store }: Pick<CommandDeps, 'ui' | 'store' | 'batches'>,
  argument: unknown,
): Promise<void> {
  const id = batchIdIn(argument);
  if (id === undefined) return;
  const batch = await batches.load(id);
  const title = batch ? batchTitle(batch, store.get(batch.tenantId)?.name ?? '') : t('an unreadable result');
  await confirm(
    ui,
    t('Delete the record of "{0}"?', title),
    paragraphs([
      batch && t('{0}.', summaryText(countsOf(batch.rows))),
      t(
        'Nothing is undone in ISC. You will no longer be able to see here which identities were acted on and which were not.',
      ),
    ]),
    t('Delete record'),
  );
  await withErrorContext(t('Could not delete the record of "{0}"', title), batch?.tenantId, () => {
    try {
      batches.remove(id);
      return Promise.resolve();
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      throw new ApiError('refused', t('it is running in another window'), { sent: false });
    }
  });
}

/** The batch an argument names, as this window knows it. @throws CommandError when it is not known (any more) */
export function batchOf({ batches }: Pick<CommandDeps, 'batches'>, argument: unknown): Batch {
  const id = batchIdIn(argument);
  return known(id === undefined ? undefined : batches.get(id));
}

/** As `batchOf`, for one whose record may have to be read first. */
export async function loadBatch({ batches }: Pick<CommandDeps, 'batches'>, argument: unknown): Promise<Batch> {
  const id = batchIdIn(argument);
  return known(id === undefined ? undefined : await batches.load(id));
}

function known(batch: Batch | undefined): Batch {
  if (batch) return batch;
  const why = new ApiError('notFound', t('the bulk action is no longer on record'), { sent: false });
  throw new CommandError(t('Nothing was done'), why);
}
