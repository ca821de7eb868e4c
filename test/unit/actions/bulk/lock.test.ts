import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { LockedError, lockState, SILENT_AFTER_MS, takeLock } from '../../../../src/actions/bulk/lock';
import { isRunning, THIS_PROCESS, type ProcessMark } from '../../../../src/actions/bulk/machine';

const LATER = SILENT_AFTER_MS + 1;

describe('the lock of a record', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-lock-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const hold = (mark: Partial<ProcessMark>, beat = 0): void => {
    const holder = { ...THIS_PROCESS, nonce: 'another', beat, released: false, ...mark };
    writeFileSync(join(folder, 'lock-7'), JSON.stringify(holder));
  };
  const kind = (now: number): string => lockState(folder, now).kind;

  it('is free, then held, then free again, and leaves one small file', () => {
    assert.equal(kind(0), 'free');
    const lock = takeLock(folder);
    assert.ok(lock.isOurs() && lock.beat());
    lock.release();
    assert.equal(kind(0), 'free');
    takeLock(folder).release();
    assert.equal(readdirSync(folder).length, 1);
  });

  it('is lost to whoever holds a higher one, and says so at the next look', () => {
    const lock = takeLock(folder);
    hold({ pid: 1, started: '' });
    assert.ok(!lock.isOurs() && !lock.beat());
    lock.release();
    assert.deepEqual(readdirSync(folder).includes('lock-7'), true);
  });

  it('is free at once when its holder is surely gone: no such process, or another one with its number', () => {
    hold({ pid: 2 ** 22 + 1 });
    assert.equal(kind(0), THIS_PROCESS.boot === '' ? 'alive' : 'free');
    hold({ pid: process.ppid, started: '1' });
    assert.equal(kind(0), THIS_PROCESS.started === '' ? 'alive' : 'free');
  });

  it('is held by a process that runs, whatever the clocks say and however long it is silent', () => {
    const { pid, started } = { pid: process.ppid, started: markOf(process.ppid) };
    hold({ pid, started });
    assert.equal(kind(0), 'alive');
    assert.equal(kind(LATER * 1_000), started === '' ? 'silent' : 'alive');
    assert.throws(() => takeLock(folder, 'silent'), LockedError);
  });

  for (const [what, mark] of [
    ['another machine', { host: 'elsewhere', boot: 'x' }],
    ['a container with the same home', { space: 'pid:[1]' }],
    ['a machine that cannot tell when it was started', { boot: '' }],
  ] as const) {
    it(`of ${what} is alive as long as it shows signs of life, then silent: a person decides`, () => {
      hold(mark, 1);
      assert.equal(kind(0), 'alive');
      hold(mark, 2);
      assert.equal(kind(LATER), 'alive');
      assert.equal(kind(2 * LATER + 1), 'silent');
      assert.throws(() => takeLock(folder, 'free', 2 * LATER + 2), LockedError);
      assert.ok(takeLock(folder, 'silent', 2 * LATER + 3).isOurs());
    });
  }

  it('of a process that is not here is in doubt where machines cannot tell their starts, and their names may be equal', () => {
    const untold = { ...THIS_PROCESS, boot: '', space: '', started: '' };
    assert.equal(isRunning({ ...untold, pid: 2 ** 30 }, untold), undefined);
    if (THIS_PROCESS.boot !== '') assert.equal(isRunning({ ...THIS_PROCESS, pid: 2 ** 30 }), false);
  });

  it('of this machine before it was started again is free after a while without a sign of life', function () {
    if (THIS_PROCESS.machine === '' || THIS_PROCESS.boot === '') {
      assert.equal(isRunning({ ...THIS_PROCESS, boot: 'another' }), undefined);
      return;
    }
    hold({ boot: 'another' });
    assert.equal(kind(0), 'alive');
    assert.equal(kind(LATER), 'free');
  });

  for (const [what, text] of [
    ['empty', ''],
    ['half-written', '{"host":"a","boo'],
    ['of NULs', '\0'.repeat(100)],
    ['of another form', '{"pid":"1"}'],
  ] as const) {
    it(`that is ${what} does not block for ever, and is not taken without asking`, () => {
      writeFileSync(join(folder, 'lock-1'), text);
      assert.equal(kind(0), 'alive');
      assert.equal(kind(LATER), 'silent');
      assert.throws(() => takeLock(folder, 'free', LATER), LockedError);
      assert.ok(takeLock(folder, 'silent', LATER).isOurs());
    });
  }

  it('of an earlier version is asked about, and gone once it is taken', () => {
    writeFileSync(join(folder, 'lock'), String(process.ppid));
    assert.equal(kind(0), 'alive');
    assert.ok(takeLock(folder, 'silent', LATER).isOurs());
    assert.ok(!readdirSync(folder).includes('lock'));
  });
});

/** Rounds of processes that take a lock at the same moment. */
const ROUNDS = Number(process.env['LOCK_ROUNDS'] ?? 150);

describe('a lock that several processes take at once', () => {
  const takers: ChildProcess[] = [];
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-locks-'));
    for (let n = 0; n < 4; n++) takers.push(fork(join(__dirname, 'lockTaker.ts'), { execArgv: ['--import=tsx'] }));
    await Promise.all(takers.map((taker) => once(taker, 'message')));
  });
  after(() => {
    for (const taker of takers) taker.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`is taken by exactly one, ${String(ROUNDS)} times, also from a holder that is gone`, async function () {
    this.timeout(20_000 + ROUNDS * 100);
    const gone = JSON.stringify({
      ...THIS_PROCESS,
      pid: 2 ** 22 + 1,
      nonce: 'gone',
      beat: 3,
      released: THIS_PROCESS.boot === '',
    });
    for (let round = 0; round < ROUNDS; round++) {
      const record = join(folder, String(round));
      mkdirSync(record);
      if (round % 2 === 0) writeFileSync(join(record, 'lock-4'), gone);
      const answers = takers.map((taker) => once(taker, 'message'));
      for (const taker of takers) taker.send(record);
      const said = (await Promise.all(answers)).map(([answer]) => String(answer));
      assert.equal(said.filter((answer) => answer === 'won').length, 1, said.join());
      assert.equal(said.filter((answer) => answer === 'lost').length, takers.length - 1, said.join());
    }
  });
});

/** When a process started, as its own mark would say it. Empty where the system does not tell. */
function markOf(pid: number): string {
  try {
    return (
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')
        .at(-1)
        ?.split(' ')[19] ?? ''
    );
  } catch {
    return '';
  }
}
