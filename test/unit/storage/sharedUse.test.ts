import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createRateLimits, type Bucket, type SharedUse } from '../../../src/api/rateLimit';
import { sharedUse } from '../../../src/storage/sharedUse';

const CEILING = 10;
const WINDOW_MS = 200;

describe('the rate limit of several windows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-use-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Two windows that both send as fast as they may. @returns the most requests that left in any window of the limit */
  async function most(share: boolean): Promise<number> {
    const left: number[] = [];
    const budget = (): Bucket => {
      const use = sharedUse(folder);
      const shared = (key: string): SharedUse => {
        const { note, others } = use(key);
        return {
          note: () => {
            left.push(Date.now());
            note();
          },
          others: () => (share ? others() : []),
        };
      };
      return createRateLimits({ ceiling: CEILING, windowMs: WINDOW_MS, shared })('client-id v2024');
    };
    const send = async (bucket: Bucket, priority: 'interactive' | 'batch'): Promise<void> => {
      await Promise.all(Array.from({ length: 30 }, () => bucket.take({ priority })));
    };
    await Promise.all([send(budget(), 'interactive'), send(budget(), 'batch')]);
    assert.equal(left.length, 60);
    // By the clock of the machine, whose milliseconds are rounded.
    return Math.max(...left.map((from) => left.filter((at) => at >= from && at < from + WINDOW_MS - 2).length));
  }

  it('is kept by two together as by one alone', async () => {
    assert.ok((await most(false)) > CEILING, 'without telling each other they exceed it');
    assert.ok((await most(true)) <= CEILING);
  });

  it('is told in files that stay few and small, by nothing but times', () => {
    let now = 1_700_000_000_000;
    const a = sharedUse(folder, () => now)('client-id v2024');
    const b = sharedUse(folder, () => now)('client-id v2024');
    const other = sharedUse(folder, () => now)('client-id beta');
    for (let n = 0; n < 600; n++) {
      now += 1_000;
      a.note();
      if (n % 2 === 0) b.note();
      assert.ok(b.others().length <= 15, String(b.others().length));
    }
    assert.equal(b.others().at(-1), now);
    assert.deepEqual(other.others(), []);
    assert.ok(readdirSync(folder).length <= 3, readdirSync(folder).join());
    assert.ok(readdirSync(folder).every((name) => !name.includes('client')));
  });

  it('is nobody\u2019s trouble where nothing can be written, or what is written makes no sense', () => {
    const blocked = join(folder, 'a file');
    writeFileSync(blocked, '');
    const use = sharedUse(blocked)('key');
    use.note();
    assert.deepEqual(use.others(), []);
    const now = 1_700_000_000_000;
    const mine = sharedUse(folder, () => now)('key');
    mine.note();
    const [file = assert.fail()] = readdirSync(folder);
    if (file === 'a file') assert.fail();
    writeFileSync(join(folder, file), `\u0000\u0000\nNaN you\n${String(now)} you\n${String(now)} half`);
    assert.deepEqual(sharedUse(folder, () => now)('key').others(), [now]);
  });
});
