// The picture of a person's access: a bundle of its own, loaded when the picture is first shown.
import cytoscape, { type Core, type NodeSingular } from 'cytoscape';
import type { AccessGraphContent } from '../graphProtocol';
import { found, layoutOf, nextNode, type Layout } from './graphLayout';
import { pictureStyle } from './graphStyle';
import type { DrawnPicture, PictureActs } from './graphTab';
import { fill, numberWord } from '../../shared/page/format';

declare global {
  interface Window {
    iscPicture?: typeof drawPicture;
  }
}

window.iscPicture = drawPicture;

/** Below this zoom a label cannot be read. */
const READABLE = 0.55;
/** Where a picture begins that is too big to be read as a whole. */
const BEGIN = 0.8;
const BOX = 'box';
const WALKS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home'];

/** Draws the picture into an element; keys walk through it. */
function drawPicture(
  container: HTMLElement,
  view: AccessGraphContent,
  acts: Pick<PictureActs, 'openRole' | 'choose'>,
  boxLabel: string,
): DrawnPicture {
  refuseStyleSheet();
  const layout = layoutOf(view);
  const cy = cytoscape({
    container,
    elements: elementsOf(view, layout, fill(boxLabel, numberWord(layout.boxed.size))),
    style: pictureStyle(),
    layout: { name: 'preset', fit: false },
    minZoom: 0.05,
    maxZoom: 3,
    // The wheel scrolls the page; with Ctrl it zooms.
    userZoomingEnabled: false,
    autoungrabify: true,
    boxSelectionEnabled: false,
    selectionType: 'single',
  });
  const known = new Map(view.nodes.map((node) => [node.id, node]));

  const select = (id: string | undefined): void => {
    cy.elements().unselect().removeClass('far near');
    const chosen = id === undefined ? undefined : known.get(id);
    if (!chosen) {
      acts.choose(undefined);
      return;
    }
    const node = cy.getElementById(chosen.id) as NodeSingular;
    node.select();
    // Everything that leads to it and everything it leads to.
    const near = node.union(node.predecessors()).union(node.successors());
    near.edges().addClass('near');
    cy.elements().not(near).not(`#${BOX}`).addClass('far');
    // Walking through hundreds of things, each must be readable.
    if (cy.zoom() < READABLE) cy.zoom(1);
    if (!inSight(cy, node)) cy.center(node);
    acts.choose(chosen);
  };
  const open = (id: string | undefined): void => {
    const chosen = id === undefined ? undefined : known.get(id);
    if (chosen?.assignmentId !== undefined) acts.openRole({ id: chosen.assignmentId, role: chosen.label });
  };
  const here = (): string | undefined => cy.nodes(':selected')[0]?.id();
  const zoom = (factor: number): void => {
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  };
  const fit = (): void => {
    cy.fit(undefined, 16);
  };
  const home = (): void => {
    fit();
    if (cy.zoom() >= READABLE) {
      if (cy.zoom() > 1) {
        cy.zoom(1);
        cy.center();
      }
      return;
    }
    // Too big to be read as a whole: it begins at the person.
    const { x, y } = layout.places.get(view.nodes[0]?.id ?? '') ?? { x: 0, y: 0 };
    cy.viewport({ zoom: BEGIN, pan: { x: 90 - x * BEGIN, y: cy.height() / 2 - y * BEGIN } });
  };
  home();

  cy.on('tap', (event) => {
    const target = event.target as Core | NodeSingular;
    select(target === cy ? undefined : (target as NodeSingular).id());
  });
  cy.on('dbltap', 'node', (event) => {
    open((event.target as NodeSingular).id());
  });
  const onKey = (event: KeyboardEvent): void => {
    const keys: Readonly<Record<string, () => void>> = {
      '+': () => {
        zoom(1.25);
      },
      '-': () => {
        zoom(0.8);
      },
      '0': fit,
      Enter: () => {
        open(here());
      },
      Escape: () => {
        select(undefined);
      },
    };
    const act = keys[event.key];
    if (act) act();
    else if (WALKS.includes(event.key)) select(nextNode(view, layout, here(), event.key) ?? here());
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
    cy.style(pictureStyle());
  });
  themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  const sizes = new ResizeObserver(() => {
    cy.resize();
    if (here() === undefined) home();
  });
  sizes.observe(container);
  return {
    zoom,
    fit,
    find: (text, again) => {
      const hits = found(view, text);
      const at = again ? hits.indexOf(here() ?? '') + 1 : 0;
      select(hits[at % Math.max(1, hits.length)]);
      return hits.length;
    },
    destroy: () => {
      themes.disconnect();
      sizes.disconnect();
      container.removeEventListener('keydown', onKey);
      container.removeEventListener('wheel', onWheel);
      cy.destroy();
    },
  };
}

function elementsOf(view: AccessGraphContent, { places, boxed }: Layout, boxLabel: string) {
  const [person] = view.nodes;
  const kinds = new Map(view.nodes.map(({ id, kind }) => [id, kind]));
  return [
    ...(boxed.size > 0 ? [{ data: { id: BOX, label: boxLabel }, selectable: false }] : []),
    ...view.nodes.map(({ id, kind, label }) => ({
      // The whole of a very long name is not drawn anyway.
      data: { id, kind, label: label.slice(0, 80), ...(boxed.has(id) ? { parent: BOX } : {}) },
      position: { ...(places.get(id) ?? { x: 0, y: 0 }) },
    })),
    // One line to the box instead of hundreds to what is in it.
    ...(boxed.size > 0 && person ? [{ data: { source: person.id, target: BOX } }] : []),
    ...view.edges
      .filter(({ to }) => !boxed.has(to))
      .map(({ from, to }) => ({
        data: { source: from, target: to, past: kinds.get(from) === 'person' && kinds.get(to) === 'source' },
      })),
  ];
}

function inSight(cy: Core, node: NodeSingular): boolean {
  const { x1, x2, y1, y2 } = node.renderedBoundingBox();
  return x1 >= 0 && y1 >= 0 && x2 <= cy.width() && y2 <= cy.height();
}

/** Cytoscape adds an inline style sheet, which the page's policy refuses, unless one of this id is there. */
function refuseStyleSheet(): void {
  const id = '__________cytoscape_stylesheet';
  if (document.getElementById(id)) return;
  const stand = document.createElement('template');
  stand.id = id;
  document.head.append(stand);
}
