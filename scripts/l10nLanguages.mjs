// What the files of a language must have: the texts of the code, of package.json and the pages of the walkthrough.

/** Numbers a person meets; which forms of a word a language needs for them. */
const NUMBERS = [0, ...Array.from({ length: 999 }, (_, n) => n + 2)];

/**
 * The languages that have a file of their own.
 * @param {readonly string[]} files paths below the extension's folder
 */
export function languagesOf(files) {
  const named = files.flatMap(
    (file) =>
      /^(?:l10n\/bundle\.l10n|package\.nls|media\/walkthrough\/\w+\.nls)\.([\w-]+)\.(?:json|md)$/.exec(file)?.[1] ?? [],
  );
  return [...new Set(named)].sort();
}

/**
 * The forms a language has beside `other`, for other numbers than 1.
 * @param {string} language
 */
export function formsOf(language) {
  const rules = new Intl.PluralRules(language);
  return [...new Set(NUMBERS.map((n) => rules.select(n)))].filter((form) => form !== 'other').sort();
}

/**
 * The keys of the code's texts in a language: each text, and each form of those that stand for several numbers.
 * @param {readonly string[]} texts
 * @param {ReadonlySet<string>} plurals
 * @param {string} language
 * @returns {Record<string, string>} key -> text in English
 */
export function keysOf(texts, plurals, language) {
  const forms = formsOf(language);
  const entries = texts.flatMap((text) => [
    [text, text],
    ...(plurals.has(text) ? forms.map((form) => [`${text}/${form}`, text]) : []),
  ]);
  return Object.fromEntries(entries);
}

/**
 * What is wrong with the translation of some texts.
 * @param {string} file
 * @param {Readonly<Record<string, string>>} english
 * @param {Readonly<Record<string, string>>} translated
 * @returns {string[]}
 */
export function compareTexts(file, english, translated) {
  const missing = Object.keys(english).filter((key) => !Object.hasOwn(translated, key));
  const unknown = Object.keys(translated).filter((key) => !Object.hasOwn(english, key));
  const other = Object.keys(english).filter(
    (key) => Object.hasOwn(translated, key) && fixedParts(english[key]) !== fixedParts(translated[key]),
  );
  return [
    ...missing.map((key) => `${file} lacks ${JSON.stringify(key)}`),
    ...unknown.map((key) => `${file} has ${JSON.stringify(key)}, which nothing uses`),
    ...other.map((key) => `${file} has other placeholders, links or icons in ${JSON.stringify(key)}`),
  ];
}

/** What a translation takes over as it is: `{0}`, where a link leads, `$(icon)`. Their order is the language's own. */
function fixedParts(text) {
  const parts = text.match(/\{\d+\}|\]\([^)\s]+\)|\$\([\w~-]+\)/g) ?? [];
  return [...new Set(parts)].sort().join(' ');
}

/**
 * What is wrong with the pages of the walkthrough: VS Code looks for `add.nls.de.md` beside `add.md`.
 * @param {readonly string[]} files paths below the extension's folder
 * @param {readonly string[]} languages
 * @returns {string[]}
 */
export function comparePages(files, languages) {
  const all = files.filter((file) => /^media\/walkthrough\/.+\.md$/.test(file));
  const pages = all.filter((file) => !file.includes('.nls.'));
  const wanted = pages.flatMap((page) => languages.map((language) => page.replace(/\.md$/, `.nls.${language}.md`)));
  return [
    ...wanted.filter((file) => !all.includes(file)).map((file) => `${file} is missing`),
    ...all
      .filter((file) => !pages.includes(file) && !wanted.includes(file))
      .map((file) => `${file} translates no page of the walkthrough`),
  ];
}
