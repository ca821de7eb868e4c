import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect, showIdentities } from './connect';
import { launch, type Session } from './driver';
import type { Hand } from './hand';
import { cursorOn, performJobs } from './jobSteps';

describe('jobs and their steps, to act', () => {
  const five = [20, 21, 22, 23, 24];
  let vs: Session;
  let acme: DemoTenant;
  let folder: string;
  let csv: string;

  before(async () => {
    [vs, acme, folder] = await Promise.all([
      launch(),
      startDemo({ identities: 300, taskDurationMs: 500 }),
      mkdtemp(path.join(tmpdir(), 'isc-identities-files-')),
    ]);
    csv = path.join(folder, 'five.csv');
    await writeFile(csv, `id\n${five.map((index) => acme.world.people.id(index)).join('\n')}\n`);
    await vs.openView();
    await connect(vs, acme);
    await showIdentities(vs);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const name = (index: number): string => acme.world.people.name(index).display;
  const row = (index: number) => vs.row(name(index));
  const cursor = () => cursorOn(vs, name(1), { opens: true });
  const isProcessed = () => vs.statusBar(`Processing of ${name(1)}`);

  async function chooseMail(hand: Hand): Promise<void> {
    await hand.pick('Email to the work address');
    const said = await hand.confirm('Send email');
    assert.ok(said.includes(name(1)) && said.includes(acme.world.people.email(1) ?? '-'), said);
    await vs.statusBar(`Password reset email to ${name(1)} sent`);
  }

  async function resetFive(hand: Hand): Promise<void> {
    await hand.palette('Plan bulk action...');
    await hand.pick('Reset');
    await hand.pick('A column of a CSV file');
    await hand.file(csv);
    const said = await hand.confirm('Reset 5 identities');
    for (const index of five) assert.ok(said.includes(name(index)), said);
    await vs.tab('Reset 5 identities in Acme').waitFor();
  }

  const synchronizing = () => vs.webview('Synchronize attributes of 300 identities in Acme');
  async function run(): Promise<void> {
    await vs.collapse(vs.row('All identities'));
    await vs.contextMenu(vs.row('All identities'), 'Plan bulk action on this list...');
    await vs.pick('Synchronize attributes');
    const panel = await synchronizing();
    await panel.getByRole('button', { name: /^Synchronize \d+ identities$/ }).click();
    await vs.modal('Synchronize 300 identities');
    await panel.getByText('synchronization accepted').first().waitFor();
    await panel.getByRole('heading').first().click();
    await vs.panelHasFocus();
    // Where a click leaves the page differs with what is drawn at that moment: keys begin at its top.
    await panel
      .getByRole('heading')
      .first()
      .evaluate((heading) => {
        heading.tabIndex = -1;
        heading.focus();
      });
  }
  async function isStopped(): Promise<void> {
    await (await synchronizing()).getByRole('button', { name: /^Run remaining/ }).waitFor();
  }

  performJobs('act', () => vs, [
    {
      name: 'act on an identity of a read-only sandbox',
      most: 4,
      ready: async (by) => {
        if (by === 'keyboard') await vs.contextMenu(vs.row('Acme'), 'Set tenant to read-only');
        await vs.row('Acme').filter({ hasText: 'read-only' }).waitFor();
        await cursor();
      },
      mouse: async (hand) => {
        await hand.menu(row(1), 'Process...');
        const toast = await vs.notification('the tenant is read-only');
        assert.match(
          await toast.innerText(),
          /allows changes in Acme \(sandbox\) until it is set to read-only again\./,
        );
        await vs.screenshot('unlock-and-continue-dark');
        await hand.button('Unlock and continue', toast.getByRole('button', { name: 'Unlock and continue' }));
        await hand.confirm(`Process ${name(1)}`);
        await isProcessed();
      },
      keyboard: async (hand) => {
        await hand.palette('Process...');
        await vs.notification('the tenant is read-only');
        await hand.press('Control+Shift+a', 'Unlock and continue');
        await hand.confirm(`Process ${name(1)}`);
        await isProcessed();
      },
    },
    {
      name: 'send a password reset email',
      most: 4,
      ready: cursor,
      mouse: async (hand) => {
        await hand.menu(row(1), 'Send password reset email...');
        await chooseMail(hand);
      },
      keyboard: async (hand) => {
        await hand.palette('Send password reset email...');
        await chooseMail(hand);
      },
    },
    {
      name: 'reset 5 identities from a CSV file',
      most: 6,
      ready: cursor,
      mouse: resetFive,
      keyboard: resetFive,
    },
    {
      name: 'stop a bulk action',
      most: 1,
      ready: run,
      mouse: async (hand) => {
        const panel = await synchronizing();
        await hand.button('Stop', panel.getByRole('button', { name: 'Stop' }));
        await isStopped();
      },
      keyboard: async (hand) => {
        const panel = await synchronizing();
        for (const name of ['Pause', 'Stop']) {
          await hand.press('Tab');
          await panel.getByRole('button', { name }).and(panel.locator(':focus')).waitFor();
        }
        await hand.press('Enter', 'Stop');
        await isStopped();
      },
      keyboardMost: [3, 'Stop comes after Pause in the panel'],
    },
    {
      name: 'process one identity with two tenants',
      most: 3,
      ready: async (by) => {
        if (by === 'mouse') {
          await connect(vs, acme, { name: 'Other' });
          await vs.collapse(vs.row('Other'));
        }
        await showIdentities(vs);
        await cursor();
      },
      mouse: async (hand) => {
        await hand.menu(row(1), 'Process...');
        assert.match(await hand.confirm(`Process ${name(1)}`), /in Acme\?/);
        await isProcessed();
      },
      keyboard: async (hand) => {
        await hand.palette('Process...');
        assert.match(await hand.confirm(`Process ${name(1)}`), /in Acme\?/);
        await isProcessed();
      },
    },
  ]);
});
