// The picture of a person's access: a bundle of its own, loaded when the picture is first shown.
import cytoscape, { type Core, type NodeSingular, type StylesheetJson } from 'cytoscape';
import type { PictureKind, PictureNode, PictureView } from '../panels/protocol/picture';
import type { DrawnPicture, PictureActs } from './pictureTab';

declare global {
  interface Window {
    iscPicture?: typeof drawPicture;
  }
}

window.iscPicture = drawPicture;

const KINDS: readonly PictureKind[] = ['person', 'role', 'source', 'account'];
const COLORS: Readonly<Record<PictureKind, string>> = {
  person: '--vscode-charts-blue',
  role: '--vscode-charts-purple',
  source: '--vscode-charts-orange',
  account: '--vscode-charts-green',
};
const SHAPES = { person: 'ellipse', role: 'round-rectangle', source: 'barrel', account: 'rectangle' } as const;
/** More things of one kind than this stand in several columns. */
const ROWS = 24;
const COLUMN = 200;
const GAP = 90;
const ROW = 46;
/** Below this zoom a label cannot be read. */
const READABLE = 0.5;

/** Draws the picture into an element; keys walk through it. */
function drawPicture(container: HTMLElement, view: PictureView, acts: PictureActs): DrawnPicture {
  refuseStyleSheet();
  const places = positions(view.nodes);
  const cy = cytoscape({
    container,
    elements: [
      ...view.nodes.map(({ id, kind, label }) => ({
        // The whole of a very long name is not drawn anyway.
        data: { id, kind, label: label.slice(0, 80) },
        position: { ...(places.get(id) ?? { x: 0, y: 0 }) },
      })),
      ...view.edges.map(({ from, to }) => ({ data: { source: from, target: to } })),
    ],
    style: style(),
    layout: { name: 'preset', fit: true, padding: 16 },
    minZoom: 0.05,
    maxZoom: 3,
    // The wheel scrolls the page; with Ctrl it zooms.
    userZoomingEnabled: false,
    autoungrabify: true,
    boxSelectionEnabled: false,
    selectionType: 'single',
  });
  const known = new Map(view.nodes.map((node) => [node.id, node]));
  const select = (node: NodeSingular | undefined): void => {
    cy.elements().unselect();
    cy.elements().removeClass('far');
    if (!node) return;
    node.select();
    cy.elements().not(node.closedNeighborhood()).addClass('far');
    // Walking through hundreds of things, each must be readable.
    if (cy.zoom() < READABLE) cy.zoom(1);
    if (!inSight(cy, node) || cy.zoom() === 1) cy.center(node);
    const found = known.get(node.id());
    if (found) acts.announce(found);
  };
  const open = (node: NodeSingular | undefined): void => {
    const found = node && known.get(node.id());
    if (found?.assignmentId !== undefined) acts.openRole({ id: found.assignmentId, role: found.label });
  };
  const zoom = (factor: number): void => {
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  };
  const fit = (): void => {
    cy.fit(undefined, 16);
  };

  cy.on('tap', 'node', (event) => {
    select(event.target as NodeSingular);
  });
  cy.on('dbltap', 'node', (event) => {
    open(event.target as NodeSingular);
  });
  const onKey = (event: KeyboardEvent): void => {
    const here = cy.nodes(':selected')[0];
    const steps: Readonly<Record<string, () => void>> = {
      '+': () => {
        zoom(1.25);
      },
      '-': () => {
        zoom(0.8);
      },
      '0': fit,
      Enter: () => {
        open(here);
      },
      Escape: () => {
        select(undefined);
      },
    };
    const step = steps[event.key];
    if (step) step();
    else if (WALKS.includes(event.key)) select(here ? (next(cy, here, event.key) ?? here) : cy.nodes()[0]);
    else return;
    event.preventDefault();
  };
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.1 : 0.9);
  };
  container.addEventListener('keydown', onKey);
  container.addEventListener('wheel', onWheel, { passive: false });
  const themes = new MutationObserver(() => {
    cy.style(style());
  });
  themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  const sizes = new ResizeObserver(() => {
    cy.resize();
    if (cy.nodes(':selected').empty()) fit();
  });
  sizes.observe(container);
  return {
    zoom,
    fit,
    destroy: () => {
      themes.disconnect();
      sizes.disconnect();
      container.removeEventListener('keydown', onKey);
      container.removeEventListener('wheel', onWheel);
      cy.destroy();
    },
  };
}

const WALKS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home'];

/** Up and down within one kind, left and right along the edges. */
function next(cy: Core, here: NodeSingular, key: string): NodeSingular | undefined {
  if (key === 'Home') return cy.nodes()[0];
  if (key === 'ArrowRight') return here.outgoers('node')[0];
  if (key === 'ArrowLeft') return here.incomers('node')[0];
  const alike = cy.nodes().filter((node) => node.data('kind') === here.data('kind'));
  const at = alike.toArray().findIndex((node) => node.id() === here.id());
  return alike[at + (key === 'ArrowDown' ? 1 : -1)];
}

function inSight(cy: Core, node: NodeSingular): boolean {
  const { x1, x2, y1, y2 } = node.renderedBoundingBox();
  return x1 >= 0 && y1 >= 0 && x2 <= cy.width() && y2 <= cy.height();
}

/** Columns from left to right by kind; many things of one kind stand in several columns of their own. */
function positions(nodes: readonly PictureNode[]): Map<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>();
  let left = 0;
  for (const kind of KINDS) {
    const alike = nodes.filter((node) => node.kind === kind);
    const columns = Math.max(1, Math.ceil(alike.length / ROWS));
    const rows = Math.ceil(alike.length / columns);
    alike.forEach(({ id }, n) => {
      const column = Math.floor(n / rows);
      const inColumn = Math.min(rows, alike.length - column * rows);
      places.set(id, { x: left + column * COLUMN, y: ((n % rows) - (inColumn - 1) / 2) * ROW });
    });
    left += columns * COLUMN + GAP;
  }
  return places;
}

/** The colours of the theme that is worn now. */
function style(): StylesheetJson {
  const page = getComputedStyle(document.body);
  const color = (name: string, otherwise = '--vscode-foreground'): string =>
    plainColor(page.getPropertyValue(name) || page.getPropertyValue(otherwise));
  const text = color('--vscode-editor-foreground');
  const family = /^[\w\-,"' ]+$/.test(page.fontFamily) ? page.fontFamily : 'sans-serif';
  return [
    {
      selector: 'node',
      style: {
        'background-color': color('--vscode-editor-background'),
        'border-width': 2,
        color: text,
        'font-family': family,
        'font-size': 13,
        height: 30,
        label: 'data(label)',
        'text-halign': 'center',
        'text-max-width': '146px',
        'text-valign': 'center',
        'text-wrap': 'ellipsis',
        width: 160,
      },
    },
    ...KINDS.map((kind) => ({
      selector: `node[kind = "${kind}"]`,
      style: { 'border-color': color(COLORS[kind]), shape: SHAPES[kind] },
    })),
    {
      selector: 'edge',
      style: {
        'curve-style': 'bezier' as const,
        'line-color': color('--vscode-descriptionForeground'),
        'line-opacity': 0.6,
        'target-arrow-color': color('--vscode-descriptionForeground'),
        'target-arrow-shape': 'triangle' as const,
        width: 1,
      },
    },
    { selector: 'node:selected', style: { 'border-color': color('--vscode-focusBorder'), 'border-width': 4 } },
    { selector: '.far', style: { opacity: 0.45 } },
  ];
}

/** A colour in a form that cytoscape reads: the browser turns any CSS colour into `#rrggbb` or `rgba()`. */
function plainColor(css: string): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return '#808080';
  context.fillStyle = css.trim();
  const [red, green, blue] = /^rgba?\((\d+), (\d+), (\d+)/.exec(context.fillStyle)?.slice(1) ?? [];
  return red === undefined ? context.fillStyle : `rgb(${red}, ${green ?? '0'}, ${blue ?? '0'})`;
}

/** Cytoscape adds an inline style sheet, which the page's policy refuses, unless one of this id is there. */
function refuseStyleSheet(): void {
  const id = '__________cytoscape_stylesheet';
  if (document.getElementById(id)) return;
  const stand = document.createElement('template');
  stand.id = id;
  document.head.append(stand);
}
