// A language for tests: every text accented, in brackets and 40 % longer, so that what is not translated or does not fit is seen.
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nPseudoLocalized } from '@vscode/l10n-dev';
import { root } from './processes.mjs';

/** The tag of pseudo-languages on Windows; VS Code has no language of that name. */
export const PSEUDO = 'qps-ploc';

/** These stand around every text. Others than `[ ]`, of which links are made. */
export const [OPEN, CLOSE] = ['«', '»'];

/**
 * The translation of a text. What is no text of it stays: `{0}`, `$(icon)`, the target of a link, marks of Markdown.
 * @param {string} text
 */
export function pseudoText(text) {
  return text.split('\n').map(pseudoLine).join('\n');
}

function pseudoLine(line) {
  if (line.trim() === '' || line.startsWith('|')) return line;
  const [, mark = '', words = ''] = /^(#+ |- )?(.*)$/.exec(line) ?? [];
  return mark + words.split(LINK).map(pseudoPart).join('');
}

/** A link or an image. */
const LINK = /(!?\[[^\]]+\]\([^)]+\))/;

function pseudoPart(part) {
  const [, start, label, target] = /^(!?\[)([^\]]+)(\]\([^)]+\))$/.exec(part) ?? [];
  if (label !== undefined) return start + longer(label) + target;
  const [, before, words, after] = /^(\s*)([^]*?)(\s*)$/.exec(part);
  return words === '' ? part : before + longer(words) + after;
}

function longer(words) {
  const [accented = words] = Object.values(getL10nPseudoLocalized({ words }));
  const missing = Math.max(0, Math.ceil(words.length * 1.4) - accented.length);
  return `${OPEN}${accented}${'ōōōō '
    .repeat(Math.ceil(missing / 5))
    .slice(0, missing)
    .trimEnd()}${CLOSE}`;
}

/**
 * The extension as it was built, in a folder of its own, with the pseudo-language. It is never packaged.
 * @param {string} folder
 */
export async function writePseudo(folder) {
  await mkdir(folder, { recursive: true });
  for (const part of ['dist', 'media', 'package.json', 'package.nls.json'])
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  await mkdir(path.join(folder, 'l10n'), { recursive: true });
  await translate('package.nls.json', path.join(folder, `package.nls.${PSEUDO}.json`));
  await translate('l10n/bundle.l10n.json', path.join(folder, 'l10n', `bundle.l10n.${PSEUDO}.json`));
  const pages = path.join(folder, 'media', 'walkthrough');
  for (const page of (await readdir(pages)).filter((file) => file.endsWith('.md'))) {
    const text = await readFile(path.join(pages, page), 'utf8');
    await writeFile(path.join(pages, page.replace(/\.md$/, `.nls.${PSEUDO}.md`)), pseudoText(text));
  }
}

async function translate(from, to) {
  const texts = Object.entries(JSON.parse(await readFile(path.join(root, from), 'utf8')));
  await writeFile(to, JSON.stringify(Object.fromEntries(texts.map(([key, text]) => [key, pseudoText(text)]))));
}
