import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect, signIn } from './connect';
import { serious, sideways } from './panelPage';

/** The panel of a batch in a real VS Code: plan, run and result of a tenant of 10,500 people. */
describe('panel of an action on many people', () => {
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 10_500, taskDurationMs: 1_000 })]);
    await vs.openView();
    await connect(vs, acme);
    await vs.expand(vs.row('Acme'));
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  /** Plans an action for the people that are named in an editor. */
  async function planFor(action: string, names: readonly string[], { readOnly = false } = {}): Promise<void> {
    await vs.palette('File: New Untitled Text File');
    await vs.page.locator('.monaco-editor.focused').waitFor();
    await vs.page.keyboard.insertText(names.join('\n'));
    await vs.page
      .locator('.view-line')
      .getByText(names.at(-1) ?? '')
      .waitFor();
    await vs.palette('ISC Identities: Plan bulk action...');
    await vs.pick(action);
    await vs.pick('IDs, aliases, emails or names in the active editor');
    // In a tenant that takes no changes nothing is asked.
    if (!readOnly) await vs.modal('Show plan');
  }

  const rowOf = (page: FrameLocator, name: string) =>
    page.locator('tbody tr').filter({ has: page.getByRole('button', { name, exact: true }) });

  it('plans a deletion: says of everybody what will happen, or why not', async () => {
    await planFor(
      'Delete',
      [
        'ada.winterbourne',
        'aada.koskivaara',
        'aada.koskivaara@example.com',
        'nobody.at.all',
        'adisa.balogunde',
        'adam.kesslinger',
        'aeryn.maplewood',
      ],
      { readOnly: true },
    );
    const page = await vs.webview(/^Delete/);
    await page.getByRole('heading', { name: 'Plan: delete 3 identities from Acme' }).waitFor();
    await vs.screenshot('batch-plan-dark');
    for (const [name, words] of [
      ['Ada Winterbourne', /skipped: owner of \d+ roles/],
      ['Adisa Balogunde', /skipped: protected/],
      ['Adam Kesslinger', /will be deleted/],
    ] as const) {
      assert.match(await rowOf(page, name).first().innerText(), words);
    }
    assert.match(await page.locator('tbody').innerText(), /nobody\.at\.all\s+skipped: not found/);
    assert.match(await page.locator('tbody').innerText(), /skipped: listed more than once/);
    assert.equal(acme.requests.count('deleteIdentity'), 0);
  });

  it('sends nothing while the tenant is read-only, and unlocks it from there', async () => {
    const page = await vs.webview(/^Delete/);
    const send = page.getByRole('button', { name: 'Delete 3 identities' });
    assert.ok((await send.getAttribute('disabled')) !== null);
    await page.getByText('Acme is read-only: nothing can be sent.').waitFor();
    await page.getByRole('button', { name: 'Unlock and continue' }).click();
    await vs.modal('Allow changes in Acme');
    // It goes on with the question of the run, which sends nothing until it is answered.
    assert.match(await vs.modal('Cancel'), /Delete 3 identities from Acme\?/);
    assert.equal(acme.requests.count('deleteIdentity'), 0);
    await page.getByText('Acme is read-only').waitFor({ state: 'detached' });
  });

  it('leaves somebody out by keyboard', async () => {
    const page = await vs.webview(/^Delete/);
    await page.getByRole('checkbox', { name: 'Include Aeryn Maplewood' }).focus();
    await vs.page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'Plan: delete 2 identities from Acme' }).waitFor();
    await rowOf(page, 'Aeryn Maplewood').getByText('excluded').waitFor();
    await vs.page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'Plan: delete 3 identities from Acme' }).waitFor();
    await page.getByRole('button', { name: '1 skipped: protected' }).focus();
    await vs.page.keyboard.press('Enter');
    await rowOf(page, 'Aeryn Maplewood').waitFor({ state: 'detached' });
    assert.equal(await page.locator('tbody tr').count(), 1);
    await page.getByRole('button', { name: '7 total' }).click();
    await rowOf(page, 'Aeryn Maplewood').waitFor();
  });

  it('deletes after the question, and tells what became of everybody', async () => {
    acme.faults.add({ kind: 'status', status: 400, operation: 'deleteIdentity' });
    let page = await vs.webview(/^Delete/);
    await page.getByRole('button', { name: 'Delete 3 identities' }).click();
    const said = await vs.modal('Delete 3 identities');
    assert.match(said, /Delete 3 identities from Acme\?[^]*Tenant: Acme \(sandbox\)\.[^]*cannot be undone/);
    page = await vs.webview(/^Delete/);
    await page.getByText(/^ended /).waitFor();
    await page.getByRole('button', { name: '1 failed' }).waitFor();
    await page.getByRole('button', { name: '2 done' }).waitFor();
    assert.match(
      await page.locator('tbody tr').first().innerText(),
      /failed[^]*tracking ID/,
      'what failed comes first',
    );
    assert.equal(acme.requests.count('deleteIdentity'), 3);
    assert.deepEqual(await serious(vs, page), []);
    await vs.screenshot('batch-result-dark');
  });

  it('narrows the result to what failed, and sends only that again', async () => {
    let page = await vs.webview(/^Delete/);
    await page.getByRole('button', { name: '1 failed' }).click();
    await rowOf(page, 'Ada Winterbourne').waitFor({ state: 'detached' });
    assert.equal(await page.locator('tbody tr').count(), 1);
    await page.getByRole('button', { name: 'Retry failed (1)' }).click();
    assert.match(await vs.modal('Delete 1 identity'), /Delete 1 identity from Acme\?/);
    page = await vs.webview(/^Delete/);
    await page.getByRole('button', { name: '3 done' }).waitFor();
    await page.getByText(/^ended /).waitFor();
    assert.equal(acme.requests.count('deleteIdentity'), 4);
  });

  it('opens what stands in the way, and people by their names', async () => {
    const page = await vs.webview(/^Delete/);
    await page.getByRole('button', { name: 'Show what Ada Winterbourne owns' }).click();
    const person = await vs.webview('Ada Winterbourne');
    await person.getByRole('tab', { name: /^Ownership/, selected: true }).waitFor();
  });

  it('says what it waits for, and what is unknown', async () => {
    acme.faults.add({ kind: 'resetAfter', operation: 'resetIdentity' });
    acme.faults.add({ kind: 'status', status: 429, retryAfter: '6', operation: 'resetIdentity' });
    await planFor('Reset', ['abel.marchetto', 'abigail.thornquist', 'adele.vantongeren']);
    let page = await vs.webview(/^Reset/);
    await page.getByRole('button', { name: 'Reset 3 identities' }).click();
    assert.match(await vs.modal('Reset 3 identities'), /must register again\. This cannot be undone/);
    page = await vs.webview(/^Reset/);
    await page.getByText(/^waiting for the ISC rate limit, continuing in \d seconds?$/).waitFor();
    await vs.screenshot('batch-waiting-dark');
    await page.getByText(/^ended /).waitFor();
    await page.getByText('1 identity: sent, but no clear response was received.').waitFor();
    assert.match(await page.locator('tbody tr').first().innerText(), /unknown: may have taken effect/);
    await vs.screenshot('batch-unknown-dark');
    assert.equal(acme.requests.count('resetIdentity'), 4, 'the 429 was sent again, what is unknown was not');
  });

  it('processes a view in chunks, and tells from the messages of their tasks who failed', async () => {
    await vs.contextMenu(vs.row('Locked'), 'Plan bulk action on this list...');
    await vs.pick('Process');
    let page = await vs.webview(/^Process/);
    const send = page.getByRole('button', { name: /^Process \d+ identities$/ });
    await page.getByText('2 requests').waitFor();
    const effect = (await send.innerText()).trim();
    await send.click();
    assert.match(await vs.modal(effect), /do not use Process to refresh a whole tenant/);
    page = await vs.webview(/^Process/);
    await page.getByText(/^ended; nothing sent after /).waitFor();
    await page.getByText(/still working on \d+ identities/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^\d+ failed$/ }).waitFor();
    assert.match(await page.locator('tbody tr').first().innerText(), /failed/);
    assert.equal(acme.requests.count('startIdentityProcessing'), 2);
    await vs.screenshot('batch-processed-dark');
  });

  it('stops when the credentials are refused, and goes on after signing in again from there', async () => {
    acme.faults.add({ kind: 'status', status: 401, operation: 'resetIdentity', times: 20 });
    await planFor('Reset', ['aeryn.maplewood', 'abner.quillfeather', 'adina.feldstern']);
    let page = await vs.webview(/^Reset 2 identities/);
    await page.getByRole('button', { name: 'Reset 2 identities' }).click();
    await vs.modal('Reset 2 identities');
    page = await vs.webview(/^Reset 2 identities/);
    await page.getByText('Acme is signed out.').waitFor();
    await page.getByRole('button', { name: '2 not sent' }).waitFor();
    await vs.screenshot('batch-signed-out-dark');
    acme.faults.clear();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await signIn(vs, acme);
    await page.getByText('Acme is signed out.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Run remaining (2)' }).click();
    await vs.modal('Reset 2 identities');
    page = await vs.webview(/^Reset 2 identities/);
    await page.getByRole('button', { name: '2 done' }).waitFor();
  });

  it('plans for 10,000 people, saying how far it is, and shows them a hundred at a time', async () => {
    acme.faults.add({ kind: 'delay', ms: 400, operation: 'listIdentities', times: 20 });
    await vs.contextMenu(vs.row('All identities'), 'Plan bulk action on this list...');
    await vs.pick('Send password reset email');
    await vs.pick('Link to the work address');
    const page = await vs.webview(/^Send a password reset link/);
    await page.getByText(/^[\d,]+ of 10,\d{3} checked$/).waitFor();
    await vs.screenshot('batch-planning-dark');
    await page.getByText('nothing sent yet').waitFor();
    assert.equal(await page.locator('tbody tr').count(), 100);
    await vs.screenshot('batch-10000-dark');
    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('ada ');
    await page
      .getByRole('status')
      .filter({ hasText: /^\d+ of 10,\d{3} shown$/ })
      .waitFor();
    await page.getByRole('button', { name: /^Exclude these \d+$/ }).click();
    await page.getByText('excluded').nth(1).waitFor();
    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('');
    await page.getByText(/^1 to 100 of 10,\d{3}$/).waitFor();
  });

  it('runs, pauses and goes on by keyboard, while the rest of the window stays quick', async () => {
    let page = await vs.webview(/^Send a password reset link/);
    await page.getByRole('button', { name: /^Send [\d,]+ emails$/ }).focus();
    await vs.page.keyboard.press('Enter');
    assert.match(await vs.modal(await send(page)), /Send a password reset link to 10,\d{3} identities in Acme\?/);
    page = await vs.webview(/^Send a password reset link/);
    await page.getByText(/requests\/s$/).waitFor();
    await page.getByText(/^about \d+ minutes left$/).waitFor();
    await vs.screenshot('batch-running-dark');
    await page.getByRole('button', { name: 'Pause' }).focus();
    await vs.page.keyboard.press('Enter');
    await page.getByText('paused', { exact: true }).waitFor();
    await vs.screenshot('batch-paused-dark');
    await vs.page.keyboard.press('Enter');
    assert.match(await vs.modal('Resume'), /Resume: send a password reset link to [\d,]+ identities in Acme\?/);
    page = await vs.webview(/^Send a password reset link/);
    await page.getByText('running', { exact: true }).waitFor();
    const begun = Date.now();
    await vs.expand(vs.row('Locked'));
    await vs.row('Aaron Achterberg').waitFor();
    assert.ok(Date.now() - begun < 5_000, `${String(Date.now() - begun)} ms`);
  });

  it('stops at the click, says what was sent, and sends the rest later', async () => {
    let page = await vs.webview(/^Send a password reset link/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/^stopped /).waitFor();
    const rest = page.getByRole('button', { name: /^Run remaining \([\d,]+\)$/ });
    const left = /[\d,]+/.exec(await rest.innerText())?.[0] ?? '';
    const sent = acme.requests.count('sendIdentityVerificationAccountToken');
    await page.getByRole('button', { name: `${left} not sent` }).waitFor();
    await page.getByRole('button', { name: `${String(sent)} done` }).waitFor();
    await vs.screenshot('batch-cancelled-dark');
    await rest.click();
    await vs.modal(`Send ${left} emails`);
    page = await vs.webview(/^Send a password reset link/);
    await page.getByText('running', { exact: true }).waitFor();
    assert.deepEqual(await serious(vs, page), []);
  });

  it('stays usable 400 px wide and at 200% zoom', async () => {
    const size = vs.page.viewportSize();
    for (const [name, width, height] of [
      ['narrow', 750, 800],
      ['zoomed', 640, 400],
    ] as const) {
      await vs.page.setViewportSize({ width, height });
      const page = await vs.webview(/^Send a password reset link/);
      await page.locator('tbody tr').first().waitFor();
      await vs.screenshot(`batch-${name}-dark`);
      const wide = await sideways(page);
      assert.ok(wide <= 1, `${name}: ${String(wide)} px sideways`);
    }
    if (size) await vs.page.setViewportSize(size);
  });

  it('shows after a reload in the middle what was surely sent and what was not', async () => {
    await vs.webview(/^Send a password reset link/);
    const sent = (): number => acme.requests.count('sendIdentityVerificationAccountToken');
    await vs.reload();
    const page = await vs.webview(/^Send a password reset link/);
    await page.getByText(/definitely not sent/).waitFor();
    await page.getByRole('button', { name: /^[\d,]+ not sent$/ }).waitFor();
    await page.getByRole('button', { name: /^Run remaining \([\d,]+\)$/ }).waitFor();
    const told = await Promise.all(
      ['done', 'unknown'].map(async (word) => {
        const figure = page.getByRole('button', { name: new RegExp(`^[\\d,]+ ${word}$`) });
        return (await figure.count()) === 0 ? 0 : Number((await figure.innerText()).replace(/\D/g, ''));
      }),
    );
    assert.equal((told[0] ?? 0) + (told[1] ?? 0), sent());
    await vs.screenshot('batch-reloaded-dark');
  });

  it('says of a plan that a reload took away that nothing was sent', async () => {
    const sent = acme.requests.count('startIdentityProcessing');
    await planFor('Process', ['adrian.solbergsen', 'abner.quillfeather']);
    const page = await vs.webview(/^Process 2 identities/);
    await page.getByRole('button', { name: 'Process 2 identities' }).waitFor();
    await vs.reload();
    const after = await vs.webview(/^Process 2 identities/);
    await after.getByText('plans are not kept when the window reloads. Nothing was sent.').waitFor();
    await vs.screenshot('batch-plan-gone-dark');
    assert.equal(acme.requests.count('startIdentityProcessing'), sent);
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });

  async function send(page: FrameLocator): Promise<string> {
    return page.getByRole('button', { name: /^Send [\d,]+ emails$/ }).innerText();
  }
});
