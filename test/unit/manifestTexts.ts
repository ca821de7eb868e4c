import { readFileSync } from 'node:fs';

/** package.json as it is written: its texts are keys. */
export function readRawManifest(): unknown {
  return JSON.parse(readFileSync('package.json', 'utf8'));
}

/** The texts of package.json by key. */
export function readManifestTexts(): Record<string, string> {
  return JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
}

/** package.json with its texts in place of their keys, as VS Code shows it. */
export function readManifest(): unknown {
  const texts = readManifestTexts();
  return JSON.parse(readFileSync('package.json', 'utf8'), (_, value: unknown) => {
    const key = keyOf(value);
    return key === undefined ? value : texts[key];
  });
}

/** VS Code takes a text for a key only when all of it is one. */
export function keyOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^%([^%]+)%$/.exec(value)?.[1] : undefined;
}
