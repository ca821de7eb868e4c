import assert from 'node:assert/strict';
import { after, before, describe } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect, unlock } from './connect';
import { launch, type Session } from './driver';
import { cursorOn, performJobs } from './jobSteps';

describe('jobs and their steps, for identities whose rows are in sight', () => {
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
    await vs?.dispose();
    await acme?.close();
  });

  const name = (index: number): string => acme.world.people.name(index).display;
  const row = (index: number) => vs.row(name(index));
  const cursor = (by: 'mouse' | 'keyboard') => cursorOn(vs, name(by === 'mouse' ? 5 : 1), { opens: true });

  performJobs('row', () => vs, [
    {
      name: 'find somebody by name and open the panel',
      most: 3,
      ready: cursor,
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
      ready: cursor,
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
      ready: cursor,
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
      ready: cursor,
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
      ready: cursor,
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
      ready: cursor,
      mouse: async (hand) => {
        await hand.menu(vs.row('Acme'), 'Check connection');
        await vs.tab(/Connection to Acme/).waitFor();
      },
      keyboard: async (hand) => {
        await hand.palette('Check connection');
        await vs.tab(/Connection to Acme/).waitFor();
      },
    },
  ]);
});
