import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { ALL_HANDLERS } from '../../../src/commands/handlers';
import { COMMANDS } from '../../../src/ids';
import { describeCommand, useStage } from './describeCommand';
import { PEOPLE } from './stage';

describe('the table of handlers', () => {
  it('has tests for every command, and tests of commands only', () => {
    const nameOf = new Map(Object.entries(COMMANDS).map(([name, id]) => [id as string, name]));
    assert.deepEqual(
      describedCommands(),
      [...ALL_HANDLERS.keys()].map((command) => nameOf.get(command) ?? command).sort(),
    );
  });

  it('holds handlers that say what they use: none takes everything there is', () => {
    const all = /: CommandDeps[\s,;)]/;
    const files = readdirSync('src/commands', { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts') && all.test(readFileSync(`src/commands/${file}`, 'utf8')));
    // Those that hand it on to all handlers.
    assert.deepEqual(files.sort(), ['handlers.ts', 'ui/deps.ts']);
  });
});

/** What `describeCommand` names, asked of mocha: the files of this folder may be run in several processes. */
function describedCommands(): string[] {
  const args = [
    'node_modules/mocha/bin/mocha.js',
    '--dry-run',
    '--reporter',
    'json',
    'test/unit/commands/**/*.test.ts',
  ];
  const { tests } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    tests: { fullTitle: string }[];
  };
  const names = tests.flatMap(({ fullTitle }) => /(?:^| )command: ([\w.]+) /.exec(fullTitle)?.[1] ?? []);
  return [...new Set(names)].sort();
}

describeCommand(COMMANDS.copyId, () => {
  const s = useStage();

  it('is not about anybody when the row was read again between menu and click', async () => {
    await s().run(COMMANDS.copyId, undefined, [s().row(PEOPLE.ada)]);
    assert.deepEqual(s().ui.said, ['The list was just refreshed: select the row again']);
    assert.equal(s().workbench.clipboard, '');
  });
});
