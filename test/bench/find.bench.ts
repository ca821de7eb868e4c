/**
 * Time from the last key to the person in Find identity, and the requests it took, with a quick, a usual and a slow service,
 * in a real VS Code with a browser; not pass or fail. Run with: npx tsx test/bench/find.bench.ts
 */
import { startDemo } from '../../src/demo/server';
import { connect } from '../ui/connect';
import { launch } from '../ui/driver';

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(52)} ${value.toFixed(0).padStart(8)} ${unit}\n`);
}

/** Found by the start of a name, and by what is inside one. */
const TYPED = { list: 'kwiatkow', search: 'wiatkowi' };
/** As a practised person types, in milliseconds a key. */
const KEY = 40;

async function measure(): Promise<void> {
  const demo = await startDemo({ identities: 50_000, rateLimit: Infinity });
  const vs = await launch();
  try {
    await vs.openView();
    await connect(vs, demo, { name: 'Acme' });
    const box = vs.page.locator('.quick-input-widget:visible');
    for (const latency of [0, 80, 500]) {
      demo.latencyMs = latency;
      for (const [kind, text] of Object.entries(TYPED)) {
        await vs.palette('ISC Identities: Find identity...');
        await box.getByText('Find identity in', { exact: false }).waitFor();
        await box.locator('.monaco-list-row').first().waitFor();
        demo.requests.clear();
        await vs.page.keyboard.type(text, { delay: KEY });
        const typed = performance.now();
        await box.locator('.monaco-list-row').filter({ hasText: 'Kwiatkowiak' }).first().waitFor();
        row(`find by ${kind}, ${String(latency)} ms a request: last key to result`, performance.now() - typed, 'ms');
        row(`find by ${kind}, ${String(latency)} ms a request: requests`, demo.requests.list.length, '');
        await vs.page.keyboard.press('Escape');
      }
    }
  } finally {
    await vs.dispose();
    await demo.close();
  }
}

void measure();
