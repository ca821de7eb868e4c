// What tests do in the page of a panel.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FrameLocator } from 'playwright-core';
import type { Theme } from './driver';
import type { Workbench } from './workbench';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** In this order, so that a test ends in the theme it began with. */
export const THEMES: readonly Theme[] = ['light', 'contrast', 'dark'];

/** The tabs of a person's panel. */
export const TABS = {
  attributes: /^Attributes/,
  roles: /^Role assig/,
  access: /^Access/,
  owns: /^Ownership/,
  picture: /^Graph/,
  raw: /^JSON/,
};

/** Turns to a tab and waits until its content is there. */
export async function showTab(page: FrameLocator, name: RegExp): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await page.locator('.tabpanel:not([hidden]):not(:has(.skeleton)):not(:has(.picture:empty))').waitFor();
}

/** What axe finds that is serious or worse, in words. */
export async function serious(vs: Workbench, page: FrameLocator): Promise<string[]> {
  const frame = await (await page.locator('body').elementHandle())?.ownerFrame();
  assert.ok(frame);
  const problems = vs.problems.length;
  await frame.evaluate(axe);
  const found = await frame.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help} ${nodes.map(({ html }) => html).join(' ')}`);
  });
  // Axe itself tries inline styles, which the page's policy refuses.
  vs.problems.splice(problems);
  return found;
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
