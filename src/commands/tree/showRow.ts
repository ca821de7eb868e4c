import type { Node } from '../../tree/nodes';
import type { CommandDeps } from '../ui/deps';

/** Shows and selects a row. One that is drawn again at that moment is tried once more; it is there all the same. */
export async function showRow(
  { view }: Pick<CommandDeps, 'view'>,
  row: Node | undefined,
  { expand = false } = {},
): Promise<void> {
  if (!row) return;
  const show = (): Thenable<void> => view.reveal(row, { select: true, focus: true, expand });
  await show()
    .then(undefined, show)
    .then(undefined, () => undefined);
}
