import type { CallOptions } from '../../api/pipeline';
import type { Client } from '../../api/client';
import type { RoleAssignment } from '../../api/roleAssignments';
import { InFlight } from './inFlight';

/** How many role assignments are kept, over all identities. */
const MOST_KEPT = 2_000;

interface AssignmentKey {
  readonly tenantId: string;
  readonly identityId: string;
  readonly assignmentId: string;
}

/** Role assignments in full, shared by all panels: what one has read the others need not ask for. */
export interface AssignmentReader {
  /**
   * Who asks for one that is under way gets that answer.
   *
   * @param maxAgeMs an older one is read again. @throws ApiError as the client does; a failure is not kept
   */
  read(key: AssignmentKey, call: CallOptions, maxAgeMs: number): Promise<RoleAssignment>;
  /** What was read of this identity (of all identities of the tenant) may differ now. */
  forget(tenantId: string, identityId?: string): void;
  /** Tells of each that was read of the service and is kept. */
  onDidRead(listener: (key: AssignmentKey) => void): { dispose(): void };
}

export function assignmentReader(
  clients: { for(tenantId: string): Promise<Client> },
  now: () => number = Date.now,
): AssignmentReader {
  const kept = new Map<
    string,
    { readonly key: AssignmentKey; readonly at: number; readonly assignment: RoleAssignment }
  >();
  const flights = new InFlight<RoleAssignment>();
  const listeners = new Set<(key: AssignmentKey) => void>();
  /** Counts what was forgotten: an answer that was under way then is shown, but not kept. */
  let forgotten = 0;
  return {
    read: (key, call, maxAgeMs) => {
      const { tenantId, identityId, assignmentId } = key;
      const id = JSON.stringify([tenantId, identityId, assignmentId]);
      const known = kept.get(id);
      if (known && now() - known.at <= maxAgeMs) return Promise.resolve(known.assignment);
      return flights.join(id, call.signal, async (signal) => {
        const before = forgotten;
        const client = await clients.for(tenantId);
        const assignment = await client.roleAssignments.get(identityId, assignmentId, { ...call, signal });
        if (before === forgotten) {
          kept.delete(id);
          kept.set(id, { key, at: now(), assignment });
          for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
          for (const listener of listeners) listener(key);
        }
        return assignment;
      });
    },
    forget: (tenantId, identityId) => {
      forgotten += 1;
      flights.forget();
      for (const [id, { key }] of kept) {
        if (key.tenantId === tenantId && (identityId === undefined || key.identityId === identityId)) kept.delete(id);
      }
    },
    onDidRead: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
