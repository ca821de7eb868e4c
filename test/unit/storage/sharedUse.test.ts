import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createRateLimits } from '../../../src/api/rateLimit';
import { startDemo } from '../../../src/demo/server';
import { sharedUse } from '../../../src/storage/sharedUse';
import { clientOf } from '../api/backend';

describe('the rate limit of several windows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-use-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Two windows that both send as fast as they may. @returns how often the tenant refused */
  async function refusals(share: boolean): Promise<number> {
    const demo = await startDemo({ identities: 50, rateLimit: 20, rateWindowMs: 500 });
    try {
      const send = async (): Promise<void> => {
        const rateLimits = createRateLimits({
          ceiling: 17,
          windowMs: 520,
          ...(share ? { shared: sharedUse(folder) } : {}),
        });
        const client = clientOf(demo, { rateLimits });
        await Promise.all(Array.from({ length: 60 }, () => client.identities.list({ limit: 1 })));
      };
      await Promise.all([send(), send()]);
      return demo.requests.list.filter(({ status }) => status === 429).length;
    } finally {
      await demo.close();
    }
  }

  it('is kept by two together as by one alone', async () => {
    assert.ok((await refusals(false)) > 0, 'without telling each other they meet it');
    assert.equal(await refusals(true), 0);
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
