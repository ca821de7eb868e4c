import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';

type Rgb = readonly [number, number, number];

/**
 * What rows of a tree stand on in the default themes: as they are, under the mouse, selected without the focus. VS Code draws their
 * descriptions and the letters of their decorations with an opacity.
 */
const THEMES = {
  dark: { grounds: ['#181818', '#2a2d2e', '#37373d'], description: 0.7 },
  light: { grounds: ['#f8f8f8', '#f2f2f2', '#e4e6f1'], description: 0.95 },
  highContrast: { grounds: ['#000000'], description: 0.7 },
  highContrastLight: { grounds: ['#ffffff'], description: 0.7 },
} as const;
const LETTERS = 0.75;
/** WCAG 2, level AA, text of usual size. */
const ENOUGH = 4.5;

const { contributes } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  contributes: { colors: { id: string; defaults: Record<keyof typeof THEMES, string> }[] };
};

describe('contributed colors', () => {
  for (const { id, defaults } of contributes.colors) {
    for (const [theme, { grounds, description }] of Object.entries(THEMES)) {
      it(`${id} can be read: ${theme}`, () => {
        const color = defaults[theme as keyof typeof THEMES];
        for (const ground of grounds) assertReadable(color, ground, 1);
        for (const opacity of [description, LETTERS]) assertReadable(color, grounds[0], opacity);
      });
    }
  }
});

function assertReadable(color: string, ground: string, opacity: number): void {
  const below = rgb(ground);
  const [red, green, blue] = rgb(color);
  const mixed = [red, green, blue].map((part, n) => part * opacity + (below[n] ?? 0) * (1 - opacity));
  const ratio = contrast(mixed as unknown as Rgb, below);
  assert.ok(ratio >= ENOUGH, `${color} on ${ground} at ${String(opacity)}: ${ratio.toFixed(2)}`);
}

function rgb(color: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\da-f]{2}/g) ?? []).map((part) => Number.parseInt(part, 16));
  return [red, green, blue];
}

function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
