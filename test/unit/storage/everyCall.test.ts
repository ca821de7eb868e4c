/**
 * Every store, at every call of the file system of everything it does: the call fails, the disk fails from there on, the window is
 * killed there, or another window does something in between. What was kept before is there afterwards, as before or as after; what
 * fails is thrown to who asked or said in the log, in words of our own.
 */
import assert from 'node:assert/strict';
import fs, { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { takeLock, LockedError, type Lock } from '../../../src/actions/bulk/lock';
import { openGrowingFile } from '../../../src/storage/growingFile';
import { problemOf } from '../../../src/storage/problem';
import { sharedUse } from '../../../src/storage/sharedUse';
import { startedTask, type FollowedTask } from '../../../src/tasks/task';
import { taskFiles } from '../../../src/tasks/taskFiles';
import { TenantFiles } from '../../../src/tenants/files';
import type { StoredTenant } from '../../../src/tenants/tenant';
import { Dead, onFaultyDisk, systemError, watchingDisk, type Fault } from './faultyDisk';
import { storedTenant } from '../tenants/storedTenant';

/** Full, read-only, forbidden, broken, too many files open. */
const CODES = ['ENOSPC', 'EROFS', 'EACCES', 'EIO', 'EMFILE'] as const;

let folder: string;
let lines: string[];
const log = { warn: (line: string) => void lines.push(line) };
beforeEach(() => {
  lines = [];
  folder = mkdtempSync(join(tmpdir(), 'isc-identities-calls-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tenant = (patch: Partial<StoredTenant> = {}): StoredTenant =>
  storedTenant({ name: 'Walter White Inc', ...patch });
const tenants = (): TenantFiles => new TenantFiles(join(folder, 'tenants'), log);
const tasks = () => taskFiles(join(folder, 'tasks'), log);
const TASK = startedTask('acme', 'process', 'task-1', [{ id: 'i', name: 'Walter White' }], { now: 1 });

/** Something a store does, and what must be true of the disk afterwards whatever happened meanwhile. */
interface Deed {
  /** What is there before. */
  readonly before?: () => void;
  readonly run: () => void;
  /** As a window that opens now reads it; `done`: it was said to be done. */
  readonly holds: (done: boolean) => void;
  /** What a store says never throws. */
  readonly throws: boolean;
}

const known = tenant();
const other = tenant({ name: 'Other', order: 2 });
const added = tenant({ name: 'Added', order: 3 });
const readNames = (): readonly string[] => [...tenants().read().tenants.values()].map(({ name }) => name).sort();
const putTenants = (): void => {
  for (const each of [known, other]) tenants().write(each);
};

const DEEDS: Readonly<Record<string, Deed>> = {
  'a tenant is added': {
    before: putTenants,
    run: () => void tenants().write(added),
    holds: (done) => {
      const names = readNames();
      assert.deepEqual(
        names.filter((name) => name !== 'Added'),
        ['Other', known.name],
      );
      if (done) assert.ok(names.includes('Added'));
    },
    throws: true,
  },
  'a tenant is renamed': {
    before: putTenants,
    run: () => void tenants().write({ ...known, name: 'Renamed' }),
    holds: (done) => {
      assert.ok(readNames().includes('Other'));
      const { name } = tenants().read().tenants.get(known.id) ?? {};
      assert.ok(name === 'Renamed' || (!done && name === known.name), name);
      assert.deepEqual(tenants().read().unreadable, []);
    },
    throws: true,
  },
  'a tenant is removed': {
    before: putTenants,
    run: () => tenants().remove(known.id),
    holds: (done) => {
      const { tenants: left, removed } = tenants().read();
      assert.ok(left.has(other.id));
      assert.equal(left.has(known.id), !removed.has(known.id), 'it is there, or marked');
      if (done) assert.ok(removed.has(known.id));
    },
    throws: true,
  },
  'an adding is begun and ended': {
    before: putTenants,
    run: () => {
      tenants().beginAdding(added.id);
      tenants().write(added);
      tenants().endAdding(added.id);
    },
    holds: () => assert.ok(readNames().includes('Other')),
    throws: true,
  },
  'a task is remembered': {
    run: () => tasks().write({ ...TASK, percent: 50 }),
    before: () => tasks().write(TASK),
    holds: () => {
      const [read, ...more] = tasks().read();
      assert.ok(read?.id === TASK.id && more.length === 0);
      assert.ok(read.percent === 50 || read.percent === undefined);
    },
    throws: false,
  },
  'a task is forgotten': {
    before: () => tasks().write(TASK),
    run: () => tasks().remove(TASK),
    holds: () =>
      assert.ok(
        tasks()
          .read()
          .every(({ id }) => id === TASK.id),
      ),
    throws: false,
  },
  'the end of a task is claimed': {
    before: () => tasks().write(TASK),
    run: () => assert.equal(tasks().claimEnd(TASK), true),
    holds: () => assert.equal(tasks().read().length, 1),
    throws: false,
  },
  'a request is told to other windows': {
    run: () => {
      const use = sharedUse(join(folder, 'rate'))('client');
      use.note();
      use.others();
    },
    holds: () => assert.ok(sharedUse(join(folder, 'rate'))('client').others().length <= 1),
    throws: false,
  },
};

describe('every store, at every call of the file system', () => {
  for (const [name, deed] of Object.entries(DEEDS)) {
    it(`${name}: nothing that was kept is lost, and what fails is said`, () => {
      const at = (fault: Fault): boolean => {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        deed.before?.();
        lines = [];
        const { calls, error } = onFaultyDisk(fault, deed.run);
        const where = JSON.stringify(fault);
        const isOurs =
          error instanceof Dead || (error instanceof Error && 'code' in error && error.code === fault.code);
        assert.ok(
          error === undefined || (isOurs && (deed.throws || error instanceof Dead)),
          `${where}: ${String(error)}`,
        );
        deed.holds(error === undefined && fault.how !== 'dead' && lines.length === 0);
        for (const line of lines) assert.doesNotMatch(line, /Walter|isc-identities-calls|it failed/, where);
        assert.doesNotMatch(problemOf(error), /isc-identities-calls/);
        return calls >= fault.at;
      };
      let points = 0;
      for (const how of ['once', 'on', 'dead'] as const) {
        for (const code of how === 'dead' ? ['EIO'] : CODES) {
          for (let n = 1; at({ how, code, at: n }); n++) points++;
        }
      }
      assert.ok(points > 20, String(points));
    });
  }

  it('a disk that is full says so of a task, until one can be remembered again', () => {
    const memory = tasks();
    onFaultyDisk({ how: 'on', code: 'ENOSPC', at: 1 }, () => memory.write(TASK));
    assert.equal(memory.problem, 'the disk is full');
    memory.write(TASK);
    assert.equal(memory.problem, undefined);
    fs.writeFileSync(join(folder, 'tasks', 'odd.json'), '{');
    memory.read();
    assert.equal(memory.unreadable, 1);
  });
});

describe('two windows, one working at every call of the other', () => {
  /** What the first window does, and what the second does while the first is in the middle of it. */
  const meet = (first: () => void, second: () => void, before: () => void, holds: (where: string) => void): void => {
    const run = (at: number): number => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      before();
      const { error, calls } = watchingDisk(first, (call) => {
        if (call === at) second();
      });
      assert.equal(error, undefined, `at call ${String(at)}`);
      return calls;
    };
    const alone = run(0);
    assert.ok(alone > 2, String(alone));
    for (let n = 1; n <= alone; n++) {
      // By what the other one did, it may have ended before its n-th call.
      if (run(n) >= n) holds(`at call ${String(n)}`);
    }
  };

  it('a tenant that one removes stays removed, whatever the other writes of it', () => {
    const removed = (where: string): void => {
      assert.deepEqual(readNames(), ['Other'], where);
      assert.ok(tenants().read().removed.has(known.id), where);
    };
    const rename = (): void => void tenants().write({ ...known, name: 'Renamed' });
    const remove = (): void => tenants().remove(known.id);
    meet(rename, remove, putTenants, removed);
    meet(remove, rename, putTenants, removed);
    meet(remove, remove, putTenants, removed);
  });

  it('tenants that both add are both there', () => {
    const another = tenant({ name: 'Another', order: 3 });
    meet(
      () => void tenants().write(added),
      () => void tenants().write(another),
      putTenants,
      (where) => assert.deepEqual(readNames(), ['Added', 'Another', 'Other', known.name], where),
    );
  });

  it('of a tenant that both change one change stays, whole', () => {
    meet(
      () => void tenants().write({ ...known, name: 'One' }),
      () => void tenants().write({ ...known, name: 'Two' }),
      putTenants,
      (where) => {
        const { name } = tenants().read().tenants.get(known.id) ?? {};
        assert.ok(name === 'One' || name === 'Two', where);
        assert.deepEqual(tenants().read().unreadable, [], where);
      },
    );
  });

  it('the end of a task is told by one of them', () => {
    let claims: boolean[] = [];
    const claim = (): void => void claims.push(tasks().claimEnd(TASK));
    meet(
      claim,
      claim,
      () => {
        claims = [];
        tasks().write(TASK);
      },
      (where) => assert.deepEqual(claims.sort(), [false, true], where),
    );
  });

  it('a task that one writes and the other forgets is whole, or gone', () => {
    meet(
      () => tasks().write({ ...TASK, percent: 50 }),
      () => tasks().remove(TASK),
      () => tasks().write(TASK),
      (where) => {
        const read: readonly FollowedTask[] = tasks().read();
        assert.ok(
          read.every(({ percent }) => percent === 50),
          where,
        );
        assert.deepEqual(lines, [], where);
      },
    );
  });

  it('requests that both send are counted by both', () => {
    const now = (): number => 1_000_000;
    const open = () => sharedUse(join(folder, 'rate'), now)('client');
    let [one, two] = [open(), open()];
    meet(
      () => one.note(),
      () => two.note(),
      () => {
        [one, two] = [open(), open()];
      },
      (where) => assert.deepEqual([one.others().length, two.others().length], [1, 1], where),
    );
  });

  it('the lock of a record is held by one of them at most', () => {
    let held: Lock[] = [];
    const take = (): void => {
      try {
        held.push(takeLock(folder));
      } catch (error) {
        if (!(error instanceof LockedError)) throw error;
      }
    };
    const one = (where: string): void => {
      assert.ok(held.filter((lock) => lock.isOurs()).length <= 1, where);
      // Nobody is kept out by two who met: one of them holds it, or it is free again.
      if (!held.some((lock) => lock.isOurs())) assert.ok(takeLock(folder).isOurs(), where);
    };
    const begin = (): void => {
      held = [];
    };
    meet(take, take, begin, one);
    const earlier = (): void => {
      begin();
      takeLock(folder).release();
    };
    meet(take, take, earlier, one);
  });
});

describe('the unfinished file of an export', () => {
  const target = (): string => join(folder, 'people.csv');
  const CALLS = ['open', 'stat', 'rename'] as const;
  const ON_FILE = ['appendFile', 'sync', 'close'] as const;

  /** Fails at the n-th call. @returns the calls */
  async function export_(at: number, code: string): Promise<number> {
    const promises = fs.promises as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const real = Object.fromEntries(CALLS.map((name) => [name, promises[name]]));
    let calls = 0;
    const due = (name: string): void => {
      if (++calls === at) throw systemError(code, name);
    };
    for (const name of CALLS) {
      promises[name] = async (...args) => {
        due(name);
        const made = await real[name]?.(...args);
        if (name === 'open') {
          const handle = made as Record<string, (...given: unknown[]) => Promise<unknown>>;
          for (const each of ON_FILE) {
            const call = handle[each]?.bind(handle);
            handle[each] = (...given) => {
              try {
                due(each);
              } catch (error) {
                return Promise.reject(error instanceof Error ? error : new Error(String(error)));
              }
              return call?.(...given) ?? Promise.resolve();
            };
          }
        }
        return made;
      };
    }
    try {
      const file = await openGrowingFile(target());
      try {
        for (const text of ['begin,', 'middle,', 'end']) await file.append(text);
        await file.finish();
      } catch (error) {
        assert.match(await file.leaveIncomplete(), /incomplete/);
        throw error;
      }
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error && error.code === code, String(error));
    } finally {
      Object.assign(promises, real);
    }
    return calls;
  }

  it('fails at every call: what stands under its name is the old one or the whole new one', async () => {
    for (const code of CODES) {
      for (let n = 1, calls = 1; n <= calls; n++) {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        fs.writeFileSync(target(), 'as it was');
        calls = Math.max(calls, await export_(n, code));
        const text = fs.readFileSync(target(), 'utf8');
        assert.ok(text === 'as it was' || text === 'begin,middle,end', `${code} at ${String(n)}: ${text}`);
        for (const left of fs.readdirSync(folder)) assert.match(left, /^people(\.incomplete)?\.csv$/);
      }
    }
  });
});
