import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';
import { waitUntil } from '../waitUntil';

const LISTS = 'iscIdentities.lists';

const writeJson = async (file: string, content: unknown): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(content, undefined, 2));
};

const box = (vs: Session) => vs.page.locator('.quick-input-widget:visible');

/** Until the form that makes a list is complete: it counts. */
async function newList(vs: Session): Promise<string[]> {
  await vs.palette('ISC Identities: New list...');
  await box(vs)
    .getByText(/matches in Demo tenant: \d|not ready/)
    .waitFor();
  return vs.quickPickItems();
}

/** Two folders of somebody else's, with settings for the whole workspace and for one of them. */
describe('a workspace of two folders that nobody trusts yet', () => {
  let vs: Session;
  let folder: string;
  let file: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'isc-identities-workspace-'));
    file = path.join(folder, 'theirs.code-workspace');
    const theirs = (name: string) => ({ [LISTS]: [{ name, everyone: true }], 'iscIdentities.demo.identities': 7 });
    await writeJson(file, { folders: [{ path: 'one' }, { path: 'two' }], settings: theirs('Theirs') });
    await writeJson(path.join(folder, 'one', '.vscode', 'settings.json'), theirs('Of one folder'));
    await mkdir(path.join(folder, 'two'));
    vs = await launch({
      workspace: file,
      asksForTrust: true,
      userSettings: { [LISTS]: [{ name: 'Mine', filter: 'cloudStatus eq "LOCKED"' }] },
    });
  });
  after(async () => {
    await vs?.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const lists = async (): Promise<string[]> =>
    (await vs.rows()).filter(({ level }) => level === 2).map(({ label }) => label);

  it('shows the user’s own lists and none of its own, and as many demo identities as the user says', async () => {
    await vs.statusBar('Restricted Mode');
    await vs.openView();
    await tryDemo(vs);
    await vs.row('All identities').filter({ hasText: '2,000' }).waitFor();
    assert.deepEqual((await lists()).slice(6), ['Mine']);
  });

  it('is no place for a new list: what it has there is not seen, and would be replaced', async () => {
    assert.deepEqual(
      (await newList(vs)).filter((row) => /settings/.test(row)),
      [],
    );
    await vs.page.keyboard.press('Escape');
    assert.match(await readFile(file, 'utf8'), /Theirs/);
  });

  it('is taken in once it is trusted: what it says for all its folders, and not for one of them', async () => {
    await vs.palette('Workspaces: Manage Workspace Trust');
    await vs.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await vs.openView();
    await vs.row('Theirs').waitFor();
    assert.deepEqual((await lists()).slice(6), ['Mine', 'Theirs']);
    assert.equal((await newList(vs)).filter((row) => /settings/.test(row)).length, 1);
    await vs.page.keyboard.press('Escape');
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});

/** An extension with a folder that is on no disk. */
const VIRTUAL = {
  'package.json': JSON.stringify({
    name: 'virtual',
    publisher: 'isc-identities',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: ['onFileSystem:nowhere'],
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  }),
  'main.js': `
const vscode = require('vscode');
const files = { '/.vscode/settings.json': '{ "${LISTS}": [{ "name": "From nowhere", "filter": "cloudStatus eq \\\\"LOCKED\\\\"" }] }' };
const below = (at) => Object.keys(files).filter((file) => file.startsWith(at === '/' ? '/' : at + '/'));
const isFile = ({ path }) => path in files;
const missing = (uri) => vscode.FileSystemError.FileNotFound(uri);
exports.activate = () => {
  vscode.workspace.registerFileSystemProvider('nowhere', {
    onDidChangeFile: new vscode.EventEmitter().event,
    watch: () => new vscode.Disposable(() => {}),
    stat(uri) {
      if (!isFile(uri) && below(uri.path).length === 0) throw missing(uri);
      return { type: isFile(uri) ? 1 : 2, ctime: 0, mtime: 0, size: isFile(uri) ? files[uri.path].length : 0 };
    },
    readDirectory: (uri) => below(uri.path).map((file) => [file.split('/')[uri.path.split('/').filter(Boolean).length + 1], 2]),
    readFile(uri) {
      if (!isFile(uri)) throw missing(uri);
      return new TextEncoder().encode(files[uri.path]);
    },
    writeFile(uri, content) { files[uri.path] = new TextDecoder().decode(content); },
    createDirectory() {}, delete() {}, rename() {},
  });
};
`,
};

describe('a folder that is on no disk', () => {
  let vs: Session;
  let extension: string;

  before(async () => {
    extension = await mkdtemp(path.join(tmpdir(), 'isc-identities-virtual-'));
    for (const [name, text] of Object.entries(VIRTUAL)) await writeFile(path.join(extension, name), text);
    vs = await launch({ workspace: 'nowhere:/', besides: extension });
  });
  after(async () => {
    await vs?.dispose();
    await rm(extension, { recursive: true, force: true, maxRetries: 5 });
  });

  it('has its lists in the tree, and panels beside it', async () => {
    await vs.openView();
    await tryDemo(vs);
    await vs.row('From nowhere').waitFor();
    await vs.expand(vs.row('All identities'));
    await vs.open('Ada Winterbourne');
    const page = await vs.webview('Ada Winterbourne');
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
  });

  it('offers a place on a disk for an export', async () => {
    await vs.contextMenu(vs.row('All identities'), 'Export...');
    const target = box(vs).locator('input[type="text"]').first();
    const isAtHome = async () => (await target.inputValue()).startsWith(path.join(homedir(), 'All-identities'));
    await waitUntil(isAtHome, 'the dialog names a file at home', { everyMs: 50 });
    await vs.page.keyboard.press('Escape');
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
