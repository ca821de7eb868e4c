import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
        !/^(package(\.nls(\.[\w-]+)?)?\.json|l10n\/bundle\.l10n(\.[\w-]+)?\.json|README\.md|CHANGELOG\.md|SECURITY\.md|LICENSE|dist\/|media\/)/.test(
          file,
        ) || /\.(ts|map)$/.test(file),
    );
    assert.deepEqual(strange, []);
  });

  it('is the same to the last bit when it is built again, in another folder by somebody whose files nobody else may read', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'isc-identities-package-'));
    try {
      const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
      for (const file of git('ls-files', '--cached', '--others', '--exclude-standard').split('\n')) {
        if (!existsSync(path.join(root, file))) continue;
        await mkdir(path.dirname(path.join(elsewhere, file)), { recursive: true, mode: 0o700 });
        await copyFile(path.join(root, file), path.join(elsewhere, file));
        await chmod(path.join(elsewhere, file), 0o600);
      }
      await symlink(path.join(root, 'node_modules'), path.join(elsewhere, 'node_modules'), 'dir');
      execFileSync(process.execPath, ['scripts/package.mjs'], {
        cwd: elsewhere,
        env: { ...process.env, SOURCE_DATE_EPOCH: git('log', '-1', '--format=%ct') },
      });
      const digests = [vsix, path.join(elsewhere, 'dist', 'isc-identities.vsix')].map((file) =>
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      );
      assert.equal(digests[0], digests[1]);
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  it('says whose work it contains: every license, and a bill of materials of the same packages', () => {
    const dist = path.join(root, 'dist');
    const { components } = JSON.parse(readFileSync(path.join(dist, 'sbom.cdx.json'), 'utf8')) as {
      components: { group?: string; name: string; version: string }[];
    };
    const names = components.map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));
    // Whatever is declared is bundled, with what it needs itself.
    const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    assert.deepEqual(
      Object.keys(dependencies).filter((name) => !names.includes(name)),
      [],
    );
    const notices = readFileSync(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const [index, { version }] of components.entries()) {
      assert.ok(notices.includes(`${names[index] ?? ''} ${version} (`), names[index]);
    }
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
