import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect, rewriting, type Rewriting } from './tenant';

const NAME = 'Ada <script>document.title=1</script><img src=x onerror=alert(1)></style>';
const ATTRIBUTES = {
  '</style><script>alert(1)</script>': '</textarea><svg onload=alert(1)>',
  direction: 'invoice\u202egnp.exe',
  huge: 'x'.repeat(100_000),
  markdown: '[click](command:workbench.action.quit) **bold**',
  __html: { '<b>': ['<i>', '</main>'] },
};

/** What someone who means harm could write into a tenant. */
function hurt(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('name' in value)) return value;
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
    await connect(vs, demo, tenant.baseUrl);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vs.screenshot(`failed-${this.currentTest.title}`);
  });
  after(async () => {
    await vs?.dispose();
    await tenant?.close();
    await demo?.close();
  });

  it('is shown as text in the tree, the panel and the documents', async () => {
    const row = vs.row(/^Ada <script>/);
    await row.click();
    const page = await vs.webview(/^Ada <script>/);
    await page.getByRole('heading', { name: /^Ada <script>document\.title=1<\/script><img src=x/ }).waitFor();
    await page.locator('dl.attributes dt').getByText('</style><script>alert(1)</script>', { exact: true }).waitFor();
    assert.equal(await page.locator('main script, main img, main svg[onload]').count(), 0);
    const huge = page.locator('dl.attributes > div', { has: page.getByText('huge', { exact: true }) });
    assert.ok((await huge.innerText()).length < 1000);
    await vs.screenshot('hostile-attributes-dark');
    await vs.contextMenu(row, 'Open as JSON');
    await vs.page.locator('.view-line', { hasText: '"name": "Ada <script>' }).first().waitFor();
    await vs.screenshot('hostile-document-dark');
  });

  it('runs nothing and breaks no rule of the page', () => {
    assert.deepEqual(vs.problems, []);
  });
});
