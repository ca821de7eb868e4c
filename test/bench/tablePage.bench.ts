/**
 * The table of a large list in a real VS Code with a browser: its frames while it is scrolled, and how long sorting, filtering and
 * grouping take until the rows are there. Not pass or fail. Run with: npx tsx test/bench/tablePage.bench.ts
 */
import type { FrameLocator } from 'playwright-core';
import { startDemo } from '../../src/demo/server';
import { launch } from '../ui/driver';
import { connect } from '../ui/connect';

const IDENTITIES = 100_000;
const FRAMES = 150;
/** Pixels a frame: a turn of the wheel, and a screen. */
const STEPS = [60, 600];

function row(name: string, value: number, unit = 'ms'): void {
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(value < 100 ? 1 : 0).padStart(8)} ${unit}\n`);
}

/** Milliseconds from frame to frame while the rows are scrolled down, so many pixels in each; ascending. */
async function framesWhileScrolling(page: FrameLocator, stepPx: number): Promise<number[]> {
  const times = await page.getByRole('grid').evaluate(
    async (grid, { frames, step }) => {
      const found: number[] = [];
      let last = performance.now();
      for (let n = 0; n < frames; n++) {
        grid.scrollTop = n * step;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = performance.now();
        found.push(now - last);
        last = now;
      }
      return found;
    },
    { frames: FRAMES, step: stepPx },
  );
  return times.slice(2).sort((a, b) => a - b);
}

async function timed(name: string, act: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await act();
  row(name, performance.now() - from);
}

async function measure(): Promise<void> {
  const demo = await startDemo({ identities: IDENTITIES, rateLimit: Infinity });
  const vs = await launch();
  try {
    await vs.openView();
    await connect(vs, demo);
    const from = performance.now();
    await vs.contextMenu(vs.row('All identities'), 'Open as table');
    const page = await vs.webview('All identities');
    await page.locator('.gridBody [role="rowheader"]').first().waitFor();
    row('table of a list: from its menu to rows', performance.now() - from);
    const all = page.getByRole('button', { name: /^Load all/ });
    await timed(`table: all of ${String(IDENTITIES)} loaded`, async () => {
      await all.click();
      await page
        .getByRole('status')
        .filter({ hasText: /^[\d,]+ identities$/ })
        .waitFor({ timeout: 300_000 });
    });
    for (const step of STEPS) {
      const times = await framesWhileScrolling(page, step);
      row(`table: median frame, ${String(step)} px each`, times[Math.floor(times.length / 2)] ?? 0);
      row(`table: 95 % of frames, ${String(step)} px each`, times[Math.floor(times.length * 0.95)] ?? 0);
    }
    await page.getByRole('grid').evaluate((grid) => (grid.scrollTop = 0));
    const first = page.locator('[aria-rowindex="2"] [role="rowheader"]');
    const email = page.getByRole('columnheader', { name: 'Email' });
    await email.click();
    await page.locator('[aria-sort="ascending"]').waitFor();
    const before = await first.innerText();
    await timed('table: click on a heading until it is sorted', async () => {
      await email.click();
      await first.filter({ hasNotText: before }).waitFor();
    });
    await timed('table: a filter until its rows are there', async () => {
      await page.getByRole('searchbox', { name: 'Filter identities' }).fill('winterbourne');
      await page.getByText(/ shown$/).waitFor();
    });
    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('');
    await page.getByText(/ shown$/).waitFor({ state: 'detached' });
    await timed('table: grouped by a column', async () => {
      await page.getByRole('combobox', { name: 'Group by' }).selectOption('Department');
      await page.getByRole('complementary').getByRole('listitem').first().waitFor();
    });
    await vs.screenshot('table-100000-dark');
  } finally {
    await vs.dispose();
    await demo.close();
  }
}

void measure();
