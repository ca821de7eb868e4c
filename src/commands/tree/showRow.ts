import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '../../tree/nodes';
import type { CommandDeps } from '../ui/deps';

type ViewDeps = Pick<CommandDeps, 'view'>;

/** What is drawn because of what made the row (its list's number, a tenant that was just added) is drawn by then, milliseconds. */
const DRAWN_MS = 1_000;
/** Before each attempt to show a row, milliseconds: one that is drawn again at that moment cannot be shown, on a busy machine for longer. */
const ATTEMPTS_MS = [0, 0, 250, 1_000, 2_000];

/**
 * Shows and selects a row. One that is drawn again at that moment is tried again; it is there all the same. VS Code may lose the
 * unfolding, too, when rows above are drawn at that moment, and does not say so: the row is unfolded again a little later.
 */
export async function showRow(deps: ViewDeps, row: Node | undefined, { expand = false } = {}): Promise<void> {
  if (!row) return;
  const { view } = deps;
  const before = view.selection;
  for (const wait of ATTEMPTS_MS) {
    if (wait > 0) await sleep(wait, undefined, { ref: false });
    // The user went elsewhere meanwhile.
    if (wentElsewhere(view, row, before)) return;
    const isShown = await reveal(deps, row, { select: true, focus: true, expand });
    if (!isShown) continue;
    if (expand) void unfoldOnceDrawn(deps, row, before);
    return;
  }
}

/** Not if the user folded the row meanwhile, selected another or left the view. */
async function unfoldOnceDrawn(deps: ViewDeps, row: Node, before: readonly Node[]): Promise<void> {
  const { view } = deps;
  let isFolded = false;
  const folding = view.onDidCollapseElement(({ element }) => {
    isFolded ||= element === row || element === row.parent;
  });
  await sleep(DRAWN_MS, undefined, { ref: false });
  folding.dispose();
  if (isFolded || wentElsewhere(view, row, before) || !view.visible) return;
  // What was drawn may have lost the selection, too.
  const isLost = !isAll(view.selection, [row]);
  await reveal(deps, row, { select: isLost, focus: isLost, expand: true });
}

/** Whether the user selected something else since. */
function wentElsewhere({ selection }: ViewDeps['view'], row: Node, before: readonly Node[]): boolean {
  return selection.length > 0 && !isAll(selection, [row]) && !isAll(selection, before);
}

function isAll(selection: readonly Node[], rows: readonly Node[]): boolean {
  return selection.length === rows.length && selection.every((node, n) => node === rows[n]);
}

/** @returns false where the row cannot be shown now: it is drawn again, or a refresh is just taking it away */
function reveal(
  { view }: ViewDeps,
  row: Node,
  how: { readonly select: boolean; readonly focus: boolean; readonly expand: boolean },
): Promise<boolean> {
  return Promise.resolve(view.reveal(row, how)).then(
    () => true,
    () => false,
  );
}
