/**
 * Time from expanding "All identities" to its last row on the screen, and to 1,000 rows by "Load more", in a real VS Code with
 * a browser; not pass or fail. Run with: npx tsx test/bench/tree.bench.ts
 */
import { launch } from '../ui/driver';

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(52)} ${value.toFixed(0).padStart(8)} ${unit}\n`);
}

async function measure(): Promise<void> {
  const vs = await launch();
  try {
    await vs.openView();
    await vs.view().getByRole('button', { name: 'Try the demo tenant' }).click();
    await vs.expand(vs.row('Demo tenant'));
    const view = vs.row('All identities');
    await view.waitFor();
    const from = performance.now();
    await vs.expand(view);
    row('expand All identities to 250 rows', performance.now() - from, 'ms');

    const again = performance.now();
    for (let shown = 250; shown < 1000; shown += 250) {
      await vs.view().locator('.monaco-list').first().focus();
      await vs.page.keyboard.press('End');
      const more = vs.view().locator('.monaco-list-row', { hasText: `${shown} of 2,000` });
      await more.click();
      await more.waitFor({ state: 'detached' });
    }
    row('250 to 1,000 rows by three times Load more', performance.now() - again, 'ms');
  } finally {
    await vs.dispose();
  }
}

void measure();
