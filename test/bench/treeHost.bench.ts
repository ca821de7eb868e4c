/**
 * The tree in the extension host, through the real tree view, beside a demo tenant in a process of its own; not pass or fail.
 * Run with: node esbuild.mjs --tests && npx tsx test/bench/treeHost.bench.ts
 */
import { measureInHost } from '../../scripts/hostBench.mjs';
import { startDemo } from '../../src/demo/server';

async function measure(): Promise<void> {
  const demo = await startDemo({ identities: 50_000 });
  try {
    const { baseUrl, clientId, clientSecret } = demo;
    await measureInHost(
      'treeLoad',
      ({ name, value, unit }) => {
        process.stdout.write(`${name.padEnd(60)} ${value.toFixed(1).padStart(8)} ${unit}\n`);
        if (name.includes('1,000')) {
          const pages = demo.requests.list.filter(
            ({ query }) => query.includes('limit=250') && !query.includes('filters'),
          );
          process.stdout.write(
            `${'tree: requests for 1,000 rows'.padEnd(60)} ${pages.length.toFixed(0).padStart(8)}\n`,
          );
        }
      },
      { ISC_IDENTITIES_BENCH: JSON.stringify({ baseUrl, clientId, clientSecret }) },
    );
  } finally {
    await demo.close();
  }
}

void measure();
