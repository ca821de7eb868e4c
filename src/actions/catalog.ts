/** The things that can be done to identities: a file and a line each. All of the product follows from this table. */
import { OPERATIONS } from '../api/operations';
import { formatNumber } from '../text/dates';
import { commandId } from '../ids';
import type { Action } from './action';
import { deleteIdentity } from './deleteIdentity';
import { invite } from './invite';
import { passwordReset } from './passwordReset';
import { process } from './process';
import { reset } from './reset';
import { synchronize } from './synchronize';

/** The keys stand in records on disk: they are never changed. The order is that of menus and questions. */
const ACTIONS = {
  synchronize,
  process,
  invite,
  verification: passwordReset,
  reset,
  delete: deleteIdentity,
} satisfies Record<string, Action>;

export type ActionId = keyof typeof ACTIONS;

export const ACTION_IDS = Object.keys(ACTIONS) as readonly ActionId[];

export function isActionId(id: string): id is ActionId {
  return Object.hasOwn(ACTIONS, id);
}

/** An action as any of them. */
export function actionOf(id: ActionId): Action {
  return ACTIONS[id];
}

/** The command of an action in the menu of several rows that are selected. */
export function commandForSelected(id: ActionId): string {
  return commandId(`${actionOf(id).command}Selected`);
}

/** A command of an action, as package.json declares it. */
interface ManifestAction {
  readonly command: string;
  readonly title: string;
  readonly group: string;
  /** It stands in the menu of several rows that are selected, and nowhere else. */
  readonly forSelected: boolean;
}

/** The actions as package.json declares them: dots say that something is asked first. */
export function manifestActions(): ManifestAction[] {
  const actions = ACTION_IDS.map((id) => ({ id, group: actionOf(id).undoable === false ? '9_final' : '2_act' }));
  return [
    ...actions.map(({ id, group }) => {
      const { command, label, asksNothing } = actionOf(id);
      return {
        command: commandId(command),
        title: asksNothing ? label() : `${label()}...`,
        group,
        forSelected: false,
      };
    }),
    ...actions.map(({ id, group }) => ({
      command: commandForSelected(id),
      title: `${actionOf(id).labelForSelected()}...`,
      group,
      forSelected: true,
    })),
  ];
}

/** The actions as the README tells of them: a table, its head first. */
export function describeActions(): string[][] {
  const rows = ACTION_IDS.map((id) => {
    const { label, operation, identitiesPerRequest, asksNothing, startsTask } = actionOf(id);
    const { method, endpoint } = OPERATIONS[operation];
    return [
      label(),
      `\`${method} ${endpoint.v2024.path}\``,
      formatNumber(identitiesPerRequest),
      asksNothing ? 'for multiple' : 'always',
      startsTask ? 'yes' : 'no',
    ];
  });
  return [['Action', 'Request', 'Identities per request', 'Asks before sending', 'Tracked in Tasks'], ...rows];
}
