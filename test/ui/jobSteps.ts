// The jobs of an administrator's day, by mouse and by keyboard: every step is counted, and none may be added.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, it } from 'mocha';
import { root } from '../../scripts/processes.mjs';
import type { Session } from './driver';
import { Hand } from './hand';

/** More steps than a job may take, and why. */
type Exception = readonly [steps: number, why: string];

export interface Job {
  readonly name: string;
  /** Steps it may take. */
  readonly most: number;
  /** What is there before the first step, each time: by mouse and by keyboard. */
  readonly ready?: (by: 'mouse' | 'keyboard') => Promise<void>;
  readonly mouse: (hand: Hand) => Promise<void>;
  readonly keyboard: (hand: Hand) => Promise<void>;
  /** Why the mouse takes more. */
  readonly mouseMost?: Exception;
  /** Why the keyboard takes more. */
  readonly keyboardMost?: Exception;
}

/** The jobs of an area as tests of their own, and their steps as a table in artifacts. */
export function performJobs(area: string, window: () => Session, jobs: readonly Job[]): void {
  const table: string[] = ['| job | mouse | keyboard | at most |', '| --- | --- | --- | --- |'];

  after(async () => {
    const file = path.join(root, 'artifacts', `jobs-${area}.md`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${table.join('\n')}\n`);
  });

  for (const { name, most, ready, mouse, keyboard, mouseMost, keyboardMost } of jobs) {
    it(`${name}: ${String(most)} steps at most`, async () => {
      const perform = async (by: 'mouse' | 'keyboard', job: Job['mouse']): Promise<readonly string[]> => {
        await ready?.(by);
        const hand = new Hand(window());
        await job(hand);
        await closeAll(window());
        return hand.steps;
      };
      const byMouse = await perform('mouse', mouse);
      const byKeyboard = await perform('keyboard', keyboard);
      const exceptions = [reason('by mouse', mouseMost), reason('by keyboard', keyboardMost)].join('');
      table.push(`| ${name} | ${listed(byMouse)} | ${listed(byKeyboard)} | ${String(most)}${exceptions} |`);
      assert.ok(byMouse.length <= (mouseMost?.[0] ?? most), listed(byMouse));
      assert.ok(byKeyboard.length <= (keyboardMost?.[0] ?? most), listed(byKeyboard));
    });
  }
}

function reason(by: string, exception: Exception | undefined): string {
  return exception ? `; ${by} ${String(exception[0])}: ${exception[1]}` : '';
}

function listed(steps: readonly string[]): string {
  return `${String(steps.length)}: ${steps.join(', ')}`;
}

/** Nothing is left of what a job opened. */
async function closeAll(vs: Session): Promise<void> {
  await vs.palette('View: Close All Editors');
  await vs.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
}

/**
 * The cursor of the tree is on a row that is selected, as after a click; nothing of what it opened is left.
 *
 * @param opens the row is an identity's: its panel is there only once the extension has heard what is selected
 */
export async function cursorOn(vs: Session, label: string | RegExp, { opens = false } = {}): Promise<void> {
  await vs.row(label).click({ position: { x: 60, y: 8 } });
  await vs.row(label).and(vs.page.locator('.selected.focused')).waitFor();
  if (opens) await vs.page.locator('.tabs-container .tab').first().waitFor();
  await closeAll(vs);
  await vs.view().locator('.monaco-list').first().focus();
}
