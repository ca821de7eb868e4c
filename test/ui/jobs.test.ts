import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { root } from '../../scripts/processes.mjs';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect, unlock } from './connect';
import { launch, type Session } from './driver';
import { Hand } from './hand';

interface Job {
  readonly name: string;
  /** Steps it may take. */
  readonly most: number;
  readonly mouse: (hand: Hand) => Promise<void>;
  /** Starts with the cursor on the row it is about. */
  readonly keyboard: (hand: Hand) => Promise<void>;
  /** Why the keyboard takes more. */
  readonly keyboardMost?: readonly [steps: number, why: string];
}

/** The jobs of an administrator's day, by mouse and by keyboard: every step is counted, and none may be added. */
describe('jobs and their steps', () => {
  const table: string[] = ['| job | mouse | keyboard | at most |', '| --- | --- | --- | --- |'];
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 300, taskDurationMs: 500 })]);
    await vs.openView();
    await connect(vs, acme);
    await unlock(vs);
    await vs.expand(vs.row('All identities'));
  });
  after(async () => {
    const file = path.join(root, 'artifacts', 'jobs.md');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${table.join('\n')}\n`);
    await vs?.dispose();
    await acme?.close();
  });

  const name = (index: number): string => acme.world.people.name(index).display;
  const row = (index: number) => vs.row(name(index));
  const tree = () => vs.view().locator('.monaco-list').first();
  /** The cursor of the tree is on a row that is selected, as after a click; nothing of what it opened is left. */
  async function cursorOn(label: string): Promise<void> {
    await vs.row(label).click({ position: { x: 60, y: 8 } });
    await vs.row(label).and(vs.page.locator('.selected.focused')).waitFor();
    await tree().focus();
  }
  async function closeAll(): Promise<void> {
    await vs.palette('View: Close All Editors');
    await vs.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  }

  const jobs: readonly Job[] = [
    {
      name: 'find somebody by name and open the panel',
      most: 3,
      mouse: async (hand) => {
        await hand.button('Find identity', vs.view().getByRole('button', { name: 'Find identity...' }).first());
        await hand.type('adele v');
        await vs.page.locator('.quick-input-title').filter({ hasText: 'adele v' }).waitFor();
        await hand.pick(/Adele Vantongeren/);
        await vs.tab('Adele Vantongeren').waitFor();
      },
      keyboard: async (hand) => {
        await hand.press('Control+Shift+Alt+f');
        await vs.page.locator('.quick-input-title').filter({ hasText: 'Find identity in' }).waitFor();
        await hand.type('adele v');
        await vs.page.locator('.quick-input-title').filter({ hasText: 'adele v' }).waitFor();
        await hand.press('Enter');
        await vs.tab('Adele Vantongeren').waitFor();
      },
    },
    {
      name: 'see why somebody has a role',
      most: 2,
      mouse: async (hand) => {
        await hand.click('the identity', row(1));
        const page = await vs.webview(name(1));
        await hand.button('tab Role assignments', page.getByRole('tab', { name: /^Role assignments/ }));
        await page
          .getByText(/assigned|requested|rule|criteria/i)
          .first()
          .waitFor();
      },
      keyboard: async (hand) => {
        await hand.press('ArrowRight', 'unfold the identity');
        await vs.view().locator('.monaco-list-row[aria-level="4"]').first().waitFor();
        await hand.press('ArrowDown');
        await hand.press('Enter', 'why');
        await vs.page.locator('.tabs-container .tab').first().waitFor();
        await vs.collapse(row(1));
      },
      keyboardMost: [3, 'the row of the role is reached by unfolding the identity'],
    },
    {
      name: 'compare two identities',
      most: 4,
      mouse: async (hand) => {
        await hand.click('one', row(2));
        await hand.click('the other', row(3), ['Control']);
        await hand.menu(row(3), 'Compare identities...');
        await vs.tab(`${name(2)} ↔ ${name(3)}`).waitFor();
      },
      keyboard: async (hand) => {
        await hand.press('Shift+ArrowDown');
        await hand.palette('Compare identities...');
        await vs.tab(/ ↔ /).waitFor();
      },
    },
    {
      name: 'process one identity',
      most: 3,
      mouse: async (hand) => {
        await hand.menu(row(1), 'Process...');
        await hand.confirm(`Process ${name(1)}`);
        await vs.statusBar(`Processing of ${name(1)}`);
      },
      keyboard: async (hand) => {
        await hand.palette('Process...');
        await hand.confirm(`Process ${name(1)}`);
        await vs.statusBar(`Processing of ${name(1)}`);
      },
    },
    {
      name: 'process three selected identities',
      most: 5,
      mouse: async (hand) => {
        const people = (await vs.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
        const [, first = '', second = '', third = ''] = people;
        await hand.click('the first', vs.row(first));
        await hand.click('the last', vs.row(third), ['Shift']);
        await hand.menu(vs.row(second), 'Process selected identities...');
        const said = await hand.confirm('Process 3 identities');
        for (const one of [first, second, third]) assert.ok(said.includes(one), said);
        await vs.tab('Process 3 identities in Acme').waitFor();
      },
      keyboard: async (hand) => {
        await hand.press('Shift+ArrowDown');
        await hand.press('Shift+ArrowDown');
        await hand.palette('Process...');
        await hand.confirm('Process 3 identities');
        await vs.tab('Process 3 identities in Acme').waitFor();
      },
    },
    {
      name: 'see what the credentials can do',
      most: 2,
      mouse: async (hand) => {
        await hand.menu(vs.row('Acme'), 'Check connection');
        await vs.tab(/Connection to Acme/).waitFor();
      },
      keyboard: async (hand) => {
        await hand.palette('Check connection');
        await vs.tab(/Connection to Acme/).waitFor();
      },
    },
  ];

  for (const { name: title, most, mouse, keyboard, keyboardMost } of jobs) {
    it(`${title}: ${String(most)} steps at most`, async () => {
      await cursorOn(name(5));
      const byMouse = new Hand(vs);
      await mouse(byMouse);
      await closeAll();
      await cursorOn(name(1));
      await closeAll();
      await tree().focus();
      const byKeyboard = new Hand(vs);
      await keyboard(byKeyboard);
      await closeAll();
      const [mostByKeyboard, why] = keyboardMost ?? [most, ''];
      table.push(
        `| ${title} | ${String(byMouse.steps.length)}: ${byMouse.steps.join(', ')} | ${String(byKeyboard.steps.length)}: ${byKeyboard.steps.join(', ')} | ${String(most)} ${why} |`,
      );
      assert.ok(byMouse.steps.length <= most, byMouse.steps.join(', '));
      assert.ok(byKeyboard.steps.length <= mostByKeyboard, byKeyboard.steps.join(', '));
    });
  }
});
