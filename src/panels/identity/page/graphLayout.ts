import type { PictureKind, PictureNode, AccessGraphContent } from '../graphProtocol';

/** Where a thing stands: the middle of it. */
interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly places: ReadonlyMap<string, Place>;
  /** Roles that lead nowhere, too many to stand in the column: they stand in a box of their own below. */
  readonly boxed: ReadonlySet<string>;
}

export const KINDS: readonly PictureKind[] = ['person', 'role', 'profile', 'source', 'account'];
export const WIDTH = 160;
export const HEIGHT = 28;
/** More things of one kind than this stand in several columns. */
const ROWS = 28;
const COLUMN = WIDTH + 16;
const BETWEEN = 72;
const ROW = HEIGHT + 10;
const BOX_GAP = 60;

/**
 * Columns from left to right by kind. Within a column things stand at the height of what leads to them, so that few
 * lines cross.
 */
export function layoutOf({ nodes, edges }: Pick<AccessGraphContent, 'nodes' | 'edges'>): Layout {
  const leads = new Set(edges.map(({ from }) => from));
  const idle = nodes.filter(({ id, kind }) => kind === 'role' && !leads.has(id));
  const boxed = new Set(idle.length > ROWS ? idle.map(({ id }) => id) : []);
  const sourcesOf = new Map<string, string[]>();
  for (const { from, to } of edges) sourcesOf.set(to, [...(sourcesOf.get(to) ?? []), from]);

  const places = new Map<string, Place>();
  let left = 0;
  for (const kind of KINDS) {
    const alike = nodes.filter((node) => node.kind === kind && !boxed.has(node.id));
    if (alike.length === 0) continue;
    const columns = Math.ceil(alike.length / ROWS);
    place(byHeight(alike, sourcesOf, places), columns, left, places);
    left += columns * COLUMN + BETWEEN;
  }
  if (boxed.size > 0) {
    const bottom = Math.max(...[...places.values()].map(({ y }) => y));
    const columns = Math.max(4, Math.ceil(Math.sqrt(boxed.size / 3)));
    const rows = Math.ceil(boxed.size / columns);
    idle.forEach(({ id }, n) => {
      places.set(id, {
        x: COLUMN + BETWEEN + Math.floor(n / rows) * COLUMN,
        y: bottom + HEIGHT + BOX_GAP + (n % rows) * ROW,
      });
    });
  }
  return { places, boxed };
}

/** In the order of the mean height of what leads to them; what nothing placed leads to keeps its turn. */
function byHeight(
  alike: readonly PictureNode[],
  sourcesOf: ReadonlyMap<string, readonly string[]>,
  places: ReadonlyMap<string, Place>,
): readonly PictureNode[] {
  const height = new Map(
    alike.map(({ id }) => {
      const heights = (sourcesOf.get(id) ?? []).flatMap((from) => places.get(from)?.y ?? []);
      return [id, heights.length === 0 ? 0 : heights.reduce((sum, y) => sum + y, 0) / heights.length];
    }),
  );
  return alike.toSorted((a, b) => (height.get(a.id) ?? 0) - (height.get(b.id) ?? 0));
}

function place(alike: readonly PictureNode[], columns: number, left: number, places: Map<string, Place>): void {
  const rows = Math.ceil(alike.length / columns);
  alike.forEach(({ id }, n) => {
    const column = Math.floor(n / rows);
    const inColumn = Math.min(rows, alike.length - column * rows);
    places.set(id, { x: left + column * COLUMN, y: ((n % rows) - (inColumn - 1) / 2) * ROW });
  });
}

/**
 * The next thing on a walk by keyboard: up and down among things of one kind as they stand, left and right along the
 * lines.
 */
export function nextNode(
  { nodes, edges }: Pick<AccessGraphContent, 'nodes' | 'edges'>,
  { places, boxed }: Layout,
  from: string | undefined,
  key: string,
): string | undefined {
  if (from === undefined || key === 'Home') return nodes[0]?.id;
  if (key === 'ArrowRight')
    return highest(
      edges.filter((edge) => edge.from === from).map(({ to }) => to),
      places,
    );
  if (key === 'ArrowLeft')
    return highest(
      edges.filter((edge) => edge.to === from).map((edge) => edge.from),
      places,
    );
  const kind = nodes.find(({ id }) => id === from)?.kind;
  const order = ({ id }: PictureNode): number => (boxed.has(id) ? 1 : 0);
  const alike = nodes
    .filter((node) => node.kind === kind)
    .toSorted((a, b) => order(a) - order(b) || compare(places.get(a.id), places.get(b.id)));
  const at = alike.findIndex(({ id }) => id === from);
  return alike[at + (key === 'ArrowDown' ? 1 : -1)]?.id;
}

/** Things whose label has the text, in the order of a walk. */
export function found({ nodes }: Pick<AccessGraphContent, 'nodes'>, text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? [] : nodes.flatMap(({ id, label }) => (label.toLowerCase().includes(wanted) ? [id] : []));
}

function highest(ids: readonly string[], places: ReadonlyMap<string, Place>): string | undefined {
  return ids.toSorted((a, b) => (places.get(a)?.y ?? 0) - (places.get(b)?.y ?? 0))[0];
}

/** Column by column, from top to bottom. */
function compare(a: Place | undefined, b: Place | undefined): number {
  return (a?.x ?? 0) - (b?.x ?? 0) || (a?.y ?? 0) - (b?.y ?? 0);
}
