/**
 * The tree in the extension host, through the real tree view, beside demo tenants in a process of its own; not pass or fail.
 * Run with: node esbuild.mjs --tests && npx tsx test/bench/treeHost.bench.ts
 */
import { measureInHost } from '../../scripts/hostBench.mjs';
import { startDemo, type DemoTenant } from '../../src/demo/server';

const LATENCIES_MS = [0, 80, 500];

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(72)} ${value.toFixed(1).padStart(8)} ${unit}\n`);
}

function pages({ requests }: DemoTenant): number {
  return requests.list.filter(({ query }) => query.includes('limit=250') && !query.includes('filters')).length;
}

async function measure(): Promise<void> {
  const big = await startDemo({ identities: 50_000 });
  const tenants = new Map<string, DemoTenant>([['50,000 identities', big]]);
  for (const latencyMs of LATENCIES_MS) {
    tenants.set(`${String(latencyMs)} ms a request`, await startDemo({ identities: 1_000, latencyMs }));
  }
  const served = [...tenants].map(([name, { baseUrl, clientId, clientSecret }]) => ({
    name,
    baseUrl,
    clientId,
    clientSecret,
  }));
  try {
    await measureInHost(
      'treeLoad',
      ({ name, value, unit }) => {
        row(name, value, unit);
        const tenant = /^tree: Load all of 1,000, (.*): rows$/.exec(name)?.[1];
        const demo = tenant === undefined ? undefined : tenants.get(tenant);
        if (demo) row(`tree: Load all of 1,000, ${String(tenant)}: requests for pages in all`, pages(demo), '');
      },
      { ISC_IDENTITIES_BENCH: JSON.stringify(served) },
    );
  } finally {
    for (const demo of tenants.values()) await demo.close();
  }
}

void measure();
