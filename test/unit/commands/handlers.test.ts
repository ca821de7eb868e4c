import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { ALL_HANDLERS } from '../../../src/commands/handlers';
import { COMMANDS } from '../../../src/ids';
import { describedCommands, describeCommand, useStage } from './describeCommand';
import { PEOPLE } from './stage';

describe('the table of handlers', () => {
  it('has tests for every command (run them all: npx mocha "test/unit/commands/**/*.test.ts")', () => {
    const described = describedCommands();
    assert.deepEqual(
      [...ALL_HANDLERS.keys()].filter((command) => !described.has(command)),
      [],
    );
  });

  it('holds handlers that say what they use: none takes everything there is', () => {
    const all = /: CommandDeps[\s,;)]/;
    const files = readdirSync('src/commands', { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts') && all.test(readFileSync(`src/commands/${file}`, 'utf8')));
    // Those that hand it on to all handlers.
    assert.deepEqual(files.sort(), ['handlers.ts', 'index.ts', 'ui/deps.ts']);
  });

  it('has tests of commands only', () => {
    assert.deepEqual(
      [...describedCommands()].filter((command) => !ALL_HANDLERS.has(command)),
      [],
    );
  });
});

describeCommand(COMMANDS.copyId, () => {
  const s = useStage();

  it('is not about anybody when the row was read again between menu and click', async () => {
    await s().run(COMMANDS.copyId, undefined, [s().row(PEOPLE.ada)]);
    assert.deepEqual(s().ui.said, ['The list was just refreshed: select the row again']);
    assert.equal(s().workbench.clipboard, '');
  });
});
