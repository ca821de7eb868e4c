import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '../../tree/nodes';
import type { CommandDeps } from '../ui/deps';

type ViewDeps = Pick<CommandDeps, 'view'>;

/** What is drawn because of what made the row (its list's number, a tenant that was just added) is drawn by then, milliseconds. */
const DRAWN_MS = 1_000;

/**
 * Shows and selects a row. One that is drawn again at that moment is tried once more; it is there all the same. VS Code may lose the
 * unfolding, too, when rows above are drawn at that moment, and does not say so: the row is unfolded again a little later.
 */
export async function showRow(deps: ViewDeps, row: Node | undefined, { expand = false } = {}): Promise<void> {
  if (!row) return;
  const show = (): Thenable<void> => deps.view.reveal(row, { select: true, focus: true, expand });
  if (expand) void unfoldOnceDrawn(deps, row);
  await show()
    .then(undefined, show)
    .then(undefined, () => undefined);
}

/** Not if the user folded the row meanwhile, selected another or left the view. */
async function unfoldOnceDrawn({ view }: ViewDeps, row: Node): Promise<void> {
  let isFolded = false;
  const folding = view.onDidCollapseElement(({ element }) => {
    isFolded ||= element === row || element === row.parent;
  });
  await sleep(DRAWN_MS, undefined, { ref: false });
  folding.dispose();
  const isSelected = view.selection.length === 1 && view.selection[0] === row;
  if (isFolded || !isSelected || !view.visible) return;
  // A row that a refresh is just taking away cannot be revealed, and need not be.
  await Promise.resolve(view.reveal(row, { select: false, focus: false, expand: true })).catch(() => undefined);
}
