import assert from 'node:assert/strict';
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
    assert.deepEqual(s().ui.said, ['The list was just read again: choose the row once more']);
    assert.equal(s().workbench.clipboard, '');
  });
});
