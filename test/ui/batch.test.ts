import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { FrameLocator } from 'playwright-core';
import type { LoggedOperation } from '../../src/demo/http/requestLog';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect } from './connect';
import { chooseFile } from './files';

/** An action on many people, from every way of naming them to the result; what is sent is counted in the tenant. */
describe('acting on many people', () => {
  let vs: Session;
  let acme: DemoTenant;
  let folder: string;

  before(async () => {
    [vs, acme, folder] = await Promise.all([
      launch(),
      startDemo({ identities: 300, taskDurationMs: 1_000 }),
      mkdtemp(path.join(tmpdir(), 'isc-identities-files-')),
    ]);
    await vs.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const sent = (operation: LoggedOperation): number => acme.requests.count(operation);
  const name = (index: number): string => acme.world.people.name(index).display;

  /** The people named in writes of an operation, each as often as she was named. */
  function named(operation: LoggedOperation): string[] {
    return acme.requests.list
      .filter((request) => request.operation === operation)
      .flatMap(({ body, path }) => {
        const { ids, identityIds } = (body ?? {}) as { ids?: string[]; identityIds?: string[] };
        return ids ?? identityIds ?? [/[0-9a-f]{32}/.exec(path)?.[0] ?? ''];
      });
  }

  /** Presses the button that sends, and answers the question. @returns what the question said */
  async function send(panel: FrameLocator, button: RegExp, effect?: string): Promise<string> {
    const pressed = panel.getByRole('button', { name: button });
    const label = (await pressed.innerText()).trim();
    await pressed.click();
    return vs.modal(effect ?? label);
  }

  it('starts with a tenant that may be changed', async () => {
    await vs.openView();
    await connect(vs, acme);
    await vs.contextMenu(vs.row('Acme'), 'Unlock tenant for changes...');
    await vs.modal('Allow changes in Acme');
    await vs.expand(vs.row('Acme'));
    await vs.row('Unregistered').waitFor();
  });

  it('plans, asks, runs and tells the result of a view', async () => {
    await vs.contextMenu(vs.row('Unregistered'), 'Plan bulk action on this list...');
    await vs.pick('Invite');
    const panel = await vs.webview(/^Invite \d+ identities in Acme$/);
    await panel.getByText('the list Unregistered').waitFor();
    assert.equal(sent('startIdentitiesInvite'), 0);
    const said = await send(panel, /^Send \d+ invitations$/);
    assert.match(said, /Invite \d+ identities in Acme\?/);
    assert.match(said, /Tenant: Acme \(sandbox\)\./);
    assert.match(said, /\d+ emails are sent/);
    await panel.getByText('invited', { exact: true }).first().waitFor();
    assert.equal(sent('startIdentitiesInvite'), 1);
    assert.equal(new Set(named('startIdentitiesInvite')).size, named('startIdentitiesInvite').length);
    await vs.page.keyboard.press('Control+F4');
  });

  it('takes people from the clipboard, and says who is not found or named twice', async () => {
    const { emailAddress } = acme.world.identity(21) as { emailAddress: string };
    const { first, last } = acme.world.people.name(1);
    const lines = [acme.world.people.id(20), emailAddress, 'nobody@example.com', emailAddress, `${last}, ${first}`];
    await vs.page.evaluate((text) => navigator.clipboard.writeText(text), lines.join('\n'));
    await vs.palette('ISC Identities: Process...');
    await vs.pick('Multiple identities...');
    await vs.pick('IDs, aliases, emails or names on the clipboard');
    await vs.page.locator('.monaco-dialog-box').waitFor();
    await vs.screenshot('batch-few-dark');
    const said = await vs.modal('Show plan');
    for (const words of [name(20), name(21), name(1), 'nobody@example.com: not found'])
      assert.ok(said.includes(words), said);
    const panel = await vs.webview('Process 3 identities in Acme');
    await panel.getByText(name(20)).first().waitFor();
    await panel.getByText(name(1), { exact: true }).first().waitFor();
    await panel.getByText(name(21)).first().waitFor();
    const row = (words: string) => panel.getByRole('row').filter({ hasText: words });
    await row('nobody@example.com').filter({ hasText: 'skipped: not found' }).waitFor();
    await row(name(21)).filter({ hasText: 'skipped: listed more than once' }).waitFor();
    await panel.getByText('5 entries from the clipboard').waitFor();
    await vs.screenshot('batch-clipboard-dark');
    await vs.page.keyboard.press('Control+F4');
  });

  it('takes people from a column of a CSV file', async () => {
    const file = path.join(folder, 'people.csv');
    await writeFile(file, `name;mail\nAda;${acme.world.people.id(30)}\nBo;${acme.world.people.id(31)}\n`);
    await vs.palette('ISC Identities: Plan bulk action...');
    await vs.pick('Synchronize attributes');
    await vs.pick('A column of a CSV file');
    await chooseFile(vs, file);
    await vs.pick('mail');
    await vs.modal('Show plan');
    const panel = await vs.webview('Synchronize attributes of 2 identities in Acme');
    await panel.getByText('2 entries from the column mail').waitFor();
    await vs.page.keyboard.press('Control+F4');
  });

  it('takes people found by typing, one after the other', async () => {
    await vs.palette('ISC Identities: Plan bulk action...');
    await vs.pick('Reset');
    await vs.pick('Identities you search for');
    // The list of sources is still there for a moment: what is typed into it would be lost.
    await vs.page.locator('.quick-input-title').filter({ hasText: 'Reset · Acme' }).waitFor();
    for (const index of [2, 3]) {
      await vs.type(name(index));
      await vs.page
        .locator('.quick-input-title')
        .filter({ hasText: name(index) })
        .waitFor();
      await vs.pick(new RegExp(name(index)));
      await vs.page
        .locator('.quick-input-widget:visible .monaco-list-row')
        .filter({ hasText: /Continue with/ })
        .waitFor();
    }
    await vs.pick('Continue with 2 identities');
    await vs.modal('Show plan');
    const panel = await vs.webview('Reset 2 identities in Acme');
    await panel.getByText(name(3)).first().waitFor();
    await vs.page.keyboard.press('Control+F4');
  });

  it('processes 300 people in two requests, and tells whom the warnings are about', async () => {
    await vs.contextMenu(vs.row('All identities'), 'Plan bulk action on this list...');
    await vs.pick('Process');
    const panel = await vs.webview('Process 300 identities in Acme');
    const before = sent('startIdentityProcessing');
    assert.match(
      await send(panel, /^Process 300 identities$/),
      /recalculates the attributes, lifecycle state, roles and access/,
    );
    const toast = await vs.notification('Process 300 identities in Acme:');
    assert.match(await toast.innerText(), /\d+ done, \d+ failed/);
    await vs.dismiss(toast);
    assert.equal(sent('startIdentityProcessing'), before + 2);
    assert.equal(new Set(named('startIdentityProcessing')).size, named('startIdentityProcessing').length);
    await panel.getByText('could not be processed').first().waitFor();
    await vs.screenshot('batch-warning-dark');
  });

  it('exports the result for spreadsheets and scripts', async () => {
    const panel = await vs.webview('Process 300 identities in Acme');
    const csv = path.join(folder, 'result.csv');
    await panel.getByRole('button', { name: 'Export CSV' }).click();
    await chooseFile(vs, csv);
    await vs.statusBar('result.csv saved');
    const lines = (await readFile(csv, 'utf8')).trim().split('\r\n');
    assert.equal(lines.length, 301);
    assert.match(lines[0] ?? '', /"name","id","alias","email"/);
    const json = path.join(folder, 'result.json');
    await panel.getByRole('button', { name: 'Export JSON' }).click();
    await chooseFile(vs, json);
    await vs.statusBar('result.json saved');
    const { people } = JSON.parse(await readFile(json, 'utf8')) as { people: { state: string }[] };
    assert.deepEqual(new Set(people.map(({ state }) => state)), new Set(['done', 'failed']));
    await vs.page.keyboard.press('Control+F4');
  });

  /** The question whether the tenant is to be removed is asked about what stands still; after a no, sending goes on. */
  async function sendsNothingWhileAsked(panel: FrameLocator): Promise<void> {
    await vs.contextMenu(vs.row('Acme'), 'Remove tenant...');
    const dialog = vs.page.locator('.monaco-dialog-box', { hasText: 'Remove Acme from VS Code?' });
    await dialog.getByText('A bulk action is in progress').waitFor();
    await panel.getByRole('button', { name: 'Resume' }).waitFor();
    await panel.getByRole('button', { name: /in progress$/ }).waitFor({ state: 'detached' });
    const asked = sent('synchronizeAttributesForIdentity');
    await vs.screenshot('batch-remove-tenant-dark');
    assert.equal(sent('synchronizeAttributesForIdentity'), asked);
    await vs.modal('Cancel');
    await panel.getByRole('button', { name: 'Pause' }).waitFor();
  }

  it('stops in the middle and says what was sent', async () => {
    await vs.contextMenu(vs.row('All identities'), 'Plan bulk action on this list...');
    await vs.pick('Synchronize attributes');
    const panel = await vs.webview('Synchronize attributes of 300 identities in Acme');
    await send(panel, /^Synchronize 300 identities$/);
    await panel.getByText('synchronization accepted').first().waitFor();
    await sendsNothingWhileAsked(panel);
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel.getByRole('button', { name: /^Run remaining/ }).waitFor();
    const people = named('synchronizeAttributesForIdentity');
    assert.ok(people.length > 0 && people.length < 300, String(people.length));
    assert.equal(new Set(people).size, people.length);
    await vs.screenshot('batch-stopped-dark');
  });

  it('goes on through a storm of 429s and a token that expires, and sends nobody twice', async () => {
    const panel = await vs.webview('Synchronize attributes of 300 identities in Acme');
    const before = named('synchronizeAttributesForIdentity').length;
    const operation = 'synchronizeAttributesForIdentity';
    acme.revokeTokens();
    acme.faults.add({ kind: 'status', status: 429, retryAfter: '1', operation, times: 10 });
    await send(panel, /^Run remaining/, `Synchronize ${String(300 - before)} identities`);
    await panel.getByRole('button', { name: /^300\s*done/ }).waitFor({ timeout: 90_000 });
    const accepted = acme.requests.list.filter(({ operation: of, status }) => of === operation && status === 202);
    assert.equal(accepted.length, 300);
    assert.equal(new Set(accepted.map(({ path }) => path)).size, 300);
    assert.ok(named(operation).length > 300 - before);
    // The end of the first part may still be told; no error is.
    assert.equal(await vs.page.locator('.notification-toast .codicon-error').count(), 0);
    await vs.screenshot('batch-storm-dark');
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
