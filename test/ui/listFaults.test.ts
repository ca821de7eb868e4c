import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { waitUntil } from '../waitUntil';
import { connect } from './connect';
import { launch, type Session } from './driver';

function isSecondPage({ query }: { readonly query: string }): boolean {
  const asked = new URLSearchParams(query);
  return asked.get('limit') === '250' && asked.get('offset') === '250';
}

/** Lists when something goes wrong, or is stopped, or read again. Each step goes on from the one before. */
describe('lists in trouble', () => {
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 2_000 })]);
    await vs.openView();
    await connect(vs, acme);
    // The next page fails twice: fetched ahead, which says nothing, and when it is wanted.
    acme.faults.add({ kind: 'status', status: 500, operation: 'listIdentities', when: isSecondPage, times: 2 });
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('All identities'));
    await vs.row('All identities').filter({ hasText: '2,000' }).waitFor();
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  const focused = () => vs.view().locator('.monaco-list-row.focused');
  const toTop = () => vs.pressUntil('Home', focused().and(vs.row('Acme')));

  /** The row of a text near the end of the list, which is above the other views at the end of the tree. */
  async function nearEnd(text: string | RegExp, timeout = 60_000): Promise<Locator> {
    await vs.pressUntil('End', focused().and(vs.row('Protected')));
    const row = vs.view().locator('.monaco-list-row').filter({ hasText: text }).first();
    await row.waitFor({ timeout });
    return row;
  }

  /** Clicks such a row until another one shows what came of it: a list that is drawn again at that moment moves away under a click. */
  async function clickNearEnd(text: string, result: string): Promise<Locator> {
    for (let tries = 1; ; tries++) {
      const clicked = await nearEnd(text, 6_000)
        .then((row) => row.click())
        .then(
          () => true,
          () => false,
        );
      try {
        return await nearEnd(result, clicked ? 8_000 : 1_000);
      } catch (error) {
        if (tries === 6) throw error;
      }
    }
  }

  it('keeps what is loaded when a page fails, says why, and tries again', async () => {
    await waitUntil(() => acme.requests.list.some(isSecondPage), 'the next page is fetched ahead');
    await clickNearEnd('250 of 2,000', 'Could not load identities');
    await vs.screenshot('lists-failed-dark');
    await clickNearEnd('Could not load identities', '500 of 2,000');
    await vs.view().locator('.monaco-list-row').filter({ hasText: 'Could not load' }).waitFor({ state: 'detached' });
    assert.equal(await vs.page.locator('.notification-toast').count(), 0);
  });

  it('keeps the pages and who is selected over a refresh', async () => {
    await toTop();
    const person = vs.view().locator('.monaco-list-row[aria-level="3"]').nth(2);
    await person.click();
    const before = await person.getAttribute('aria-label');
    const requests = acme.requests.count('listIdentities');
    await vs.palette('ISC Identities: Refresh');
    await nearEnd('500 of 2,000');
    assert.ok(acme.requests.count('listIdentities') >= requests + 2);
    await toTop();
    const selected = vs.view().locator('.monaco-list-row.selected');
    await selected.waitFor();
    assert.equal(await selected.getAttribute('aria-label'), before);
  });

  it('stops loading all when told to, and keeps what came', async () => {
    acme.latencyMs = 400;
    await toTop();
    await vs.contextMenu(vs.row('All identities'), 'Load all');
    const toast = await vs.notification('Loading All identities of Acme');
    await toast.filter({ hasText: /[\d,]+ of 2,000/ }).waitFor();
    await toast.getByRole('button', { name: 'Cancel' }).click();
    await toast.waitFor({ state: 'detached' });
    acme.latencyMs = 0;
    // The list may be drawn once more after the last page came: then the row is looked for again.
    let shown = '';
    await waitUntil(
      async () => {
        const more = await nearEnd(/[\d,]+ of 2,000/);
        const said = await more.getAttribute('aria-label', { timeout: 2_000 }).catch(() => null);
        [, shown = ''] = /([\d,]+) of 2,000/.exec(said ?? '') ?? [];
        return shown !== '';
      },
      'the row says how many are loaded',
      { everyMs: 100, giveUpAfterMs: 60_000 },
    );
    const rows = Number(shown.replace(',', ''));
    assert.ok(rows >= 500 && rows < 2_000, shown);
  });

  it('says whom a list hides', async () => {
    await toTop();
    await vs.tooltip(vs.row('All identities'), 'Hidden: uncorrelated identities (see the list Uncorrelated)');
    await vs.screenshot('lists-hidden-dark');
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
