import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ALL_HANDLERS } from '../../../src/commands/handlers';
import { COMMANDS } from '../../../src/ids';
import { describedCommands, describeCommand, useStage } from './describeCommand';
import { PEOPLE } from './stage';

/** Commands without a test here. May only shrink: a command with tests must not stand in it, and a new one is not added. */
const UNTESTED: ReadonlySet<string> = new Set<string>([
  COMMANDS.openRow,
  COMMANDS.refresh,
  COMMANDS.loadMore,
  COMMANDS.loadAll,
  COMMANDS.countView,
  COMMANDS.sortView,
  COMMANDS.newView,
  COMMANDS.editView,
  COMMANDS.duplicateView,
  COMMANDS.deleteView,
  COMMANDS.moveViewUp,
  COMMANDS.moveViewDown,
  COMMANDS.retry,
  COMMANDS.findIdentity,
  COMMANDS.openIdentity,
  COMMANDS.explainAssignment,
  COMMANDS.showOwned,
  COMMANDS.stopFollowing,
  COMMANDS.hideFinished,
  COMMANDS.toggleHidden,
  COMMANDS.openTaskPeople,
  COMMANDS.openTaskRow,
  COMMANDS.openJson,
  COMMANDS.openRoleAssignmentsJson,
  COMMANDS.openOwnershipJson,
  COMMANDS.selectForCompare,
  COMMANDS.compareWithSelected,
  COMMANDS.compare,
  COMMANDS.compareJson,
  COMMANDS.copyEmail,
  COMMANDS.toggleServiceTasks,
  COMMANDS.refreshServiceTasks,
  COMMANDS.copyName,
  COMMANDS.openInIsc,
]);

describe('the table of handlers', () => {
  it('has tests for every command (run them all: npx mocha "test/unit/commands/**/*.test.ts")', () => {
    const described = describedCommands();
    const without = [...ALL_HANDLERS.keys()].filter((command) => !described.has(command) && !UNTESTED.has(command));
    assert.deepEqual(without, []);
  });

  it('knows no untested command that has tests, or is none', () => {
    const described = describedCommands();
    const wrong = [...UNTESTED].filter((command) => described.has(command) || !ALL_HANDLERS.has(command));
    assert.deepEqual(wrong, []);
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
