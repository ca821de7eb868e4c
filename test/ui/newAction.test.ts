import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { root, run } from '../../scripts/processes.mjs';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect, unlock } from './connect';
import { launch, type Session } from './driver';

/** All there is to a new action: this file, and its line in the catalog. */
const GREET = `
import { t } from '../text/l10n';
import type { Action } from './action';

export const greet: Action = {
  operation: 'resetIdentity',
  command: 'greet',
  icon: 'smiley',
  place: 'menu',
  identitiesPerRequest: 1,
  label: () => t('Greet'),
  labelForSelected: () => t('Greet selected identities'),
  phrase: (whom, tenant) => t('greet {0} in {1}', whom, tenant),
  effect: ({ words }) => t('{0} will be greeted warmly.', words),
  button: ({ words }) => t('Greet {0}', words),
  progress: () => t('greeting'),
  accepted: ({ words }) => t('{0} was greeted', words),
  planned: () => t('will be greeted'),
  done: () => t('greeted'),
  send: async (client, [id = ''], _options, call) => {
    await client.identities.reset(id, call);
    return {};
  },
};
`;

/** What a new line of the catalog brings, with nothing else changed. */
describe('an action that was added to the catalog', () => {
  const ada = 'Ada Winterbourne';
  let project: string;
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    project = await mkdtemp(path.join(tmpdir(), 'isc-identities-project-'));
    for (const part of [
      'src',
      'media',
      'scripts',
      'package.json',
      'package.nls.json',
      'README.md',
      'esbuild.mjs',
      'test/host',
    ])
      await cp(path.join(root, part), path.join(project, part), { recursive: true });
    await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'dir');
    await writeFile(path.join(project, 'src/actions/greet.ts'), GREET);
    const catalog = path.join(project, 'src/actions/catalog.ts');
    const text = await readFile(catalog, 'utf8');
    const line = '  delete: deleteIdentity,\n';
    assert.ok(text.includes(line));
    await writeFile(catalog, `import { greet } from './greet';\n${text.replace(line, `${line}  greet,\n`)}`);
    await run(process.execPath, ['--import=tsx', 'scripts/manifest.mjs'], { cwd: project, quiet: true });
    await run(process.execPath, ['esbuild.mjs'], { cwd: project, quiet: true });
    [vs, acme] = await Promise.all([
      launch({ extension: project }),
      startDemo({ identities: 40, rateLimit: Infinity }),
    ]);
    await vs.openView();
    await connect(vs, acme);
    await unlock(vs);
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('All identities'));
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
    await rm(project, { recursive: true, force: true });
  });

  const sent = (): number => acme.requests.count('resetIdentity');

  it('is in the palette', async () => {
    await vs.palette('ISC Identities: Greet...');
    assert.match(await vs.inputText(), /Greet/);
    await vs.page.keyboard.press('Escape');
  });

  it("is in a row's menu, says what will happen, and is done once", async () => {
    await vs.contextMenu(vs.row(ada), 'Greet...');
    const said = await vs.modal(`Greet ${ada}`);
    assert.ok(said.includes(`Greet ${ada} in Acme?`) && said.includes(`${ada} will be greeted warmly.`), said);
    await vs.statusBar(`${ada} was greeted`);
    assert.equal(sent(), 1);
  });

  it("is in a person's panel", async () => {
    // Somebody else: what was said of Ada stands in the status bar for some time.
    const other = acme.world.people.name(3).display;
    await vs.open(other);
    const page = await vs.webview(other);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Greet...' }).click();
    await vs.modal(`Greet ${other}`);
    await vs.statusBar(`${other} was greeted`);
    assert.equal(sent(), 2);
  });

  it('is planned, run and told for many', async () => {
    const [first = '', second = ''] = [1, 2].map((index) => acme.world.people.name(index).display);
    await vs.row(first).click({ position: { x: 100, y: 8 } });
    await vs.row(second).click({ modifiers: ['Control'], position: { x: 100, y: 8 } });
    await vs.contextMenu(vs.row(second), 'Greet selected identities...');
    await vs.page.locator('.monaco-dialog-box').waitFor();
    await vs.screenshot('new-action-few-dark');
    const said = await vs.modal('Show plan');
    for (const name of [first, second]) assert.ok(said.includes(name), said);
    const panel = await vs.webview('Greet 2 identities in Acme');
    await panel.getByText('will be greeted', { exact: true }).first().waitFor();
    await vs.screenshot('new-action-plan-dark');
    await panel.getByRole('button', { name: 'Greet 2 identities' }).click();
    await vs.modal('Greet 2 identities');
    await panel.getByText('greeted', { exact: true }).nth(1).waitFor();
    await vs.statusBar('Greet 2 identities in Acme: 2 done');
    assert.equal(sent(), 4);
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
