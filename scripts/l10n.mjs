// npm run l10n: writes the texts of the code into l10n/bundle.l10n.json, from where they are translated.
// npm run check:l10n: fails when that file is not up to date, or when the files of a language are not complete.
// node scripts/l10n.mjs pseudo <folder>: the built extension with a pseudo-language, for tests.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { comparePages, compareTexts, keysOf, languagesOf } from './l10nLanguages.mjs';
import { collectTexts } from './l10nTexts.mjs';
import { main, root, say } from './processes.mjs';
import { writePseudo } from './pseudo.mjs';

const BUNDLE = 'l10n/bundle.l10n.json';

/** What the code says in English, as the file has it. */
async function readTexts() {
  const collected = await collectTexts(path.join(root, 'src'));
  const bundle = Object.fromEntries(collected.texts.map((text) => [text, text]));
  return { ...collected, contents: `${JSON.stringify(bundle, null, 2)}\n` };
}

async function writeBundle() {
  const { texts, calls, contents } = await readTexts();
  await mkdir(path.join(root, 'l10n'), { recursive: true });
  await writeFile(path.join(root, BUNDLE), contents);
  say(`${texts.length} texts of ${calls} calls written into ${BUNDLE}`);
}

async function check() {
  const { texts, calls, plurals, contents } = await readTexts();
  const wrong = (await readText(BUNDLE)) === contents ? [] : [`${BUNDLE} is not up to date: run npm run l10n`];
  const files = await listFiles();
  const languages = languagesOf(files);
  const manifest = await readJson('package.nls.json');
  for (const language of languages) {
    const [code, shown] = [`l10n/bundle.l10n.${language}.json`, `package.nls.${language}.json`];
    wrong.push(...compareTexts(code, keysOf(texts, plurals, language), await readJson(code)));
    wrong.push(...compareTexts(shown, manifest, await readJson(shown)));
  }
  wrong.push(...comparePages(files, languages));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  say(`${texts.length} texts of ${calls} calls; languages: ${['en', ...languages].join(', ')}`);
}

/** The files a translation has its place in, with slashes. */
async function listFiles() {
  const list = async (folder) => {
    const names = await readdir(path.join(root, folder)).catch(() => []);
    return names.map((name) => path.posix.join(folder, name));
  };
  return (await Promise.all(['.', 'l10n', 'media/walkthrough'].map(list))).flat();
}

async function readText(file) {
  return readFile(path.join(root, file), 'utf8').catch(() => '');
}

/** A file that is not there has nothing: each key is told as missing. */
async function readJson(file) {
  return JSON.parse((await readText(file)) || '{}');
}

const [task, folder] = process.argv.slice(2);
await main(() => {
  if (task === 'check') return check();
  return task === 'pseudo' && folder !== undefined ? writePseudo(folder) : writeBundle();
});
