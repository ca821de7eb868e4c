/** What one request of a batch does, and what its outcome means for the people in it. */
import type { CallOptions, Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { mayHaveHappened } from '../../api/uncertainty';
import type { Mail } from '../action';
import { t } from '../../text/l10n';
import { actionOf, type ActionId } from '../catalog';
import type { BatchPerson, RowState } from './batch';

/** What became of the people of one request. */
export interface Outcome {
  readonly state: Extract<RowState, 'done' | 'started' | 'failed' | 'unknown'>;
  readonly taskId?: string;
  readonly message?: string;
  readonly trackingId?: string;
}

/**
 * Sends one request about these people. What the service answered beside a task is let go: it may be for one person's eyes.
 *
 * @throws ApiError as the API module does
 */
export async function sendRequest(
  client: Client,
  { action, mail }: { readonly action: ActionId; readonly mail?: Mail | undefined },
  people: readonly BatchPerson[],
  call: CallOptions,
): Promise<Outcome> {
  const { send, startsTask } = actionOf(action);
  const ids = people.map(({ id }) => id);
  const { taskId, already } = await send(client, ids, { mail }, call);
  return {
    state: startsTask ? 'started' : 'done',
    ...(taskId === undefined ? {} : { taskId }),
    ...(already ? { message: t('It had already been done.') } : {}),
  };
}

/**
 * What a failure means for the run. `outcome`: these people are through with it. `again`: surely not carried out, to be
 * tried again after a while. `pause`: surely not carried out, and nothing else would be either for now. `stop`: surely
 * not carried out, and the same would come for everybody.
 */
export type Verdict =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'stop' };

/** A 429 without a time, and the wait between two synchronizations of a person. */
const WAIT_MS = 10_000;

export function classifyError(error: unknown, describe: (error: unknown) => string): Verdict {
  const failed = (state: 'failed' | 'unknown'): Verdict => ({
    kind: 'outcome',
    outcome: { state, message: describe(error), ...trackingOf(error) },
  });
  if (!ApiError.is(error)) return failed('unknown');
  if (mayHaveHappened(error)) return failed('unknown');
  switch (error.reason) {
    case 'auth':
    case 'forbidden':
    case 'readOnly':
    case 'certificate':
    case 'unsupported':
    case 'cancelled':
      return { kind: 'stop' };
    case 'network':
    case 'timeout':
      return { kind: 'pause' };
    case 'rateLimited':
      return { kind: 'again', afterMs: error.details.retryAfterMs ?? WAIT_MS };
    default:
      // The token endpoint may fail as well (no operation): nothing was sent, and nothing can be for now.
      return error.details.operation === undefined ? { kind: 'pause' } : failed('failed');
  }
}

function trackingOf(error: unknown): { readonly trackingId?: string } {
  const trackingId = ApiError.is(error) ? error.details.trackingId : undefined;
  return trackingId === undefined ? {} : { trackingId };
}
