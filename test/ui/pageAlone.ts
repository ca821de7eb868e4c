// The page of a panel in a browser, without VS Code: the test is its host.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/processes.mjs';
import { shell } from '../../src/panels/shared/html';
import { KEPT, parsePageMessage } from '../../src/panels/shared/protocol';

/** A question of the page, as its protocol reads it. */
export interface Question {
  readonly name: string;
  readonly params: unknown;
}

/** A host in the test: answers, or throws what is to be a failure. */
export type Answerer = (question: Question) => unknown;

type Parsers = Readonly<Record<string, (params: unknown) => unknown>>;

/** What the page asks is read by its protocol; anything else fails the test. `state`: what an earlier load of the page has stored. */
export async function openAlone(
  page: Page,
  script: string,
  parsers: Parsers,
  answer: Answerer,
  state?: unknown,
): Promise<void> {
  await page.exposeFunction('toHost', async (message: unknown) => {
    const request = parsePageMessage(message);
    if (request?.name === KEPT) return { kind: 'reply', id: request.id, result: [] };
    assert.ok(request && Object.hasOwn(parsers, request.name), JSON.stringify(message));
    const { id, name } = request;
    const params = parsers[name]?.(request.params);
    assert.notEqual(params, undefined, JSON.stringify(message));
    try {
      return { kind: 'reply', id, result: await answer({ name, params }) };
    } catch (error) {
      const failure = {
        message: error instanceof Error ? error.message : String(error),
        cancelled: false,
        signIn: false,
      };
      return { kind: 'failure', id, failure };
    }
  });
  // A text, because what the test runner makes of a function does not run in a page.
  await page.addInitScript(`
    window.kept = ${JSON.stringify(state ?? null)};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => void window.toHost(message).then((reply) => window.postMessage(reply, '*')),
      getState: () => window.kept,
      setState: (state) => { window.kept = state; },
    });
  `);
  const origin = 'http://panel.test';
  const files: Readonly<Record<string, string>> = {
    '/page.js': `dist/webview/${script}.js`,
    '/codicon.css': 'dist/webview/codicon.css',
    '/codicon.ttf': 'dist/webview/codicon.ttf',
    '/panel.css': 'media/panel.css',
  };
  await page.route(`${origin}/**`, (route) => {
    const file = files[new URL(route.request().url()).pathname];
    if (file !== undefined) return route.fulfill({ path: path.join(root, file) });
    const address = (name: string): string => `${origin}/${name}`;
    return route.fulfill({
      contentType: 'text/html',
      body: shell({
        cspSource: origin,
        nonce: 'n0nce',
        load: 'l0ad',
        language: 'en',
        title: 'A page',
        script: address('page.js'),
        styleSheet: address('panel.css'),
        codicons: address('codicon.css'),
      }),
    });
  });
  await page.goto(`${origin}/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Tells the page that what it shows may differ now. */
export function tellChanged(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.postMessage({ kind: 'changed' }, '*');
  });
}
