import { nextStep } from '../../actions/bulk/batch';
import { requireTenant } from '../tenants/pick';
import { unlockTenant } from '../tenants/tenants';
import type { CommandDeps } from '../ui/deps';
import { batchOf, loadBatch, resumeBatch, runBatch } from './run';

/**
 * Unlocks the tenant of a batch and goes on with the question that the tenant was in the way of. That question names what is sent
 * and must be answered: unlocking alone sends nothing.
 *
 * @throws Cancelled when the tenant stays read-only
 */
export async function unlockBatch(
  deps: Pick<CommandDeps, 'ui' | 'store' | 'batches'>,
  argument: unknown,
): Promise<void> {
  const { tenantId } = await loadBatch(deps, argument);
  const tenant = requireTenant(deps, tenantId);
  if (tenant.readOnly) await unlockTenant(deps, tenant);
  // Removed, or locked once more by another window, while the question was open.
  if (deps.store.get(tenantId)?.readOnly !== false) return;
  const step = nextStep(batchOf(deps, argument));
  if (step === 'resume') await resumeBatch(deps, argument);
  else if (step !== undefined) await runBatch(deps, argument, step);
}
