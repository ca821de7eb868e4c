/**
 * The access graph of an identity with 500 roles, in a real VS Code with a browser: until it is drawn, and its frames while the mouse
 * moves it; beside these the frames while the mouse only moves over it. Not pass or fail. Run with: npx tsx test/bench/graph.bench.ts
 */
import type { FrameLocator } from 'playwright-core';
import { startDemo } from '../../src/demo/server';
import { launch, type Session } from '../ui/driver';
import { connect, showIdentities } from '../ui/connect';
import { showTab, TABS } from '../ui/panelPage';

const PERSON = 'Adrian Solbergsen';

function row(name: string, value: number, unit = 'ms'): void {
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(0).padStart(8)} ${unit}\n`);
}

const MOVES = 120;

/** Milliseconds from frame to frame while the mouse goes to and fro over the graph, with the button held or not; ascending. */
async function framesWhileMoving(vs: Session, page: FrameLocator, isHeld: boolean): Promise<number[]> {
  const canvas = page.locator('.picture canvas').first();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('The graph is not on the screen');
  // A corner without nodes: held there, the mouse moves the whole graph.
  const [x, y] = [box.x + box.width - 15, box.y + box.height - 15];
  await vs.page.mouse.move(x, y);
  if (isHeld) await vs.page.mouse.down();
  // No named function in here: the page does not know what the compiler makes of its name.
  const frames = canvas.evaluate(
    (_, count) =>
      new Promise<number[]>((done) => {
        const film = {
          times: [] as number[],
          last: performance.now(),
          take(now: number): void {
            this.times.push(now - this.last);
            this.last = now;
            if (this.times.length < count) requestAnimationFrame((next) => film.take(next));
            else done(this.times);
          },
        };
        requestAnimationFrame((now) => film.take(now));
      }),
    MOVES,
  );
  for (let n = 0; n < MOVES; n++) await vs.page.mouse.move(x - 200 * Math.abs(Math.sin(n / 10)), y);
  const times = await frames;
  if (isHeld) await vs.page.mouse.up();
  return times.slice(2).sort((a, b) => a - b);
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
    for (const [what, isHeld] of [
      ['mouse moves over it', false],
      ['mouse moves it', true],
    ] as const) {
      const times = await framesWhileMoving(vs, page, isHeld);
      row(`graph of 500 roles, ${what}: median frame`, times[Math.floor(times.length / 2)] ?? 0);
      row(`graph of 500 roles, ${what}: slowest of 20 frames`, times[Math.floor(times.length * 0.95)] ?? 0);
    }
  } finally {
    await vs.dispose();
    await demo.close();
  }
}

void measure();
