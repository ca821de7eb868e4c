import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { root } from '../../scripts/processes.mjs';
import { launch, type Session } from '../ui/driver';

/** What users install, not the working folder. */
describe('the package', () => {
  const vsix = path.join(root, 'dist', 'isc-identities.vsix');
  let vs: Session;

  before(async () => {
    vs = await launch({ vsix });
  });
  after(() => vs?.dispose());

  it('is at most 1 MB', () => {
    assert.ok(statSync(vsix).size <= 1_000_000, String(statSync(vsix).size));
  });

  it('holds what runs and what is read, and nothing else', () => {
    const list = execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'], {
      cwd: root,
      encoding: 'utf8',
    });
    const files = list.trim().split('\n');
    const built = readdirSync(path.join(root, 'dist')).filter((file) => file.endsWith('.js'));
    assert.deepEqual(
      built.filter((file) => !files.includes(`dist/${file}`)),
      [],
    );
    const strange = files.filter(
      (file) =>
        !/^(package(\.nls(\.[\w-]+)?)?\.json|l10n\/bundle\.l10n(\.[\w-]+)?\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/|media\/)/.test(
          file,
        ) || /\.(ts|map)$/.test(file),
    );
    assert.deepEqual(strange, []);
  });

  it('works once installed: the demo tenant opens, and a panel', async () => {
    await vs.openView();
    await vs.view().getByRole('button', { name: 'Try the demo tenant' }).click();
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('All identities'));
    await vs.open('Ada Winterbourne');
    const page = await vs.webview('Ada Winterbourne');
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    assert.deepEqual(vs.problems, []);
  });
});
