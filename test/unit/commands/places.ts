import type { PanelPlace, SelectionPlace } from '../../../src/commands/identities/focus';
import type { ActiveIdentity, IdentityTarget } from '../../../src/ids';
import type { Node } from '../../../src/tree/nodes';

type Listener<T> = (value: T) => void;

/** A tree and panels that tell what is selected and active, as those of VS Code do. */
export class Places {
  private readonly selecting: Listener<{ readonly selection: readonly Node[] }>[] = [];
  private readonly activating: Listener<ActiveIdentity | undefined>[] = [];

  readonly view: { selection: readonly Node[]; visible: boolean } & Pick<SelectionPlace, 'onDidChangeSelection'> = {
    selection: [],
    visible: true,
    onDidChangeSelection: (listener) => listen(this.selecting, listener),
  };
  readonly panels: { active: IdentityTarget | undefined } & Pick<PanelPlace, 'onDidChangeActive'> = {
    active: undefined,
    onDidChangeActive: (listener) => listen(this.activating, listener),
  };

  select(rows: readonly Node[]): void {
    this.view.selection = rows;
    for (const listener of this.selecting) listener({ selection: rows });
  }

  /** @param fromTree it follows what is selected in the tree */
  activate(active: IdentityTarget | undefined, fromTree = false): void {
    this.panels.active = active;
    for (const listener of this.activating) listener(active && { ...active, fromTree });
  }
}

function listen<T>(listeners: Listener<T>[], listener: Listener<T>): { dispose(): void } {
  listeners.push(listener);
  return { dispose: () => undefined };
}
