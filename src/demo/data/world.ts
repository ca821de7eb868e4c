import type { Identity } from '../../api/identities';
import { attributesOf, type CurrentState } from './attributes';
import { createPeople, type People } from './people';
import { hash32 } from './random';
import { createRoles, type DemoRole } from './roleCatalog';

const DAY = 86_400_000;

/** What an action changed about one person; everything else stays computed. */
interface Change {
  status?: string;
  processingError?: boolean;
  lastRefresh?: number;
  modified?: number;
  mails?: number;
  lastSync?: number;
}

/** Everything the demo tenant knows: computed people, and what was changed or deleted since it started. */
export interface World {
  readonly people: People;
  readonly roles: readonly DemoRole[];
  now(): number;
  /** Start of the day (UTC) all dates are relative to. */
  today(): number;
  /** Goes up whenever a change may alter which rows a list has. */
  revision(): number;
  exists(index: number): boolean;
  /** The index of a person who exists. */
  find(id: string): number | undefined;
  status(index: number): string;
  processingError(index: number): boolean;
  change(index: number): Readonly<Change>;
  update(index: number, change: Change): void;
  delete(index: number): void;
  deletedCount(): number;
  identity(index: number): Identity;
  state(index: number): CurrentState;
  ref(index: number): { type: 'IDENTITY'; id: string; name: string };
}

export function createWorld(options: { identities: number; seed: number; now: () => number }): World {
  const { seed, now } = options;
  const people = createPeople(options);
  const roles = createRoles(seed);
  const changes = new Map<number, Change>();
  const deleted = new Set<number>();
  let revision = 0;

  const today = (): number => Math.floor(now() / DAY) * DAY;
  const exists = (index: number): boolean => index >= 0 && index < people.size && !deleted.has(index);
  const status = (index: number): string => changes.get(index)?.status ?? people.status(index);
  const processingError = (index: number): boolean =>
    changes.get(index)?.processingError ?? people.processingError(index);
  const lastRefresh = (index: number): number =>
    changes.get(index)?.lastRefresh ?? today() - (hash32(seed, index, 20) % 720) * 60_000;

  const state = (index: number): CurrentState => ({
    status: status(index),
    lifecycle: people.lifecycle(index),
    lastRefresh: lastRefresh(index),
  });
  const ref = (index: number): { type: 'IDENTITY'; id: string; name: string } => ({
    type: 'IDENTITY',
    id: people.id(index),
    name: people.name(index).display,
  });

  return {
    people,
    roles,
    now,
    today,
    revision: () => revision,
    exists,
    find(id) {
      const index = people.indexOfId(id);
      return index !== undefined && exists(index) ? index : undefined;
    },
    status,
    processingError,
    change: (index) => changes.get(index) ?? {},
    update(index, change) {
      const before = [status(index), processingError(index)];
      changes.set(index, { ...changes.get(index), ...change });
      if (before[0] !== status(index) || before[1] !== processingError(index)) revision++;
    },
    delete(index) {
      changes.delete(index);
      deleted.add(index);
      revision++;
    },
    deletedCount: () => deleted.size,
    state,
    ref,
    identity(index) {
      const current = state(index);
      const manager = people.manager(index);
      const created = today() - (20 + (hash32(seed, index, 21) % 1500)) * DAY;
      const correlated = people.isCorrelated(index);
      return {
        id: people.id(index),
        name: people.name(index).display,
        created: new Date(created).toISOString(),
        modified: new Date(changes.get(index)?.modified ?? current.lastRefresh).toISOString(),
        alias: people.alias(index),
        emailAddress: people.email(index),
        processingState: processingError(index) ? 'ERROR' : correlated ? 'OK' : null,
        identityStatus: current.status,
        managerRef: manager !== undefined && exists(manager) ? ref(manager) : null,
        isManager: people.isManager(index),
        lastRefresh: new Date(current.lastRefresh).toISOString(),
        attributes: attributesOf(people, index, today(), current),
        lifecycleState:
          current.lifecycle === null
            ? null
            : { stateName: current.lifecycle, manuallyUpdated: hash32(seed, index, 22) % 30 === 0 },
      };
    },
  };
}
