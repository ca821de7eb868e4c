// What tests do in the page of a panel.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, FrameLocator } from 'playwright-core';
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

/** What axe finds in the page of a panel that is serious or worse, in words. */
export async function serious(vs: Workbench, page: FrameLocator): Promise<string[]> {
  const frame = await (await page.locator('body').elementHandle())?.ownerFrame();
  assert.ok(frame);
  return violations(vs, frame, 'html');
}

/**
 * What axe finds in a part of a page that is serious or worse, in words.
 * @param unfit rules that do not fit what VS Code itself made there
 */
export async function violations(
  vs: Workbench,
  frame: Frame,
  part: string,
  unfit: readonly string[] = [],
): Promise<string[]> {
  const problems = vs.problems.length;
  // It stays in the page until that loads again.
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe);
  const rules = Object.fromEntries(unfit.map((rule) => [rule, { enabled: false }]));
  const found = await frame.evaluate(
    async (options) => {
      const { axe: checker } = window as unknown as {
        axe: { run(part: string, options: object): Promise<AxeResults> };
      };
      const { violations } = await checker.run(options.part, { rules: options.rules });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, help, nodes }) => `${id}: ${help} ${nodes.map(({ html }) => html).join(' ')}`);
    },
    { part, rules },
  );
  // Axe itself tries inline styles, which the page's policy refuses.
  vs.problems.splice(problems);
  return found;
}

/** Texts of a page that are cut off, or beyond its right edge; not those that end in "…" and are whole in a tooltip. */
export async function cutTexts(page: FrameLocator): Promise<string[]> {
  // No functions with names inside: the page does not have what tsx makes of them.
  return page.locator('body').evaluate((body) => {
    const found: string[] = [];
    const left: Node[] = [body];
    next: for (let node = left.pop(); node; node = left.pop()) {
      if (node instanceof Element) {
        if (!node.checkVisibility() || node.matches('style, .unseen')) continue;
        left.push(...node.childNodes, ...(node.shadowRoot?.childNodes ?? []));
      }
      if (!(node instanceof Text) || node.data.trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      if (text.width === 0) continue;
      let titled = false;
      for (let around: Node | null = node.parentNode; around && around !== body;) {
        if (around instanceof ShadowRoot) around = around.host;
        const element = around as Element;
        titled ||= element.hasAttribute('title');
        const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
        // Whoever wants to see it scrolls there.
        if (/auto|scroll/.test(overflowX)) continue next;
        const box = element.getBoundingClientRect();
        const sideways = /hidden|clip/.test(overflowX) && (text.right > box.right + 1 || text.left < box.left - 1);
        const down = /hidden|clip/.test(overflowY) && (text.bottom > box.bottom + 1 || text.top < box.top - 1);
        if (down || (sideways && !(titled && textOverflow === 'ellipsis'))) {
          found.push(`cut: ${node.data.trim()}`);
          continue next;
        }
        around = element.assignedSlot ?? element.parentNode;
      }
      if (text.right > document.documentElement.clientWidth + 1) found.push(`beyond the edge: ${node.data.trim()}`);
    }
    return found;
  });
}

/** By how many pixels a page is wider than what is seen of it, or its tab: tables scroll sideways. */
export async function sideways(page: FrameLocator): Promise<number> {
  return page.locator('html').evaluate((html) => {
    const tab = html.querySelector('.tabpanel:not([hidden], :has(table))') ?? html;
    return Math.max(html.scrollWidth - html.clientWidth, tab.scrollWidth - tab.clientWidth);
  });
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
