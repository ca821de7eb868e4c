/**
 * Whom a command means that was started without a word about it: from the palette, or by a key. VS Code does not tell an
 * extension what has the focus, and the palette itself has it by then. So it is what was touched last: the selection in the
 * Tenants view, or a panel that became the active editor. A click beside both, into a panel that was active already, is not
 * seen; therefore whoever changes something says first whom it took.
 */
import type { ActiveIdentity, IdentityTarget } from '../../ids';
import type { Node } from '../../tree/nodes';

interface Subscription {
  dispose(): unknown;
}

/** The Tenants view, as far as it tells what is selected. */
export interface SelectionPlace {
  readonly selection: readonly Node[];
  readonly visible: boolean;
  readonly onDidChangeSelection: (listener: (event: { readonly selection: readonly Node[] }) => void) => Subscription;
}

/** The panels, as far as they tell which identity is looked at. */
export interface PanelPlace {
  readonly active: IdentityTarget | undefined;
  readonly onDidChangeActive: (listener: (active: ActiveIdentity | undefined) => void) => Subscription;
}

/** As the menu of a row hands it over: the row and what is selected with it; or the identity of a panel. */
export type Meant = readonly [argument?: unknown, selected?: unknown];

export class Focus {
  private touched: 'tree' | 'panel' = 'tree';
  private selected = '';
  private readonly subscriptions: readonly Subscription[];

  constructor(
    private readonly view: SelectionPlace,
    private readonly panels: PanelPlace,
  ) {
    this.subscriptions = [
      view.onDidChangeSelection(({ selection }) => {
        // A list that is read again has no selection for a moment, and then the same one: nobody touched it.
        const ids = selection.map(({ id }) => id).join('\n');
        if (ids === '' || ids === this.selected) return;
        this.selected = ids;
        this.touched = 'tree';
      }),
      panels.onDidChangeActive((active) => {
        // One that follows the tree was not touched itself.
        if (active && !active.fromTree) this.touched = 'panel';
      }),
    ];
  }

  /** The identities that are meant; where none is, the row that at least says which tenant. */
  identities(): Meant {
    const rows = this.rows();
    const row = rows.find(({ kind }) => kind === 'identity') ?? rows.find(({ kind }) => kind === 'roleAssignment');
    const { active } = this.panels;
    if (active && (this.touched === 'panel' || !row)) return [active];
    return row ? [row, rows] : [rows[0]];
  }

  /** What says which tenant is meant: a row in it, or an identity of it. */
  tenant(): Meant {
    const [row] = this.rows();
    const { active } = this.panels;
    return [active && (this.touched === 'panel' || !row) ? active : row];
  }

  /** The list whose row is selected, if that is what was touched last. */
  list(): Meant {
    const [row] = this.rows();
    return row?.kind === 'list' && this.touched === 'tree' ? [row] : [];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** What cannot be seen is not meant. */
  private rows(): readonly Node[] {
    return this.view.visible ? this.view.selection : [];
  }
}
