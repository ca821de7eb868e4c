// The texts of src that go through `t` (src/text/l10n.ts), as VS Code's own tool finds them, and as the syntax tree tells.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import ts from 'typescript';

/** What of `plural` is asked for more numbers than one, so that a language may have several forms of it. */
const MANY = 'other';

/**
 * Every text of the folder, sorted. Throws when the tool and the syntax tree do not find the same.
 * @param {string} folder
 * @returns {Promise<{ texts: string[], calls: number, plurals: Set<string> }>} `plurals`: those that stand for several numbers
 */
export async function collectTexts(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, contents: await readFile(path.join(folder, name), 'utf8') })),
  );
  const found = files.map(({ name, contents }) => textsOf(name, contents));
  const wrong = found.flatMap((each) => each.wrong);
  if (wrong.length > 0) throw new Error(`t() takes a text that is written where it is called:\n${wrong.join('\n')}`);
  const own = new Set(found.flatMap((each) => each.texts));
  const exported = Object.keys(await exportTexts(found.flatMap(({ literals }) => literals)));
  const missed = [...own].filter((text) => !exported.includes(text));
  const strange = exported.filter((text) => !own.has(text));
  if (missed.length + strange.length > 0) {
    throw new Error(`l10n-dev misses ${JSON.stringify(missed)} and finds besides ${JSON.stringify(strange)}.`);
  }
  return {
    texts: [...own].sort(),
    calls: found.reduce((sum, each) => sum + each.texts.length, 0),
    plurals: new Set(found.flatMap((each) => each.plurals)),
  };
}

/** The tool knows calls of `l10n.t` only, and takes a second per ten files: it gets the texts as they are written, as such calls. */
function exportTexts(literals) {
  const calls = literals.map((literal) => `l10n.t(${literal});`);
  return getL10nJson([{ extension: '.ts', contents: ["import * as l10n from '@vscode/l10n';", ...calls].join('\n') }]);
}

/**
 * The calls of `t` in a file by its syntax tree.
 * @param {string} name
 * @param {string} contents
 * @returns {{ texts: string[], literals: string[], plurals: string[], wrong: string[] }} `literals`: texts with their quotes
 */
export function textsOf(name, contents) {
  const source = ts.createSourceFile(name, contents, ts.ScriptTarget.ES2022, true);
  const found = { texts: [], literals: [], plurals: [], wrong: [] };
  const visit = (node, many) => {
    if (isNamed(node, 't') && !ts.isFunctionDeclaration(node.parent) && !ts.isImportSpecifier(node.parent)) {
      const call = ts.isCallExpression(node.parent) && node.parent.expression === node ? node.parent : undefined;
      const [text] = call?.arguments ?? [];
      if (text !== undefined && ts.isStringLiteralLike(text)) {
        found.texts.push(text.text);
        found.literals.push(text.getText());
        if (many) found.plurals.push(text.text);
      } else if (isOurs(node)) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        found.wrong.push(`${name}:${line} ${(call ?? node.parent).getText().slice(0, 100)}`);
      }
    }
    ts.forEachChild(node, (child) => visit(child, many || standsForMany(child)));
  };
  visit(source, false);
  return found;
}

function isNamed(node, name) {
  return ts.isIdentifier(node) && node.text === name;
}

/** `t` is no property of something else. */
function isOurs({ parent }) {
  return !((ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name.text === 't');
}

/** `other` in `plural(n, { one: …, other: … })`. */
function standsForMany(node) {
  if (!ts.isPropertyAssignment(node) || node.name.getText() !== MANY) return false;
  const call = node.parent.parent;
  return ts.isCallExpression(call) && isNamed(call.expression, 'plural');
}
