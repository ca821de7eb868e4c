import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { CLOSE, OPEN, PSEUDO, pseudoText, writePseudo } from '../../scripts/pseudo.mjs';
import { createClient } from '../../src/api/client';
import { startDemo } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { overflowing, shownTexts } from './shownTexts';

/** VS Code stays English: it has no texts in this language. */
const OF_VSCODE =
  /^(Ctrl\+C|F5|More Actions\.\.\.|Collapse All|Cancel|Warning|Info|Close Dialog|Source: ISC Identities|Notification Actions|Clear Notification .*|Toggle all checkboxes|\d+ Results)$/;
/** `Intl` has no dates and times of this language either. */
const DATE = /^[A-Z][a-z]{2} \d{1,2}, \d{4}(, [\d:]+ [AP]M \S+)?$|^\d+ (second|minute)s?$/;
/** What a person may type is no text: an example stays as it is. */
const EXAMPLE = /^acme, acme\./;

/** A language in which every text of ours is marked (« »), longer, and accented: what is not was never translated. */
describe('another display language', () => {
  const person = 'Ada Winterbourne';
  const tenants = pseudoText('Tenants');
  let folder: string;
  let data: ReadonlySet<string>;
  let vs: Session;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'isc-identities-pseudo-'));
    await writePseudo(folder);
    data = await fetchData(person);
    vs = await launch({ extension: folder, language: PSEUDO });
  });
  after(async () => {
    await vs?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const check = async (name: string, parts: Locator): Promise<void> => {
    await parts.first().waitFor();
    await vs.screenshot(`pseudo-${name}-dark`);
    const texts = await shownTexts(parts);
    assert.ok(
      texts.some((text) => text.includes(OPEN)),
      name,
    );
    const english = texts.filter(
      (text) =>
        /\p{L}{2}/u.test(text) &&
        !text.includes(OPEN) &&
        !text.includes(CLOSE) &&
        ![OF_VSCODE, DATE, EXAMPLE].some((known) => known.test(text)) &&
        !data.has(text),
    );
    assert.deepEqual(english, [], name);
  };
  const demo = (): Locator => vs.view(tenants).getByRole('button', { name: pseudoText('Try the demo tenant') });
  const row = (label: string): Locator => vs.row(label, tenants);

  it('is that of the welcome', async () => {
    await vs.palette('View: Show ISC Identities');
    await demo().waitFor();
    await check('welcome', vs.page.locator('.sidebar .pane'));
  });

  it('is that of the tree and its menus', async () => {
    await demo().click();
    await row(pseudoText('All identities')).and(vs.page.locator('[aria-expanded="true"]')).waitFor();
    await vs.expand(row(pseudoText('Demo tenant')));
    await vs.expand(row(pseudoText('All identities')));
    await vs.expand(row(person));
    await check('tree', vs.page.locator('.sidebar .pane'));
    for (const [name, label] of [
      ['person', person],
      ['tenant', pseudoText('Demo tenant')],
    ] as const) {
      await row(label).click({ button: 'right' });
      await check(`menu-${name}`, vs.page.locator('.monaco-menu'));
      await vs.page.keyboard.press('Escape');
    }
  });

  it('is that of the status bar and of a notification', async () => {
    const title = pseudoText('Synchronize attributes');
    await vs.contextMenu(row(person), title);
    await vs.statusBar(`${pseudoText('Demo tenant')} (`);
    await check('status', vs.page.locator('.statusbar-item').filter({ hasText: OPEN }));
    await vs.contextMenu(row(person), title);
    const toast = await vs.notification(OPEN);
    await check('notification', toast);
    await vs.dismiss(toast);
  });

  it('is that of a dialog', async () => {
    await vs.contextMenu(row(pseudoText('Demo tenant')), pseudoText('Remove tenant...'));
    await check('dialog', vs.page.locator('.monaco-dialog-box'));
    await vs.page.keyboard.press('Escape');
  });

  it('is that of a search and of an input', async () => {
    const input = vs.page.locator('.quick-input-widget');
    const titled = (english: string): Promise<void> =>
      input
        .locator('.quick-input-title')
        .filter({ hasText: pseudoText(english).slice(0, 8) })
        .waitFor();
    await vs.palette(`ISC Identities: ${pseudoText('Find identity...')}`);
    await titled('Find identity in {0}');
    await vs.type('ada');
    await input.locator('.monaco-list-row').filter({ hasText: person }).first().waitFor();
    // Rows are cut in pieces where they match.
    await check('find', input.locator('.quick-input-titlebar, .quick-input-header, .label-description'));
    await vs.page.keyboard.press('Escape');
    await vs.palette(`ISC Identities: ${pseudoText('Add tenant...')}`);
    await titled('Add tenant');
    await check('add', input.locator('.quick-input-titlebar, .quick-input-header, .quick-input-message'));
    await vs.page.keyboard.press('Escape');
  });

  it("is that of a person's panel, and every text has its place", async () => {
    await row(person).click();
    const page = await vs.webview(person);
    await page.getByRole('heading', { name: person }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), PSEUDO);
    for (const [n, tab] of (await page.getByRole('tab').all()).entries()) {
      await tab.click();
      await page.locator('.tabpanel:not([hidden]):not(:has(.skeleton)):not(:has(.picture:empty))').waitFor();
      await check(`panel-${String(n)}`, page.locator('body'));
      assert.deepEqual(await overflowing(page.locator('body')), []);
    }
  });

  it('is that of a plan for many, and every text has its place', async () => {
    await row('Aada Koskivaara').click({ position: { x: 100, y: 8 } });
    await row(person).click({ modifiers: ['Control'], position: { x: 100, y: 8 } });
    await vs.contextMenu(row(person), pseudoText('Invite selected identities...'));
    await vs.modal(pseudoText('Show plan'));
    const page = await vs.webview(new RegExp(OPEN));
    await page.getByRole('cell', { name: person }).or(page.getByText(person)).first().waitFor();
    await check('plan', page.locator('body'));
    assert.deepEqual(await overflowing(page.locator('body')), []);
  });
});

/** What the demo tenant itself says of its people, and of one all there is: texts that no translation has. */
async function fetchData(name: string): Promise<ReadonlySet<string>> {
  const tenant = await startDemo();
  const { baseUrl, clientId, clientSecret } = tenant;
  const client = createClient({
    baseUrl,
    version: 'v2024',
    credentials: { kind: 'pat', clientId, clientSecret },
    readOnly: true,
  });
  const { items: people } = await client.identities.list({ limit: 250, sorters: 'name' });
  const id = people.find((each) => each.name === name)?.id ?? '';
  const answers = await Promise.all([
    client.identities.get(id),
    client.identities.ownership(id),
    client.accounts.list(id),
    client.entitlements.list(id),
    client.roleAssignments.list(id),
    client.search.identities(`id:${id}`, { includeNested: true }),
  ]);
  // What a role provisions is in none of these.
  const roles = await Promise.all(
    answers[4].map(({ role }) => client.roleAssignments.listDetailed(id, { roleName: role.name ?? '' })),
  );
  await tenant.close();
  const found = new Set<string>();
  JSON.stringify([people, answers, roles], (key, value: unknown) => {
    found.add(key);
    if (typeof value === 'string' || typeof value === 'boolean') found.add(String(value));
    // A value of several parts is shown in one line.
    else if (typeof value === 'object') found.add(JSON.stringify(value, undefined, 1).replace(/\s+/g, ' '));
    return value;
  });
  return found;
}
