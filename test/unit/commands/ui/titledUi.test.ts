import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { ALL_HANDLERS } from '../../../../src/commands/handlers';
import { commandIds, commandTitles } from '../../../../src/commands/ui/commandTitles';
import { titledUi } from '../../../../src/commands/ui/titledUi';
import type { Ui } from '../../../../src/commands/ui/ui';
import type { BoxHeading } from '../../../../src/ui/boxes';
import { plain } from '../../../../src/text/plain';

describe('titles of what commands ask', () => {
  it('are those of the commands, unless a box has a better one', () => {
    const headings: BoxHeading[] = [];
    const note = (heading: BoxHeading): never => headings.push(heading) as never;
    const ui = titledUi({ createInputBox: note, createPickList: note } as unknown as Ui, plain('Delete'));
    ui.createPickList({ placeholder: plain('Which tenant?') });
    ui.createInputBox({ prompt: plain('Name'), title: plain('Delete Ada') });
    assert.deepEqual(
      headings.map(({ title }) => title),
      ['Delete', 'Delete Ada'],
    );
  });

  it('are in package.json for every command, without the dots', () => {
    const english = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const translated = readFileSync('package.json', 'utf8').replaceAll(/%([\w.-]+)%/g, (_, key: string) =>
      JSON.stringify(english[key] ?? '').slice(1, -1),
    );
    const titles = commandTitles(JSON.parse(translated));
    for (const id of ALL_HANDLERS.keys()) {
      if (id === 'iscIdentities.openRow') continue;
      assert.match(titles.get(id) ?? id, /^[A-Z].*[^.]$/, id);
    }
  });

  it('are those of the display language, which VS Code gives together with the English ones', () => {
    const title = { value: 'Zurücksetzen...', original: 'Reset...' };
    const manifest = { contributes: { commands: [{ command: 'reset', title }, { command: 'bare' }] } };
    assert.deepEqual([...commandTitles(manifest)], [['reset', 'Zurücksetzen']]);
    assert.deepEqual(commandIds(manifest), ['reset', 'bare']);
  });

  it('are none where the manifest is something else', () => {
    assert.equal(commandTitles(undefined).size, 0);
    assert.equal(commandTitles({ contributes: { commands: [7, { command: 'x' }] } }).size, 0);
  });
});
