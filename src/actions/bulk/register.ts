import type * as vscode from 'vscode';
import type { ApiLog, Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { actionOf } from '../catalog';
import type { Batch } from './batch';
import { BatchStore } from './batchStore';
import type { AskNamesake } from './namesakes';
import { TooManyIdentitiesError } from './resolveIdentities';
import { tooManyText } from './text';
import { batchRecords, LockedError } from './records';
import { startedTask } from '../../tasks/task';
import type { Tracker } from '../../tasks/tracker';
import type { IdentityChange } from '../../tenants/identityChange';
import type { Tenant } from '../../tenants/tenant';
import { errorReason, errorText } from '../../text/errors';
import { ownershipText } from '../../text/ownership';
import { problemOf } from '../../storage/problem';
import { t } from '../../text/l10n';

export interface BatchesDeps {
  readonly folder: string;
  readonly tenants: {
    get(id: string): Tenant | undefined;
    readonly removed: ReadonlySet<string>;
    readonly onDidRemove: vscode.Event<string>;
  };
  readonly clients: { for(tenantId: string): Promise<Client> };
  readonly tracker: () => Pick<Tracker, 'follow'>;
  readonly changes: vscode.EventEmitter<IdentityChange>;
  /** Days that hidden results stay on record. */
  readonly keepDays: () => number;
  /** Tells a person that one has ended. */
  readonly announce: (batch: Batch, tenantName: string) => void;
  /** Asks a person who is meant by a name that fits several. */
  readonly chooseNamesake: (
    batch: Batch,
    tenantName: string,
    ...about: Parameters<AskNamesake>
  ) => ReturnType<AskNamesake>;
  readonly log: ApiLog;
}

/** People whose change is told one by one; of more, lists are read again instead. */
const FEW = 10;

/** Makes the one place that plans and runs actions on many people, and ties it to tasks, words and change event. */
export function registerBatches({
  folder,
  tenants,
  clients,
  tracker,
  changes,
  keepDays,
  announce,
  chooseNamesake,
  log,
}: BatchesDeps): BatchStore {
  const nameOf = ({ tenantId }: Batch): string => tenants.get(tenantId)?.name ?? tenantId;
  const batches: BatchStore = new BatchStore({
    records: batchRecords(folder, log, (id) => batches.recounted(id)),
    client: (tenantId) => clients.for(tenantId),
    describeOwnership: ownershipText,
    describeFailure: errorReason,
    describeProblem: trouble,
    follow: ({ id, tenantId, action }, taskId, people) => {
      const kind = actionOf(action).startsTask ?? 'process';
      tracker().follow(startedTask(tenantId, kind, taskId, people, { batchId: id }));
    },
    onIdentitiesChanged: (kind, tenantId, ids) => {
      if (kind === 'many' && ids.length > FEW) changes.fire({ kind: 'identity', tenantId });
      else
        for (const identityId of ids) changes.fire({ kind: kind === 'many' ? 'identity' : kind, tenantId, identityId });
    },
    onEnded: (batch) => {
      announce(batch, nameOf(batch));
    },
    chooseNamesake: (batch, ...about) => chooseNamesake(batch, nameOf(batch), ...about),
    keepDays,
    log,
  });
  const forget = (tenantId: string): void => {
    batches.forget(tenantId);
  };
  tenants.removed.forEach(forget);
  tenants.onDidRemove(forget);
  return batches;
}

function trouble(error: unknown): string {
  if (error instanceof TooManyIdentitiesError) return tooManyText();
  // A request is held back when it cannot be put on record first; the system's own words say why.
  const why = ApiError.is(error, 'cancelled') && error.cause instanceof Error ? error.cause : error;
  if (why instanceof LockedError) return t('It is now running in another window. Nothing more is sent from this one.');
  return why === error
    ? errorText(error, t('Could not continue'))
    : t('The record cannot be written: {0}', problemOf(why));
}
