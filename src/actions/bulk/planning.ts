import type { OpenBatch } from './openBatch';
import type { BatchStoreOptions } from './options';
import type { Source } from './resolveIdentities';
import { planRows } from './plan';

/** Makes the plan of a batch: its rows come into it as a whole, or the reason why there are none. Does not throw. */
export async function makePlan(
  held: OpenBatch,
  people: Source,
  {
    describeOwnership: owned,
    describeFailure: reason,
    client,
    describeProblem: trouble,
    chooseNamesake,
  }: Pick<BatchStoreOptions, 'describeOwnership' | 'describeFailure' | 'client' | 'describeProblem' | 'chooseNamesake'>,
): Promise<void> {
  const { tenantId, action, mail } = held.batch;
  const planning = (held.planning = new AbortController());
  const { signal } = planning;
  try {
    const rows = await planRows({
      client: await client(tenantId),
      action,
      mail,
      people,
      owned,
      failed: reason,
      choose:
        chooseNamesake &&
        (async (question, asking) => {
          const answer = await chooseNamesake(held.batch, question, asking);
          if (answer !== 'cancel') return answer;
          planning.abort();
          throw signal.reason;
        }),
      reading: {
        signal,
        progress: (done, of) => {
          held.update({ planProgress: { done, of } });
        },
        cameShort: (missing) => {
          held.update({ missing });
        },
      },
    });
    for (const row of rows) held.rows.push(row);
    held.update({ phase: 'planned' });
  } catch (error) {
    held.update(signal.aborted ? { phase: 'failed' } : { phase: 'failed', problem: trouble(error) });
  } finally {
    held.planning = undefined;
  }
}
