/**
 * Figures of finding out who 10,000 pasted texts are, under the service's real rate limit, beside one request for each and beside how
 * it was done at first; not pass or fail. Run with: npx tsx test/bench/paste.bench.ts [texts, default 10,000]
 */
import { resolveIdentities } from '../../src/actions/bulk/resolveIdentities';
import { createClient, type Client } from '../../src/api/client';
import { createRateLimits } from '../../src/api/rateLimit';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { lookUpAsBefore } from '../unit/actions/bulk/formerKeys';

const TEXTS = Number(process.argv[2] ?? 10_000);
/** What the service allows. */
const ALLOWED_PER_SECOND = 10;
/** One each is measured for so many; the rest takes as long. */
const ONE_EACH = 100;
const LATENCY_MS = 80;

function row(name: string, value: number, unit: string, baseline?: readonly [value: number, name: string]): void {
  const beside = baseline ? ` [${Math.round(baseline[0])} ${baseline[1]}]` : '';
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}${beside}\n`);
}

function clientOf({ baseUrl, clientId, clientSecret }: DemoTenant): Client {
  const credentials = { kind: 'pat', clientId, clientSecret } as const;
  return createClient({ baseUrl, version: 'v2024', credentials, rateLimits: createRateLimits() });
}

/** Requests and seconds of what a client of its own does. */
async function measure(demo: DemoTenant, run: (client: Client) => Promise<unknown>) {
  const client = clientOf(demo);
  // The tenant makes up its people for the first request, and refuses none because of what was measured before.
  await client.identities.list({ limit: 1, sorters: 'name,alias' });
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const before = demo.requests.count('listIdentities');
  const from = performance.now();
  await run(client);
  return { requests: demo.requests.count('listIdentities') - before, seconds: (performance.now() - from) / 1000 };
}

async function pasting(identities: number, kind: 'addresses' | 'ids', former: boolean): Promise<void> {
  const demo = await startDemo({ identities, latencyMs: LATENCY_MS });
  const name = `${String(TEXTS)} ${kind}, ${String(identities)} in the tenant`;
  const { people } = demo.world;
  try {
    const step = Math.max(1, Math.floor(identities / TEXTS));
    const texts = Array.from({ length: TEXTS }, (_, n) => {
      const index = (n * step) % identities;
      return kind === 'ids' ? people.id(index) : (people.email(index) ?? `nobody${String(n)}@example.com`);
    });
    let firstRows = 0;
    const now = await measure(demo, async (client) => {
      const from = performance.now();
      const onFound = (): void => void (firstRows ||= performance.now() - from);
      const reading = { signal: new AbortController().signal, progress: () => undefined, onFound };
      const found = await resolveIdentities(client, { kind: 'asked', texts }, reading);
      const lost = found.filter((each) => each.identities.length !== (each.asked.startsWith('nobody') ? 0 : 1));
      if (lost.length > 0) throw new Error(`${String(lost.length)} are not as they are in the tenant`);
    });
    const before = former ? await measure(demo, (client) => lookUpAsBefore(client, texts)) : undefined;
    const each = await measure(demo, async (client) => {
      for (const text of texts.slice(0, ONE_EACH)) {
        const filters = kind === 'ids' ? `id eq "${text}"` : `email eq "${text}"`;
        await client.identities.list({ filters, defaultFilter: 'NONE' }, { priority: 'batch' });
      }
    });
    const secondsEach = Math.max(each.seconds / ONE_EACH, 1 / ALLOWED_PER_SECOND) * TEXTS;
    row(`${name}: requests`, now.requests, '', [TEXTS, 'one each']);
    row(`${name}: time`, now.seconds, 's', [secondsEach, 'one each, from 100 of them']);
    row(`${name}: first rows`, firstRows, 'ms');
    if (before) {
      row(`${name}: requests, as at first`, before.requests, '');
      row(`${name}: time, as at first`, before.seconds, 's');
    }
    row(`${name}: 429 seen`, demo.requests.list.filter(({ status }) => status === 429).length, '');
  } finally {
    await demo.close();
  }
}

async function main(): Promise<void> {
  await pasting(10_000, 'addresses', true);
  await pasting(100_000, 'addresses', false);
  await pasting(100_000, 'ids', false);
}

void main();
