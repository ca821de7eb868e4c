import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { taskFiles } from '../../../src/tasks/taskFiles';
import { startedTask } from '../../../src/tasks/task';

describe('remembered tasks', () => {
  let folder: string;
  const warnings: string[] = [];
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'isc-identities-tasks-')), 'tasks');
    warnings.length = 0;
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  const files = () => taskFiles(folder, { warn: (line) => warnings.push(line) });
  const task = startedTask('acme', 'process', 'task-1', [{ id: 'i', name: 'Walter White' }], { now: 1 });

  it('are kept for this person only and come back as they were', () => {
    const messages = [{ type: 'WARN', text: 'x', about: ['i'] }];
    const whole = { ...task, percent: 50, phase: 'p', endedAt: 5, startedBy: 'me', messages, batchId: 'b' };
    files().write(whole);
    assert.deepEqual(files().read(), [whole]);
    const [name = ''] = readdirSync(folder);
    assert.deepEqual([statSync(folder).mode & 0o777, statSync(join(folder, name)).mode & 0o777], [0o700, 0o600]);
    assert.deepEqual(warnings, []);
  });

  it('are read around anything that stands in their folder, which is left alone and told without a word of it', () => {
    files().write(task);
    const odd: Record<string, string> = { 'empty.json': '', 'nuls.json': '\u0000\u0000', 'null.json': 'null' };
    odd['list.json'] = '[]';
    odd['100%.json'] = '{"name": "Walter Whi';
    odd['100%'] = 'not checked';
    for (const [key, value] of Object.entries(task)) {
      for (const wrong of [null, {}, [null], -1, 1e300, typeof value === 'string' ? 7 : 'text']) {
        if (JSON.stringify(wrong) === JSON.stringify(value)) continue;
        odd[`${key}-${JSON.stringify(wrong)}.json`] = JSON.stringify({ ...task, [key]: wrong });
      }
    }
    for (const [key, wrong] of Object.entries({ endedAt: 1e300, percent: '5', phase: 5, batchId: 5, startedBy: {} })) {
      odd[`${key}.json`] = JSON.stringify({ ...task, [key]: wrong });
    }
    odd['note.json'] = JSON.stringify({ ...task, messages: [{ type: 'INFO', text: 'x', about: 'i' }] });
    for (const [name, text] of Object.entries(odd)) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, 'folder.json'));
    assert.deepEqual(files().read(), [task]);
    assert.equal(warnings.length, Object.keys(odd).length);
    assert.equal(readdirSync(folder).length, Object.keys(odd).length + 2);
    assert.ok(!warnings.some((line) => line.includes('Walter')), warnings.join('\n'));
  });

  it('never throw where nothing can be kept', () => {
    writeFileSync(folder, 'a file in the place of the folder');
    files().write(task);
    files().remove(task);
    assert.deepEqual(files().read(), []);
    assert.match(warnings[0] ?? '', /cannot be remembered over a reload: \S/);
  });
});
