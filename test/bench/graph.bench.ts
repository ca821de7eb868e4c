/**
 * The access graph of an identity with 500 roles, in a real VS Code with a browser: until it is drawn. Not pass or fail. Run with: npx tsx test/bench/graph.bench.ts
 */
import { startDemo } from '../../src/demo/server';
import { launch } from '../ui/driver';
import { connect, showIdentities } from '../ui/connect';
import { showTab, TABS } from '../ui/panelPage';

const PERSON = 'Adrian Solbergsen';

function row(name: string, value: number, unit = 'ms'): void {
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(0).padStart(8)} ${unit}\n`);
}

async function measure(): Promise<void> {
  const demo = await startDemo({ identities: 30, rateLimit: Infinity });
  const vs = await launch();
  try {
    await vs.openView();
    await connect(vs, demo);
    await showIdentities(vs);
    await vs.open(PERSON);
    const page = await vs.webview(PERSON);
    await page.getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    const from = performance.now();
    await showTab(page, TABS.picture);
    await page.getByText('Provisioning loaded for 20 of 500 roles.').waitFor();
    row('graph of 500 roles: click until it is there', performance.now() - from);
  } finally {
    await vs.dispose();
    await demo.close();
  }
}

void measure();
