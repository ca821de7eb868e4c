/**
 * The access graph of an identity with 500 roles, in a real VS Code with a browser: until it is drawn, and how long frames take
 * while it is moved. Not pass or fail. Run with: npx tsx test/bench/graph.bench.ts
 */
import { startDemo } from '../../src/demo/server';
import { launch } from '../ui/driver';
import { connect, showIdentities } from '../ui/connect';
import { showTab, TABS } from '../ui/panelPage';

const PERSON = 'Adrian Solbergsen';
const STEPS = 60;

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
    await page.getByRole('tab', { name: 'Role assignments (500)' }).waitFor();
    const from = performance.now();
    await showTab(page, TABS.picture);
    await page.getByText('Provisioning loaded for 20 of 500 roles.').waitFor();
    row('graph of 500 roles: click until it is there', performance.now() - from);
    await page.getByRole('button', { name: 'Zoom to fit' }).click();
    const graph = page.getByRole('application');
    const box = await graph.boundingBox();
    if (!box) throw new Error('There is no graph.');
    // Frames as the page draws them while the mouse moves it.
    const frames = graph.evaluate(async (element, steps) => {
      await new Promise((begun) =>
        element.ownerDocument.addEventListener('mousedown', begun, { once: true, capture: true }),
      );
      const times: number[] = [];
      let last = performance.now();
      for (let n = 0; n < steps; n++) {
        await new Promise((drawn) => requestAnimationFrame(drawn));
        const now = performance.now();
        times.push(now - last);
        last = now;
      }
      return times.sort((a, b) => a - b);
    }, STEPS);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await vs.page.mouse.move(x, y);
    await vs.page.mouse.down();
    let isMoving = true;
    const moving = (async () => {
      for (let n = 0; isMoving; n++) await vs.page.mouse.move(x + 80 * Math.sin(n / 5), y + 60 * Math.cos(n / 5));
    })();
    const times = await frames;
    isMoving = false;
    await moving;
    await vs.page.mouse.up();
    row('graph of 500 roles: a frame while it is moved, median', times[Math.floor(times.length / 2)] ?? NaN);
    row('graph of 500 roles: a frame while it is moved, at most', times.at(-1) ?? NaN);
  } finally {
    await vs.dispose();
    await demo.close();
  }
}

void measure();
