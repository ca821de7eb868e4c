import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { withActions, withTables } from '../../scripts/manifest.mjs';
import { readmeTables } from '../../scripts/readmeTables.mjs';
import { ACTION_IDS, actionOf, commandForSelected, manifestActions } from '../../src/actions/catalog';
import {
  COLORS,
  COMMANDS,
  CONTEXT_KEYS,
  EXTENSION_ID,
  PANELS,
  SETTING_NUMBERS,
  SETTINGS,
  VIEW_CONTAINER,
  VIEWS,
  WALKTHROUGH,
} from '../../src/ids';
import { readManifest, readRawManifest } from './manifestTexts';

interface SettingDeclared {
  readonly markdownDescription?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface WalkthroughStep {
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly keybindings: readonly { command: string; key: string; mac?: string; when?: string; args?: unknown }[];
    readonly menus: Readonly<
      Record<string, readonly { command?: string; submenu?: string; when?: string; group?: string }[]>
    >;
    readonly colors: readonly { id: string; defaults: Readonly<Record<string, string>> }[];
    readonly submenus: readonly { id: string; label: string }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { id: string }[] };
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly WalkthroughStep[] }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, SettingDeclared>>;
    };
  };
}

const manifest = readManifest() as Manifest;
const { contributes } = manifest;
const actions = manifestActions().map(({ command }) => command);
const forSelected = ACTION_IDS.map(commandForSelected);
const commands = [...Object.values<string>(COMMANDS), ...actions];

describe('manifest', () => {
  it('has the id that the code knows', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, EXTENSION_ID);
  });

  it('declares exactly the commands of the code, each in the category ISC Identities', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commands].sort());
    for (const { category, command } of contributes.commands) assert.equal(category, 'ISC Identities', command);
  });

  it('has the commands and the menu of the catalog of actions, and the README their table (npm run manifest)', () => {
    const written = readRawManifest();
    assert.deepEqual(withActions(written, manifestActions()), written);
    const readme = readFileSync('README.md', 'utf8');
    assert.equal(withTables(readme, readmeTables()), readme);
    for (const id of ACTION_IDS) assert.ok(readme.includes(`| ${actionOf(id).label()} `), id);
  });

  it('names only its own commands, views and view items in menus', () => {
    const views = Object.values<string>(VIEWS);
    const submenus = contributes.submenus.map(({ id }) => id);
    for (const [menu, entries] of Object.entries(contributes.menus)) {
      for (const { command, submenu, when = '' } of entries) {
        if (submenu === undefined) assert.ok(command && commands.includes(command), `${menu} names ${String(command)}`);
        // A menu of its own, and one that has something in it.
        else assert.ok(submenus.includes(submenu) && contributes.menus[submenu]?.length, `${menu} names ${submenu}`);
        for (const [, view] of when.matchAll(/\bview == ([\w.]+)/g)) {
          assert.ok(view !== undefined && views.includes(view), `${menu}: ${when}`);
        }
        for (const [key] of when.matchAll(/\biscIdentities\.[\w.]+/g)) {
          assert.ok(
            [...views, ...Object.values<string>({ ...CONTEXT_KEYS, ...PANELS })].includes(key),
            `${menu}: ${when}`,
          );
        }
      }
    }
  });

  it('has colors that can be read on the side bars of VS Code (contrast 4.5)', () => {
    const sideBars = { dark: '#181818', light: '#f8f8f8', highContrast: '#000000', highContrastLight: '#ffffff' };
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5]
        .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    assert.deepEqual(contributes.colors.map(({ id }) => id).sort(), Object.values<string>(COLORS).sort());
    for (const { id, defaults } of contributes.colors) {
      for (const [theme, back] of Object.entries(sideBars)) {
        const lights = [luminance(defaults[theme] ?? back), luminance(back)].sort((a, b) => b - a);
        const contrast = ((lights[0] ?? 0) + 0.05) / ((lights[1] ?? 0) + 0.05);
        assert.ok(contrast >= 4.5, `${id} in ${theme}: ${contrast.toFixed(2)}`);
      }
    }
  });

  it('takes keys of its own commands, those that VS Code uses elsewhere only in the tree and never while one types', () => {
    const keybindings = contributes.keybindings.filter(({ command }) => command !== 'runCommands');
    for (const { command, when } of keybindings) {
      assert.ok(commands.includes(command), command);
      if (command !== COMMANDS.findIdentity)
        assert.equal(when, `focusedView == ${VIEWS.tenants} && !inputFocus`, command);
    }
    // What VS Code's own trees do with these keys stays as it is.
    const ofTrees = [
      'enter',
      'space',
      'f2',
      'f3',
      'escape',
      'up',
      'down',
      'left',
      'right',
      'ctrl+a',
      'ctrl+f',
      'ctrl+alt+f',
    ];
    for (const { key } of keybindings) assert.ok(!ofTrees.includes(key), key);
    const pressed = keybindings.flatMap(({ key, mac = key }) => [key, `mac ${mac}`]);
    assert.equal(new Set(pressed).size, pressed.length, pressed.join());
  });

  it('has every picture of the README, in light and dark, and none too many', () => {
    const readme = readFileSync('README.md', 'utf8');
    const shown = [...readme.matchAll(/\(media\/readme\/([\w-]+\.png)\)/g)].map(([, file]) => file);
    assert.deepEqual([...new Set(shown)].sort(), readdirSync('media/readme').sort());
    assert.ok(shown.every((file) => shown.includes(file?.replace('-light', '-dark'))));
  });

  it('tells of each of its keys in the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const { key, mac = key } of contributes.keybindings) {
      for (const pressed of [key, mac]) assert.ok(readme.toLowerCase().includes(`\`${pressed}\``), pressed);
    }
  });

  it('has arrow keys select rows, beside what they do in VS Code’s own trees, while the preview panel follows', () => {
    const several = contributes.keybindings.filter(({ command }) => command === 'runCommands');
    assert.deepEqual(
      several.map(({ key, when, args }) => ({ key, when, args })),
      [
        ['down', 'list.focusDown'],
        ['up', 'list.focusUp'],
      ].map(([key, move]) => ({
        key,
        when: `focusedView == ${VIEWS.tenants} && !inputFocus && listFocus && !listMultiSelection && ${CONTEXT_KEYS.previewing} && config.${SETTINGS.section}.${SETTINGS.previewFollowsArrowKeys}`,
        // To toggle the selection opens nothing and folds nothing, unlike to select.
        args: { commands: ['list.toggleSelection', move, 'list.toggleSelection', COMMANDS.selectFocused] },
      })),
    );
  });

  it('offers every command in the palette or hides it there because it needs a row or a panel', () => {
    const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false');
    assert.deepEqual(
      hidden.map(({ command }) => command).sort(),
      [
        COMMANDS.moveListUp,
        COMMANDS.moveListDown,
        COMMANDS.moveTenantUp,
        COMMANDS.moveTenantDown,
        COMMANDS.planForList,
        COMMANDS.saveAsList,
        COMMANDS.removeTemporaryList,
        COMMANDS.batchDeleteRecord,
        COMMANDS.refreshServiceTasks,
        COMMANDS.batchRun,
        COMMANDS.batchRetryFailed,
        COMMANDS.batchRunRest,
        COMMANDS.batchPause,
        COMMANDS.batchResume,
        COMMANDS.batchStop,
        COMMANDS.batchUnlock,
        COMMANDS.batchExportCsv,
        COMMANDS.batchExportJson,
        COMMANDS.loadMore,
        COMMANDS.loadAll,
        COMMANDS.sortList,
        COMMANDS.tableAct,
        COMMANDS.tableColumns,
        COMMANDS.openRow,
        COMMANDS.selectFocused,
        COMMANDS.openTaskRow,
        COMMANDS.hideTask,
        COMMANDS.retry,
        COMMANDS.openSelected,
        COMMANDS.copySelectedEmails,
        COMMANDS.copySelectedIds,
        COMMANDS.copySelectedNames,
        COMMANDS.deleteRow,
        COMMANDS.editListInSettings,
        ...forSelected,
      ].sort(),
    );
  });

  it('offers in the palette only what can be done now, and hides nothing before that is known', () => {
    const whens = new Map((contributes.menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));
    const always = [
      COMMANDS.addTenant,
      COMMANDS.tryDemo,
      COMMANDS.takeTour,
      COMMANDS.showLog,
      COMMANDS.copySupportBundle,
    ];
    assert.deepEqual(commands.filter((command) => !whens.has(command)).sort(), [...always].sort());
    const positive = [COMMANDS.compareWithSelected, COMMANDS.removeUnreadableTenant];
    for (const [command = '', when = ''] of whens) {
      if (when === 'false' || positive.includes(command as never)) continue;
      assert.match(when, /^!iscIdentities[.]no\w+( [|][|] !iscIdentities[.]no\w+)?$/, command);
    }
  });

  it('has other entries for one selected row than for several', () => {
    const entries = (contributes.menus['view/item/context'] ?? []).filter(({ when = '' }) =>
      /viewItem == identity\b/.test(when),
    );
    const [one, many] = [/!listMultiSelection/, /[^!]list(Multi|Double)Selection/].map((key) =>
      entries.filter(({ when = '' }) => key.test(when)).map(({ command, submenu }) => command ?? submenu),
    );
    assert.equal((one?.length ?? 0) + (many?.length ?? 0), entries.length);
    assert.deepEqual(
      one?.filter((entry) => many?.includes(entry)),
      [],
    );
    for (const command of forSelected) assert.ok(many?.includes(command), command);
  });

  it('has what cannot be undone last in every menu of a row', () => {
    const last = [COMMANDS.removeTenant, COMMANDS.deleteList, COMMANDS.batchDeleteRecord];
    const final = manifestActions().flatMap(({ command, group }) => (group === '9_final' ? [command] : []));
    for (const { command = '', group = '' } of contributes.menus['view/item/context'] ?? []) {
      const isLast = [...last, ...final].includes(command);
      assert.equal(group.startsWith('9_'), isLast, `${command} in ${group}`);
    }
  });

  it('declares exactly the views and the container of the code', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [VIEW_CONTAINER],
    );
    assert.deepEqual(
      (contributes.views[VIEW_CONTAINER] ?? []).map(({ id }) => id).sort(),
      Object.values<string>(VIEWS).sort(),
    );
  });

  it('links only its own commands in welcome texts', () => {
    for (const { view, contents } of contributes.viewsWelcome) {
      assert.ok(Object.values<string>(VIEWS).includes(view), view);
      const linked = [...contents.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id ?? '');
      assert.ok(linked.length > 0);
      for (const id of linked) assert.ok(commands.includes(id), id);
    }
  });

  it('shows a picture in every step of the walkthrough, in every language, small enough for the package', () => {
    const [walkthrough, ...others] = contributes.walkthroughs;
    assert.equal(WALKTHROUGH, `${EXTENSION_ID}#${walkthrough?.id ?? ''}`);
    assert.equal(others.length, 0);
    const languages = readdirSync('.').flatMap((file) => /^package\.nls(\..+)\.json$/.exec(file)?.[1] ?? []);
    for (const { media, completionEvents, description } of walkthrough?.steps ?? []) {
      const page = media.markdown;
      for (const file of [page, ...languages.map((language) => page.replace(/\.md$/, `.nls${language}.md`))]) {
        const [, picture = ''] = /^!\[[^\]]+\]\((\w+\.png)\)\n/.exec(readFileSync(file, 'utf8')) ?? [];
        assert.equal(picture, path.basename(page, '.md') + '.png', file);
      }
      const { size } = statSync(page.replace(/\.md$/, '.png'));
      assert.ok(size > 1_000 && size < 60_000, `${page}: ${String(size)}`);
      const linked = [...description.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id ?? '');
      for (const id of [...linked, ...completionEvents.map((event) => event.replace('onCommand:', ''))]) {
        assert.ok(commands.includes(id), id);
      }
    }
  });

  it('declares exactly the settings of the code, each with a description', () => {
    const { section, ...names } = SETTINGS;
    const declared = Object.keys(contributes.configuration.properties);
    assert.deepEqual(
      declared.sort(),
      Object.values(names)
        .map((name) => `${section}.${name}`)
        .sort(),
    );
    for (const [name, { markdownDescription, description }] of Object.entries(contributes.configuration.properties)) {
      assert.ok((markdownDescription ?? description ?? '').length > 20, name);
    }
  });

  it('gives numbers the limits and defaults that the code knows', () => {
    for (const [name, { usual, least, most }] of Object.entries(SETTING_NUMBERS)) {
      const id = `${SETTINGS.section}.${SETTINGS[name as keyof typeof SETTING_NUMBERS]}`;
      const declared = contributes.configuration.properties[id];
      assert.deepEqual([declared?.default, declared?.minimum, declared?.maximum], [usual, least, most], id);
    }
  });

  it('is activated by use only, and for each panel it restores', () => {
    assert.deepEqual(
      manifest.activationEvents.filter((event) => event.startsWith('onWebviewPanel:')).sort(),
      Object.values<string>(PANELS)
        .map((type) => `onWebviewPanel:${type}`)
        .sort(),
    );
    for (const event of manifest.activationEvents) assert.doesNotMatch(event, /^(\*|onStartupFinished)$/);
  });

  it('is compiled against the oldest VS Code it claims', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });
});
