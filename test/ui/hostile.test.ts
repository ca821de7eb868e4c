import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect, showIdentities } from './connect';
import { overflowing } from './shownTexts';
import { rewriting, type Rewriting } from './rewriting';

const LINK = '[Sign in again](command:workbench.action.quit)';
const NAME = `Ada <script>document.title=1</script><img src=x onerror=alert(1)></style> ${LINK}\r\n\u202egnp.exe $(error)`;
const ATTRIBUTES = {
  '</style><script>alert(1)</script>': '</textarea><svg onload=alert(1)>',
  direction: 'invoice\u202egnp.exe',
  huge: 'x'.repeat(100_000),
  markdown: '[click](command:workbench.action.quit) **bold**',
  __html: { '<b>': ['<i>', '</main>'] },
};

/** Harmless, and hard to give room: 200 letters without a blank, and as many from right to left. */
const LONG = {
  'Abel Marchetto': `Abel${'marchetto'.repeat(22)}`.slice(0, 200),
  'Aaron Achterberg': 'عبد الرحمن '.repeat(19).slice(0, 200).trim(),
};

/** What someone who means harm could write into a tenant, and someone who means none. */
function hurt(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('name' in value)) return value;
  if (typeof value.name === 'string' && Object.hasOwn(LONG, value.name))
    return { ...value, name: LONG[value.name as keyof typeof LONG] };
  if (value.name !== 'Ada Winterbourne') return value;
  return 'attributes' in value
    ? { ...value, name: NAME, attributes: { ...(value.attributes as object), ...ATTRIBUTES } }
    : { ...value, name: NAME };
}

describe('hostile data', () => {
  let vs: Session;
  let demo: DemoTenant;
  let tenant: Rewriting;

  before(async () => {
    [vs, demo] = await Promise.all([launch(), startDemo({ identities: 30 })]);
    tenant = await rewriting(demo, ({ pathname }, body) =>
      pathname.includes('/identities') ? { body: JSON.parse(JSON.stringify(body), hurt) as unknown } : undefined,
    );
    await vs.openView();
    await connect(vs, demo, { baseUrl: tenant.baseUrl });
    await showIdentities(vs);
  });
  after(async () => {
    await vs?.dispose();
    await tenant?.close();
    await demo?.close();
  });

  it('is shown as text in the tree, the panel and the documents', async () => {
    const row = vs.row(/^Ada <script>/);
    await vs.open(/^Ada <script>/);
    const page = await vs.webview(/^Ada <script>/);
    await page.getByRole('heading', { name: /^Ada <script>document\.title=1<\/script><img src=x/ }).waitFor();
    await page.locator('dl.attributes dt').getByText('</style><script>alert(1)</script>', { exact: true }).waitFor();
    assert.equal(await page.locator('main script, main img, main svg[onload]').count(), 0);
    const huge = page.locator('dl.attributes > div', { has: page.getByText('huge', { exact: true }) });
    assert.ok((await huge.innerText()).length < 1000);
    await vs.screenshot('hostile-attributes-dark');
    await vs.contextMenu(row, 'Open as', 'Open as JSON');
    await vs.page.locator('.view-line', { hasText: '"name": "Ada <script>' }).first().waitFor();
    await vs.screenshot('hostile-document-dark');
  });

  it('makes no link, icon or line of its own in messages, boxes, lists, rows and tooltips', async () => {
    const row = vs.row(/^Ada <script>/);
    await vs.contextMenu(row, 'Invite...');
    const toast = await vs.notification(/Ada <script>/);
    await harmless(toast);
    await toast.getByRole('button', { name: 'Unlock and continue' }).click();
    // The invitation goes on, and is refused for somebody who is registered.
    const refused = await vs.notification('ISC invites only unregistered identities');
    await harmless(refused);
    await vs.dismiss(refused);
    await vs.palette('ISC Identities: Find identity...');
    await vs.type('Ada');
    const found = vs.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Ada <script>' }).first();
    await found.waitFor();
    await harmless(found);
    await vs.page.keyboard.press('Escape');
    await vs.contextMenu(row, 'Reset...');
    const dialog = vs.page.locator('.monaco-dialog-box', { hasText: 'Ada <script>' });
    await dialog.waitFor();
    await harmless(dialog);
    await vs.modal('Cancel');
    await harmless(await vs.tooltip(row, 'Ada <script>'));
    assert.equal(await row.locator('.codicon-error').count(), 0);
    await vs.screenshot('hostile-tooltip-dark');
  });

  /** The name stands there letter by letter: what would have been a link, and no icon or direction of its own. */
  async function harmless(place: Locator): Promise<void> {
    const text = await place.innerText();
    assert.match(
      text.replaceAll('\u00a0', ' '),
      /\[Sign in again\] \(command:workbench\.action\.quit\) +gnp\.exe \$ \(error\)/,
    );
    assert.equal(await place.locator('a[href*="command:"], a[data-href*="command:"]').count(), 0);
    assert.doesNotMatch(text, /[\u202e]/);
  }

  for (const [who, name] of Object.entries(LONG)) {
    it(`has room for a name of 200 letters: ${who}`, async () => {
      const start = name.slice(0, 12);
      await vs.open(new RegExp(`^${start}`));
      const page = await vs.webview(new RegExp(`^${start}`));
      await page.getByRole('heading', { name }).waitFor();
      assert.deepEqual(await overflowing(page.locator('body')), []);
      await vs.screenshot(`long-name-${who.slice(0, 4)}-dark`);
      await vs.contextMenu(vs.row(new RegExp(`^${start}`)), 'Reset...');
      const dialog = vs.page.locator('.monaco-dialog-box', { hasText: `Reset ${start}` });
      await dialog.waitFor();
      assert.ok(
        (await dialog.locator('.dialog-message-text').innerText())
          .replaceAll('\u200b', '')
          .includes(`Reset ${name} in Acme?`),
      );
      assert.deepEqual(await overflowing(dialog.locator('.dialog-message-container')), []);
      await vs.modal('Cancel');
    });
  }

  it('runs nothing and breaks no rule of the page', () => {
    // What a message says is written to the console, too.
    assert.deepEqual(
      vs.problems.filter((problem) => !problem.startsWith('Could not invite Ada <script>')),
      [],
    );
  });
});
