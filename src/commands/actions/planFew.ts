import { countsOf, type Batch } from '../../actions/bulk/batch';
import type { PlanRequest } from '../../actions/bulk/options';
import type { Source } from '../../actions/bulk/resolveIdentities';
import { peopleText, skipText } from '../../actions/bulk/text';
import { actionOf } from '../../actions/catalog';
import { formatList } from '../../text/dates';
import { t } from '../../text/l10n';
import { paragraphs, plain, type PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { requireTenant } from '../tenants/pick';
import { inStatusBar } from '../ui/progress';
import { Cancelled, withErrorContext } from '../ui/report';
import { runBatch } from './run';

/** So few that a dialog can name every one of them: nobody needs a page to see whom it is about. */
const FEW = 20;

export function isFew(people: Source): boolean {
  return people.kind !== 'list' && entriesOf(people) <= FEW;
}

function entriesOf(people: Source): number {
  if (people.kind === 'list') return 0;
  return people.kind === 'people' ? people.people.length : people.texts.length + (people.unreadable?.length ?? 0);
}

/**
 * Plans an action on few identities and asks at once, naming every one. The button sends, and opens the page that tells what
 * becomes of each; "Show plan" opens the page and sends nothing. A plan that is dismissed is dropped.
 *
 * @throws CommandError, Cancelled
 */
export async function planFew(
  deps: Pick<CommandDeps, 'ui' | 'store' | 'batches' | 'panels'>,
  request: PlanRequest,
): Promise<void> {
  const { batches, panels, ui, store } = deps;
  const tenant = requireTenant({ store }, request.tenantId);
  const action = actionOf(request.action);
  const who = peopleText(entriesOf(request.people));
  await withErrorContext(t('Could not {0}', action.phrase(who, tenant.name, {})), tenant.id, async () => {
    const { id } = batches.plan(request);
    let shown = false;
    const showPlan = (): void => {
      shown = true;
      panels.openBatch(id);
    };
    try {
      await inStatusBar(ui, t('Planning: {0}', action.phrase(who, tenant.name, {})), (signal) =>
        untilPlanned(batches, id, signal),
      );
      const batch = batches.get(id);
      if (batch?.phase === 'failed' && batch.problem === undefined) throw new Cancelled();
      // Nobody left, or no plan at all: the page says why.
      if (batch?.phase !== 'planned' || countsOf(batch.rows).chosen === 0) {
        showPlan();
        return;
      }
      await runBatch(deps, { batchId: id }, 'planned', { names: namesText(batch), showPlan });
    } catch (error) {
      // Nobody saw the plan, and nothing of it was sent.
      if (!shown && (error instanceof Cancelled || batches.get(id)?.phase === 'planned')) batches.remove(id);
      throw error;
    }
    panels.openBatch(id);
  });
}

/** Until a plan is made, or cannot be. @throws Cancelled when it was given up */
function untilPlanned(
  batches: Pick<CommandDeps['batches'], 'get' | 'cancelPlan' | 'onDidChange'>,
  id: string,
  signal: AbortSignal,
) {
  signal.addEventListener('abort', () => batches.cancelPlan(id));
  return new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (batches.get(id)?.phase === 'planning') return;
      listening.dispose();
      if (signal.aborted) reject(new Cancelled());
      else resolve();
    };
    const listening = batches.onDidChange((changed) => {
      if (changed === id) look();
    });
    look();
  });
}

/** Everybody it is about, and everybody it is not, with the reason. */
function namesText({ rows }: Pick<Batch, 'rows'>): PlainText {
  const chosen = rows.flatMap(({ person, skip }) => (person && !skip ? [nameText(person)] : []));
  const left = rows.flatMap(({ person, skip, asked }) =>
    skip ? [t('{0}: {1}', person ? nameText(person) : asked, skipText(skip))] : [],
  );
  return paragraphs([t('{0}.', formatList(chosen)), left.length > 0 && t('Not included: {0}.', formatList(left))]);
}

/** Namesakes are told apart by their alias. */
function nameText({ name, alias }: { readonly name: string; readonly alias?: string }): PlainText {
  return alias === undefined || alias === name ? plain(name) : t('{0} ({1})', name, alias);
}
