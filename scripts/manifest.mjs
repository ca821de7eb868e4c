// npm run manifest: writes the commands and menu entries of the actions (src/actions/catalog.ts) into package.json, their titles
// into package.nls.json, and into README.md the tables of the actions and of the operations. A unit test fails when they differ.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, say } from './processes.mjs';

/** Rows of identities in the Tenants view. */
const WHEN = 'view == iscIdentities.tenants && viewItem == identity';
/** Rows of a table that are selected. */
const WHEN_IN_TABLE = 'webviewId == iscIdentities.table && webviewSection == rows && iscSelected ==';

/** The key of a command's title in package.nls.json. */
function titleKey(command) {
  return `command.${command.replace('iscIdentities.', '')}`;
}

/**
 * What package.json has to say of the actions. Several rows that are selected have a menu of their own: a title cannot say a number.
 * @param {readonly { command: string, group: string, forSelected: boolean }[]} actions
 */
export function contributions(actions) {
  const places = new Map();
  const menu = actions.map(({ command, group, forSelected }) => {
    const when = `${WHEN} && ${forSelected ? '' : '!'}listMultiSelection`;
    const key = `${group} ${String(forSelected)}`;
    places.set(key, (places.get(key) ?? 0) + 1);
    return { command, when, group: `${group}@${places.get(key)}` };
  });
  return {
    commands: actions.map(({ command }) => ({ command, title: `%${titleKey(command)}%`, category: 'ISC Identities' })),
    menu,
    inTable: menu.map(({ command, group }, n) => {
      const when = `${WHEN_IN_TABLE} ${actions[n].forSelected ? 'many' : 'one'}`;
      return { command, when, group };
    }),
    palette: actions.map(({ command, forSelected }) => ({
      command,
      when: forSelected ? 'false' : '!iscIdentities.noTenants',
    })),
  };
}

/**
 * The manifest with these actions in place of those it has.
 * @param {any} manifest
 * @param {readonly { command: string, group: string, forSelected: boolean }[]} actions
 */
export function withActions(manifest, actions) {
  const { contributes } = manifest;
  const { commands, menu, inTable, palette } = contributions(actions);
  const isAction = ({ command }) => actions.some((action) => action.command === command);
  const { menus } = contributes;
  return {
    ...manifest,
    contributes: {
      ...contributes,
      commands: replaced(contributes.commands, isAction, commands),
      menus: {
        ...menus,
        commandPalette: replaced(menus.commandPalette, isAction, palette),
        'view/item/context': replaced(menus['view/item/context'], isAction, menu),
        'webview/context': replaced(menus['webview/context'], isAction, inTable),
      },
    },
  };
}

/**
 * The texts of the manifest with the titles of these actions; those it lacks come behind the last command.
 * @param {Record<string, string>} texts
 * @param {readonly { command: string, title: string }[]} actions
 * @returns {Record<string, string>}
 */
export function withTitles(texts, actions) {
  const titles = actions.map(({ command, title }) => [titleKey(command), title]);
  const missing = titles.filter(([key]) => !Object.hasOwn(texts, key));
  const entries = Object.entries(texts);
  const end = entries.findLastIndex(([key]) => key.startsWith('command.')) + 1;
  const all = Object.fromEntries([...entries.slice(0, end), ...missing, ...entries.slice(end)]);
  return Object.assign(all, Object.fromEntries(titles)); // keys that are there keep their place
}

/** The new ones stand where the first of the old ones stood, or at the end. */
function replaced(list, isOld, fresh) {
  const at = list.findIndex(isOld);
  const others = list.filter((entry) => !isOld(entry));
  const place = at < 0 ? others.length : at;
  return [...others.slice(0, place), ...fresh, ...others.slice(place)];
}

/**
 * The README with each table between its marks.
 * @param {string} readme
 * @param {Readonly<Record<string, readonly string[][]>>} tables by the name of their marks, each with its head first
 */
export function withTables(readme, tables) {
  return Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(new RegExp(`(<!-- ${name} -->\\n\\n)[^]*?(<!-- /${name} -->)`), `$1${markdown(table)}\n\n$2`),
    readme,
  );
}

/** @param {readonly string[][]} table */
function markdown([head = [], ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

async function writeManifest() {
  const { manifestActions } = await import('../src/actions/catalog.ts');
  const { readmeTables } = await import('./readmeTables.mjs');
  const file = path.join(root, 'package.json');
  const manifest = withActions(JSON.parse(await readFile(file, 'utf8')), manifestActions());
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  const texts = path.join(root, 'package.nls.json');
  const titled = withTitles(JSON.parse(await readFile(texts, 'utf8')), manifestActions());
  await writeFile(texts, `${JSON.stringify(titled, null, 2)}\n`);
  const readme = path.join(root, 'README.md');
  await writeFile(readme, withTables(await readFile(readme, 'utf8'), readmeTables()));
  say(`${String(manifestActions().length)} actions written into package.json, package.nls.json and README.md`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void writeManifest();
