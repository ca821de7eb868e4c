import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ApiError } from '../../../src/api/errors';
import { createRateLimits } from '../../../src/api/rateLimit';
import { sharedUse } from '../../../src/storage/sharedUse';

describe('the rate limit of several windows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-use-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** How many of ten requests may go at once in a window of VS Code, of which another one has sent seven. */
  async function free(share: boolean): Promise<number> {
    // As long as a test may take: no slot comes free by waiting.
    const open = () =>
      createRateLimits({ ceiling: 10, windowMs: 600_000, ...(share ? { shared: sharedUse(folder) } : {}) })(
        'client v2024',
      );
    const [one, other] = [open(), open()];
    for (let n = 0; n < 7; n++) await one.take();
    const stop = new AbortController();
    let waiting = 0;
    const takes = Array.from({ length: 10 }, () =>
      other.take({ signal: stop.signal, onWait: () => waiting++ }).catch((error: unknown) => {
        assert.ok(ApiError.is(error, 'cancelled'));
      }),
    );
    stop.abort();
    await Promise.all(takes);
    return 10 - waiting;
  }

  it('is kept by two together as by one alone', async () => {
    assert.equal(await free(false), 10);
    assert.equal(await free(true), 3);
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
