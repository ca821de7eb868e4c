import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { showTab, TABS } from './panelPage';
import { connect, showIdentities } from './connect';
import { rewriting, type Rewriting } from './rewriting';

const ENTITLEMENTS = 10_000;
const ATTRIBUTES = 300;
/** Milliseconds; several times of what is measured, for machines that do other things too. The figures are printed. */
const LIMIT = 2_000;

describe('a person with very much', () => {
  const person = 'Adrian Solbergsen';
  let vs: Session;
  let demo: DemoTenant;
  let tenant: Rewriting;

  before(async () => {
    [vs, demo] = await Promise.all([launch(), startDemo({ identities: 30, rateLimit: Infinity })]);
    tenant = await rewriting(demo, ({ pathname, searchParams }, body) => {
      if (pathname.endsWith('/entitlements')) {
        const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))];
        const rows = Array.from({ length: Math.max(0, Math.min(limit, ENTITLEMENTS - offset)) }, (_, n) => ({
          objectRef: { type: 'ENTITLEMENT', id: `e${offset + n}`, name: `Entitlement number ${offset + n}` },
          tags: n % 9 === 0 ? ['PRIVILEGED'] : [],
        }));
        return { body: rows, total: ENTITLEMENTS };
      }
      if (!/\/identities\/[0-9a-f]{32}$/.test(pathname)) return undefined;
      const attributes = Object.fromEntries(
        Array.from({ length: ATTRIBUTES }, (_, n) => [`attribute${n}`, n % 7 === 0 ? ['a', 'b'] : `value ${n}`]),
      );
      return { body: { ...(body as object), attributes } };
    });
    await vs.openView();
    await connect(vs, demo, { baseUrl: tenant.baseUrl });
    await showIdentities(vs);
    await vs.open(person);
  });
  after(async () => {
    await vs?.dispose();
    await tenant?.close();
    await demo?.close();
  });

  /** Milliseconds the page needs to take in a click or a text and to draw what comes of it; printed. */
  async function took(what: string, page: FrameLocator, selector: string, text?: string): Promise<number> {
    const ms = await page
      .locator(selector)
      .first()
      .evaluate(async (element, value) => {
        const begun = performance.now();
        if (value === null) (element as HTMLElement).click();
        else {
          (element as HTMLInputElement).value = value;
          element.dispatchEvent(new Event('input'));
        }
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - begun;
      }, text ?? null);
    process.stdout.write(`      ${what}: ${ms.toFixed(0)} ms\n`);
    return ms;
  }

  it('shows and filters 300 attributes', async () => {
    const page = await vs.webview(person);
    await page.getByRole('tab', { name: 'Attributes (300)' }).waitFor();
    const ms = await took('300 attributes, filter', page, '#panel-attributes vscode-textfield', 'attribute29');
    await page.getByText('11 of 300 shown').waitFor();
    assert.ok(ms < LIMIT, `${ms} ms`);
    assert.ok((await took('300 attributes, all again', page, '#panel-attributes vscode-textfield', '')) < LIMIT);
  });

  it('shows, sorts and filters 500 role assignments', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.roles);
    await page.getByRole('tab', { name: 'Role assignments (500)' }).waitFor();
    const sorted = await took('500 role assignments, sort', page, 'th:nth-child(3) button.sort');
    await page.locator('th[aria-sort="ascending"]').getByText('Added').waitFor();
    const filtered = await took(
      '500 role assignments, filter',
      page,
      '#panel-roleAssignments vscode-textfield',
      'Payroll',
    );
    await page.getByText(/^\d+ of 500 shown$/).waitFor();
    await vs.screenshot('roles-500-dark');
    assert.ok(sorted < LIMIT && filtered < LIMIT, `${sorted} ms, ${filtered} ms`);
  });

  it('pages through 10,000 entitlements and stays responsive with all of them', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.access);
    await page.getByText('250 of 10,000 shown').waitFor();
    const rows = page.locator('ul.sourced li');
    for (let shown = 500; shown <= ENTITLEMENTS; shown += 250) {
      await page.getByRole('button', { name: 'Load more' }).click();
      await rows.nth(shown - 1).waitFor({ state: 'attached' });
    }
    assert.equal(await page.getByRole('button', { name: 'Load more' }).count(), 0);
    const away = await took('10,000 entitlements, to another tab', page, '#tab-owns');
    const back = await took('10,000 entitlements, back again', page, '#tab-access');
    const scrolled = await page.locator('#panel-access').evaluate(async (element) => {
      let longest = 0;
      for (let n = 0; n < 20; n++) {
        const begun = performance.now();
        element.scrollTop += element.scrollHeight / 20;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        longest = Math.max(longest, performance.now() - begun);
      }
      return longest;
    });
    process.stdout.write(`      10,000 entitlements, longest of 20 scrolls: ${scrolled.toFixed(0)} ms\n`);
    await rows.nth(ENTITLEMENTS - 1).scrollIntoViewIfNeeded();
    await vs.screenshot('entitlements-10000-dark');
    assert.ok(Math.max(away, back, scrolled) < LIMIT, `${away} ms, ${back} ms, ${scrolled} ms`);
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
