import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { chromium, type Browser, type Page } from 'playwright-core';
import { browserArguments } from '../../scripts/browser.mjs';
import { ensureBrowser } from '../../scripts/setup.mjs';
import type { Batch, BatchRow } from '../../src/actions/bulk/batch';
import { excludableRows, matchingRows, windowStart } from '../../src/panels/batch/rows';
import {
  batchParams,
  type BatchPresent,
  type BatchRows,
  type BatchContent,
  type RowWindow,
} from '../../src/panels/batch/protocol';
import { openAlone, tellChanged } from './pageAlone';

/** The page of a batch in a browser, without VS Code: the test is its host. */
describe('page of a batch', () => {
  const texts: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    [...readFileSync('src/panels/batch/texts.ts', 'utf8').matchAll(/(\w+): t\('(.*)'\)/g)].map(
      ([, key = '', text]) => [key, text] as const,
    ),
  );
  let browser: Browser;
  let page: Page;
  let batch: Pick<Batch, 'phase' | 'rows'>;
  let view: BatchContent;
  let asked: { readonly name: string; readonly params: unknown; readonly size: number }[];
  let hold: Promise<unknown>;
  let problems: string[];

  before(async () => {
    browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserArguments });
  });
  after(() => browser.close());
  beforeEach(async () => {
    asked = [];
    hold = Promise.resolve();
    await page?.close();
    page = await browser.newPage({ viewport: { width: 900, height: 700 } });
    page.setDefaultTimeout(10_000);
    problems = [];
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
  });

  afterEach(() => {
    assert.deepEqual(problems, []);
  });

  const people = (n: number, more: (n: number) => Partial<BatchRow> = () => ({})): BatchRow[] =>
    Array.from({ length: n }, (_, i) => ({
      asked: `id-${String(i)}`,
      person: { id: `id-${String(i)}`, name: `Person ${String(i + 1)}`, email: `p${String(i + 1)}@acme.example` },
      skip: null,
      excluded: false,
      state: 'planned',
      ...more(i),
    }));

  const present = (more: Partial<BatchPresent> = {}): BatchPresent => ({
    state: 'present',
    face: 'plan',
    heading: 'Plan: delete people from Acme',
    runs: [],
    standing: { icon: 'checklist', word: 'nothing sent yet', tone: 'info' },
    tenant: { name: 'Acme', environment: 'sandbox', production: false, access: null },
    origin: 'the list All identities',
    effect: 'This cannot be undone.',
    progress: null,
    pace: [],
    notes: [],
    figures: [{ value: String(batch.rows.length), label: 'total', shown: 'all' }],
    buttons: [],
    people: batch.rows.length,
    canExclude: batch.phase === 'planned',
    askAgain: null,
    address: 'Email address',
    keys: { batchId: 'b', title: 'Delete people from Acme', begun: false },
    ...more,
  });

  /** Answers as the host half does, in words of its own. */
  function answer(name: string, params: unknown): unknown {
    switch (name) {
      case 'ready':
        return { keys: { batchId: 'b', title: 'Delete people from Acme', begun: false }, texts };
      case 'batch':
        return view;
      case 'rows':
        return rows(params as RowWindow);
      case 'exclude':
      case 'excludeAll': {
        const { excluded } = params as { excluded: boolean };
        const numbers =
          name === 'exclude' ? (params as { rows: number[] }).rows : matchingRows(batch, params as RowWindow);
        const out = new Set(excludableRows(batch, numbers, !excluded));
        batch = { ...batch, rows: batch.rows.map((row, n) => (out.has(n) ? { ...row, excluded } : row)) };
        return null;
      }
      default:
        return null;
    }
  }

  function rows({ offset, limit, ...query }: RowWindow): BatchRows {
    const numbers = matchingRows(batch, query);
    const from = windowStart(offset, limit, numbers.length);
    return {
      offset: from,
      matching: numbers.length,
      canLeaveOut: excludableRows(batch, numbers, false).length,
      canTakeIn: excludableRows(batch, numbers, true).length,
      rows: numbers.slice(from, from + limit).flatMap((n) => {
        const row = batch.rows[n];
        if (!row) return [];
        const { person, asked: text, excluded, skip, state, message = '', trackingId = '' } = row;
        const word = skip?.reason ?? (excluded ? 'excluded' : state);
        return {
          row: n,
          asked: text,
          person,
          alias: person?.alias ?? '',
          email: person?.email ?? '',
          state: { icon: 'circle-outline', word, tone: 'info' },
          message,
          trackingId,
          excluded,
          canExclude: batch.phase === 'planned' && !skip,
          owner: skip?.reason === 'owner',
        };
      }),
    };
  }

  function open(): Promise<void> {
    return openAlone(page, 'batch', batchParams, async ({ name, params }) => {
      await hold;
      const result = answer(name, params);
      asked.push({ name, params, size: JSON.stringify(result).length });
      return result;
    });
  }

  const changed = (): Promise<void> => tellChanged(page);
  const table = () => page.getByRole('table');
  const bodyRows = () => page.locator('tbody tr');
  const window1 = (text: string) => page.getByRole('navigation').getByText(text, { exact: true });

  it('shows 50,000 people a hundred at a time, and turns pages by keyboard', async () => {
    batch = { phase: 'planned', rows: people(50_000) };
    view = present();
    await open();
    await window1('1 to 100 of 50,000').waitFor();
    assert.equal(await bodyRows().count(), 100);
    assert.equal(await table().getAttribute('aria-rowcount'), '50001');
    const next = page.getByRole('button', { name: 'Next page' });
    await next.focus();
    await page.keyboard.press('Enter');
    await window1('101 to 200 of 50,000').waitFor();
    await page.getByRole('button', { name: 'Person 101', exact: true }).waitFor();
    assert.equal(await bodyRows().first().getAttribute('aria-rowindex'), '102');
    await page.getByRole('button', { name: 'Last page' }).click();
    await window1('49,901 to 50,000 of 50,000').waitFor();
    await next.focus();
    await page.keyboard.press('Enter');
    assert.equal(await next.getAttribute('aria-disabled'), 'true');
    assert.ok(await next.evaluate((button) => button === document.activeElement), 'the focus stays');
    const biggest = Math.max(...asked.map(({ size }) => size));
    assert.ok(biggest < 60_000, `${String(biggest)} characters in one message`);
  });

  it('keeps up with changes that come faster than answers, keeping the focus and the page', async () => {
    batch = { phase: 'running', rows: people(10_000) };
    view = present({ face: 'run', progress: { done: 0, of: 10_000, words: '0 of 10,000 sent' } });
    await open();
    await page.getByRole('button', { name: 'Next page' }).click();
    const link = page.getByRole('button', { name: 'Person 150', exact: true });
    await link.focus();
    const before = asked.length;
    let release = (): void => undefined;
    hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (let n = 0; n < 50; n++) await changed();
    batch = { phase: 'running', rows: people(10_000, (n) => (n < 200 ? { state: 'done' } : {})) };
    view = present({ face: 'run', progress: { done: 200, of: 10_000, words: '200 of 10,000 sent' } });
    release();
    await page.getByText('200 of 10,000 sent').waitFor();
    await bodyRows().filter({ hasText: 'Person 150' }).getByText('done').waitFor();
    assert.ok(await link.evaluate((button) => button === document.activeElement));
    const questions = asked.slice(before).filter(({ name }) => name === 'rows').length;
    assert.ok(questions <= 4, `${String(questions)} questions for 50 changes`);
    assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '200');
  });

  it('leaves people out and takes them in by keyboard, one or all that are shown', async () => {
    batch = {
      phase: 'planned',
      rows: people(300, (n) => (n % 3 === 2 ? { skip: { reason: 'owner', note: 'owner of 1 role' } } : {})),
    };
    view = present();
    await open();
    await page.getByRole('checkbox', { name: 'Include Person 1', exact: true }).focus();
    await page.keyboard.press('Space');
    await bodyRows().filter({ hasText: 'Person 1 ' }).first().getByText('excluded').waitFor();
    assert.equal(batch.rows[0]?.excluded, true);
    assert.equal(await page.getByRole('checkbox', { name: 'Include Person 3', exact: true }).count(), 0);

    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('person 29');
    await page.getByRole('status').filter({ hasText: '11 of 300 shown' }).waitFor();
    await page.getByRole('button', { name: 'Exclude these 8' }).click();
    await bodyRows().filter({ hasText: 'Person 298' }).getByText('excluded').waitFor();
    assert.equal(batch.rows.filter(({ excluded }) => excluded).length, 9);
    await page.getByRole('button', { name: 'Include these 8' }).click();
    await bodyRows().filter({ hasText: 'Person 298' }).getByText('planned').waitFor();
    assert.equal(batch.rows.filter(({ excluded }) => excluded).length, 1);
  });

  it('narrows the table by its figures, and shows everybody again when a figure goes away', async () => {
    const figures = [
      { value: '300', label: 'total', shown: 'all' },
      { value: '2', label: 'failed', shown: 'failed' },
      { value: '30', label: 'requests', shown: null },
    ] as const;
    const states = (failing: number): BatchRow[] =>
      people(300, (n) =>
        n >= 300 - failing ? { state: 'failed', message: 'no', trackingId: 'a1b2' } : { state: 'done' },
      );
    batch = { phase: 'ended', rows: states(2) };
    view = present({ face: 'result', figures });
    await open();
    assert.match(await bodyRows().first().innerText(), /Person 299/, 'what failed comes first');
    const failed = page.getByRole('button', { name: '2 failed' });
    await failed.click();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2);
    assert.equal(await failed.getAttribute('aria-pressed'), 'true');
    await page.getByRole('button', { name: 'Copy tracking ID a1b2' }).first().click();
    await page.locator('.codicon-check').waitFor();
    assert.deepEqual(asked.find(({ name }) => name === 'copy')?.params, { text: 'a1b2' });
    batch = { phase: 'ended', rows: states(0) };
    view = present({ face: 'result', figures: [figures[0]] });
    await changed();
    await window1('1 to 100 of 300').waitFor();
    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('nobody of that name');
    await page.getByText('No matches.').waitFor();
  });

  it('offers what can be done now, and keeps the focus when a button becomes another', async () => {
    const buttons = (action: 'pause' | 'resume', label: string): BatchPresent['buttons'] => [
      { action, label, icon: 'play', primary: true, enabled: true },
      { action: 'cancel', label: 'Cancel', icon: 'debug-stop', primary: false, enabled: false },
    ];
    batch = { phase: 'running', rows: people(3) };
    view = present({ face: 'run', buttons: buttons('pause', 'Pause'), pace: ['9.6 requests/s'] });
    await open();
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(asked.find(({ name }) => name === 'act')?.params, { action: 'pause' });
    view = present({ face: 'run', buttons: buttons('resume', 'Resume') });
    await changed();
    const resume = page.getByRole('button', { name: 'Resume' });
    await resume.waitFor();
    assert.ok(await resume.evaluate((button) => button === document.activeElement));
    await page.getByRole('button', { name: 'Cancel' }).click({ force: true });
    assert.equal(asked.filter(({ name }) => name === 'act').length, 1, 'what is off does nothing');
  });

  it('opens people, says what they own, and links nobody where nobody was found', async () => {
    batch = {
      phase: 'planned',
      rows: people(2, (n) =>
        n === 0
          ? { person: null, asked: 'nobody@acme.example', skip: { reason: 'notFound' } }
          : { skip: { reason: 'owner' } },
      ),
    };
    view = present();
    await open();
    await bodyRows().first().getByText('nobody@acme.example').waitFor();
    assert.equal(await bodyRows().first().getByRole('button').count(), 0);
    await page.getByRole('button', { name: 'Show what Person 2 owns' }).click();
    await page.getByRole('button', { name: 'Person 2', exact: true }).click();
    assert.deepEqual(
      asked.filter(({ name }) => name === 'openIdentity').map(({ params }) => params),
      [true, false].map((owns) => ({ id: 'id-1', name: 'Person 2', owns })),
    );
  });

  it('shows whatever is in names and messages as text, and keeps its width', async () => {
    const markup = '<img src=x onerror=alert(1)>';
    const name = `${markup} \u202e${'long'.repeat(2000)}`;
    batch = {
      phase: 'ended',
      rows: people(2, () => ({
        person: { id: 'a', name, email: markup, alias: 'x'.repeat(500) },
        state: 'failed',
        message: `${markup}\n${'word '.repeat(2000)}`,
        trackingId: markup,
      })),
    };
    view = present({ face: 'result', heading: name, origin: markup });
    await open();
    await bodyRows().nth(1).waitFor();
    assert.ok((await bodyRows().first().innerText()).includes(markup));
    assert.equal(await page.locator('img').count(), 0);
    const tallest = await bodyRows()
      .first()
      .evaluate(({ clientHeight }) => clientHeight);
    assert.ok(tallest < 700, `${String(tallest)} px for one row`);
    const wide = await page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    assert.ok(wide <= 1, `${String(wide)} px sideways`);
  });

  it('says what is left to say of a batch that is gone, and keeps keys only', async () => {
    batch = { phase: 'planned', rows: people(1) };
    view = present({ keys: { batchId: 'b', title: 'Delete 1 identity from Acme', begun: true } });
    await open();
    await bodyRows().first().waitFor();
    const kept = await page.evaluate(() => (window as unknown as { kept: unknown }).kept);
    assert.deepEqual(kept, { batchId: 'b', title: 'Delete 1 identity from Acme', begun: true });
    view = { state: 'gone', sentence: 'The record of this bulk action was removed.' };
    await changed();
    await page.getByRole('heading', { name: 'The record of this bulk action was removed.' }).waitFor();
  });
});
