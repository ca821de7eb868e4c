import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe } from 'mocha';
import { commandId, COMMANDS } from '../../../src/ids';
import { actionOf, type ActionId } from '../../../src/actions/catalog';
import { openStage, wasRun, type Stage } from './stage';

/** The tests of a command: at least one of them runs it. */
export function describeCommand(command: string, body: () => void): void {
  describe(`command: ${nameOf(command)}`, () => {
    body();
    after(() => {
      assert.ok(wasRun(command), `${command} was not run by its tests`);
    });
  });
}

/** The command of an action on identities. */
export function actionCommand(id: ActionId): string {
  return commandId(actionOf(id).command);
}

/** A stage of its own for each test. */
export function useStage(options: Parameters<typeof openStage>[0] = {}): () => Stage {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(options);
  });
  afterEach(() => stage.close());
  return () => stage;
}

/** As `ids.ts` calls it. */
function nameOf(command: string): string {
  return Object.entries(COMMANDS).find(([, id]) => id === command)?.[0] ?? command;
}
