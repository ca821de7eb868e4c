import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';

const NAME = 'Ada <script>document.title=1</script><img src=x onerror=alert(1)></style>';
const ATTRIBUTES = {
  '</style><script>alert(1)</script>': '</textarea><svg onload=alert(1)>',
  direction: 'invoice\u202egnp.exe',
  huge: 'x'.repeat(100_000),
  markdown: '[click](command:workbench.action.quit) **bold**',
  __html: { '<b>': ['<i>', '</main>'] },
};

/** A tenant whose data is written by someone who means harm: the demo tenant with one person's answers changed. */
async function hostileTenant(demo: DemoTenant): Promise<{ server: Server; baseUrl: string }> {
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = request;
      const body = await bodyOf(request);
      const kept = Object.entries(headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name));
      const answer = await fetch(demo.baseUrl + url, {
        method,
        headers: kept.map(([name, value]) => [name, String(value)] as [string, string]),
        ...(method === 'GET' ? {} : { body }),
      });
      const text = await answer.text();
      const changed = url.includes('/identities') && answer.ok ? JSON.stringify(JSON.parse(text, hurt)) : text;
      const total = answer.headers.get('x-total-count');
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        ...(total === null ? {} : { 'x-total-count': total }),
      });
      response.end(changed);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

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
  let tenant: Awaited<ReturnType<typeof hostileTenant>>;

  before(async () => {
    [vs, demo] = await Promise.all([launch(), startDemo({ identities: 30 })]);
    tenant = await hostileTenant(demo);
    await vs.openView();
    await vs.palette('ISC Identities: Add tenant...');
    await vs.input(tenant.baseUrl);
    await vs.pick('Personal access token (PAT)');
    await vs.inputMessage('Client id of the personal access token');
    await vs.input(demo.clientId);
    await vs.inputMessage('Client secret, sent to');
    await vs.input(demo.clientSecret);
    await vs.inputMessage('Name to show');
    await vs.input('Acme');
    await vs.pick('sandbox');
    await vs.pick('v2024');
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('All identities'));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vs.screenshot(`failed-${this.currentTest.title}`);
  });
  after(async () => {
    await vs?.dispose();
    await new Promise((done) => (tenant ? tenant.server.close(done) : done(undefined)));
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
