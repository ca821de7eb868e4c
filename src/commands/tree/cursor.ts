import type { Node } from '../../tree/nodes';
import type { CommandDeps } from '../ui/deps';

/** What finding out about the cursor needs. */
export type CursorDeps = Pick<CommandDeps, 'view' | 'workbench'>;

/**
 * The rows a key means that is pressed in the tree, as everywhere in VS Code: those that are selected if the cursor stands on one of
 * them, else the row at the cursor alone. VS Code tells an extension what is selected, not where the cursor stands; but selecting that
 * row, or not any more, and back again tells it. That opens nothing.
 */
export async function rowsAtCursor({ view, workbench }: CursorDeps): Promise<readonly Node[]> {
  const before = view.selection;
  await workbench.runCommand(TOGGLE);
  const after = view.selection;
  await workbench.runCommand(TOGGLE);
  const atCursor = after.find((row) => !before.includes(row));
  return atCursor ? [atCursor] : before;
}

/** Of VS Code: selects the row at the cursor beside those that are selected, or takes it out of them. */
const TOGGLE = 'list.toggleSelection';
