/** What the batches of a window are made with. */
import type { ApiLog, Client } from '../../api/client';
import type { OwnershipAssociation } from '../../api/identities';
import type { Mail } from '../action';
import type { ActionId } from '../catalog';
import type { Batch, BatchPerson } from './batch';
import type { AskNamesake } from './namesakes';
import type { Source } from './resolveIdentities';
import type { Records } from './records';

export interface PlanRequest {
  readonly tenantId: string;
  readonly action: ActionId;
  readonly mail?: Mail | undefined;
  /** Where the people come from, in words. */
  readonly from: string;
  readonly people: Source;
}

/** What was to be sent is not what it was a moment ago. */
export class PlanChangedError extends Error {}

export interface BatchStoreOptions {
  readonly records: Records;
  readonly client: (tenantId: string) => Promise<Client>;
  /** What somebody owns, in words; empty for nothing. */
  readonly describeOwnership: (associations: readonly OwnershipAssociation[]) => string;
  /** Why it failed for one person, as a sentence. */
  readonly describeFailure: (error: unknown) => string;
  /** Why there is no plan, or why the run paused or stopped, as a sentence. */
  readonly describeProblem: (error: unknown) => string;
  /** Asks who is meant by a name that fits several, for a plan; absent: those are skipped. */
  readonly chooseNamesake?: (batch: Batch, ...about: Parameters<AskNamesake>) => ReturnType<AskNamesake>;
  /** The service's task that works on these people of the batch. */
  readonly follow: (batch: Batch, taskId: string, people: readonly BatchPerson[]) => void;
  /** These people are deleted, or may differ now. */
  readonly onIdentitiesChanged: (kind: 'deleted' | 'many', tenantId: string, identityIds: readonly string[]) => void;
  /** A run came to its end, and so did the tasks of the service that it started. */
  readonly onEnded: (batch: Batch) => void;
  /** Days that hidden results stay on record. */
  readonly keepDays?: () => number;
  readonly log: Pick<ApiLog, 'warn'>;
  readonly now?: () => number;
}
