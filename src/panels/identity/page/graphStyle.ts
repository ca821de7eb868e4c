import type { StylesheetJson } from 'cytoscape';
import type { PictureKind } from '../graphProtocol';
import { HEIGHT, KINDS, WIDTH } from './graphLayout';

const COLORS: Readonly<Record<PictureKind, string>> = {
  person: '--vscode-charts-blue',
  role: '--vscode-charts-purple',
  profile: '--vscode-charts-yellow',
  source: '--vscode-charts-orange',
  account: '--vscode-charts-green',
};
/** Kinds differ by shape too: never by colour alone. */
const SHAPES = {
  person: 'ellipse',
  role: 'round-rectangle',
  profile: 'cut-rectangle',
  source: 'barrel',
  account: 'rectangle',
} as const;

/** The look of the picture in the colours of the theme that is worn now. */
export function pictureStyle(): StylesheetJson {
  const page = getComputedStyle(document.body);
  const color = (name: string, otherwise = '--vscode-foreground'): string =>
    plainColor(page.getPropertyValue(name) || page.getPropertyValue(otherwise));
  const text = color('--vscode-editor-foreground');
  const dim = color('--vscode-descriptionForeground');
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
        height: HEIGHT,
        label: 'data(label)',
        'text-halign': 'center',
        'text-max-width': `${String(WIDTH - 14)}px`,
        'text-valign': 'center',
        'text-wrap': 'ellipsis',
        width: WIDTH,
      },
    },
    ...KINDS.map((kind) => ({
      selector: `node[kind = "${kind}"]`,
      style: { 'border-color': color(COLORS[kind]), shape: SHAPES[kind] },
    })),
    {
      selector: 'node:parent',
      style: {
        'background-opacity': 0,
        'border-color': dim,
        'border-style': 'dashed' as const,
        'border-width': 1,
        color: dim,
        'font-size': 22,
        padding: '16px',
        shape: 'rectangle' as const,
        'text-margin-y': -4,
        'text-max-width': '600px',
        'text-valign': 'top' as const,
      },
    },
    {
      selector: 'edge',
      style: {
        'curve-style': 'bezier' as const,
        // From the right side of a thing to the left side of the next.
        'source-endpoint': '50% 0',
        'target-endpoint': '-50% 0',
        'line-color': dim,
        'line-opacity': 0.6,
        'target-arrow-color': dim,
        'target-arrow-shape': 'triangle' as const,
        width: 1,
      },
    },
    // Past the roles: that no asked role leads there does not mean that none does.
    { selector: 'edge[?past]', style: { 'line-style': 'dashed' as const } },
    { selector: 'node:selected', style: { 'border-color': color('--vscode-focusBorder'), 'border-width': 4 } },
    { selector: 'edge.near', style: { 'line-color': color('--vscode-focusBorder'), 'line-opacity': 1, width: 2 } },
    { selector: '.far', style: { opacity: 0.35 } },
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
