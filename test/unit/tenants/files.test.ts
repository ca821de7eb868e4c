import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { TenantFiles } from '../../../src/tenants/files';
import { storedTenant } from './storedTenant';

describe('tenant files', () => {
  let folder: string;
  const warnings: string[] = [];
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'isc-identities-tenants-')), 'tenants');
    warnings.length = 0;
  });
  afterEach(() => rmSync(dirname(folder), { recursive: true, force: true }));

  const open = (): TenantFiles => {
    const files = new TenantFiles(folder, { warn: (line) => warnings.push(line) });
    files.open();
    return files;
  };
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const modeOf = (path: string): number => statSync(path).mode & 0o777;

  it('hold one tenant each, for this person only', () => {
    const files = open();
    const acme = storedTenant();
    assert.equal(files.write(acme), true);
    assert.deepEqual([...open().read().tenants.values()], [acme]);
    assert.deepEqual([modeOf(folder), modeOf(join(folder, `${acme.id}.json`))], [0o700, 0o600]);
  });

  it('are what was known while their folder cannot be listed, and no secret goes meanwhile', async () => {
    const files = open();
    const acme = storedTenant();
    files.write(acme);
    files.read();
    // A folder that is away, or that has no more room for an open file, fails to be listed in another way than a missing one.
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, '');
    assert.deepEqual([...files.read().tenants.values()], [acme]);
    await files.tidy(() => Promise.reject(new Error('a secret was dropped')), Date.now() + 86_400_000);
    assert.deepEqual(warnings, []);
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
    assert.deepEqual([...files.read().tenants.values()], [acme]);
  });

  it('do not unlock a tenant, whatever is written into them', () => {
    const files = open();
    const acme = storedTenant();
    put(`${acme.id}.json`, JSON.stringify({ format: 1, ...acme, unlockedUntil: 1e15 }));
    assert.deepEqual(files.read().tenants.get(acme.id), acme);
  });

  it('are read around anything that stands in their folder: kept, told with a reason, never quoted', () => {
    const files = open();
    const acme = storedTenant();
    files.write(acme);
    const expected = new Map<string, RegExp>();
    const odd = (text: string, why: RegExp, name = `${randomUUID()}.json`): void => {
      put(name, text);
      expected.set(name, why);
    };
    odd('', /empty/);
    odd('\u0000'.repeat(400), /damaged/);
    odd('{"name": "Walter Whi', /not valid JSON/, '100%.json');
    odd('null', /does not contain a tenant/);
    odd('[]', /does not contain a tenant/);
    odd('{"format":99}', /newer version/);
    odd('{"format":"1"}', /its format is unknown/);
    odd(JSON.stringify({ format: 1, ...storedTenant() }), /its name does not match its tenant/);
    for (const [key, value] of Object.entries(storedTenant())) {
      for (const wrong of [null, {}, [], typeof value === 'string' ? 7 : 'text', undefined, 'javascript:x']) {
        if (key === 'name' && typeof wrong === 'string') continue;
        const id = randomUUID();
        odd(JSON.stringify({ format: 1, ...storedTenant({ id }), [key]: wrong }), new RegExp(`"${key}"`), `${id}.json`);
      }
    }
    for (const baseUrl of ['', 'http://acme.com', 'https://acme.com/x', 'https://me:pw@acme.com', 'file:///etc']) {
      const id = randomUUID();
      odd(JSON.stringify({ format: 1, ...storedTenant({ id, baseUrl }) }), /"baseUrl"/, `${id}.json`);
    }
    mkdirSync(join(folder, 'folder.json'));
    expected.set('folder.json', /not a file/);
    put('100%', 'no tenant at all');
    put('.json', '{}');
    expected.set('.json', /its format is unknown/);

    const { tenants, unreadable } = files.read();
    assert.deepEqual([...tenants.keys()], [acme.id]);
    assert.deepEqual(unreadable.map(({ file }) => file).sort(), [...expected.keys()].sort());
    for (const { file, problem } of unreadable) {
      assert.match(problem, expected.get(file) ?? /never/, file);
      assert.doesNotMatch(problem, /Walter/);
      assert.ok(existsSync(join(folder, file)));
    }
    assert.ok(unreadable.every(({ file, id }) => (id === undefined ? file.length < 20 : file === `${id}.json`)));
  });

  it('open where nothing can be stored, and say why', () => {
    writeFileSync(folder, 'a file in the place of the folder');
    const files = new TenantFiles(folder, { warn: (line) => warnings.push(line) });
    assert.match(files.open() ?? '', /\S/);
    assert.deepEqual([...files.read().tenants], []);
    assert.throws(() => files.write(storedTenant()));
  });

  it('of a tenant removed in one window do not come back by a change in another', () => {
    const [one, other] = [open(), open()];
    const acme = storedTenant();
    one.write(acme);
    one.remove(acme.id);
    assert.equal(other.write({ ...acme, name: 'Renamed' }), false);
    assert.deepEqual(readdirSync(folder), []);
    // A version before this one knows nothing of the mark.
    put(`${acme.id}.json`, JSON.stringify({ format: 1, ...acme }));
    const { tenants, unreadable, removed } = other.read();
    assert.deepEqual([tenants.size, unreadable.length, [...removed]], [0, 0, [acme.id]]);
  });

  describe('are tidied', () => {
    const secrets = new Set<string>();
    const dropSecret = (id: string): Promise<boolean> => Promise.resolve(secrets.delete(id));
    const hour = 60 * 60 * 1000;
    beforeEach(() => {
      secrets.clear();
    });

    it('of the secret of a tenant whose adding was broken off, once it surely was', async () => {
      const files = open();
      const id = randomUUID();
      files.beginAdding(id);
      secrets.add(id);
      assert.equal(await files.tidy(dropSecret), 0);
      assert.ok(secrets.has(id), 'another window may be adding it at this moment');
      assert.equal(await files.tidy(dropSecret, Date.now() + hour), 1);
      assert.ok(!secrets.has(id));
      assert.equal(await files.tidy(dropSecret, Date.now() + hour), 0);
    });

    it('without a tenant that is there, or cannot be read, losing its secret', async () => {
      const files = open();
      const [acme, damaged] = [storedTenant(), randomUUID()];
      for (const id of [acme.id, damaged]) {
        files.beginAdding(id);
        secrets.add(id);
      }
      files.write(acme);
      put(`${damaged}.json`, '\u0000\u0000');
      assert.equal(await files.tidy(dropSecret, Date.now() + hour), 0);
      assert.deepEqual([...secrets], [acme.id, damaged]);
    });

    it('of what is left of a removed tenant, and forget after a while that it was', async () => {
      const files = open();
      const acme = storedTenant();
      files.remove(acme.id);
      secrets.add(acme.id);
      put(`${acme.id}.json`, '{}');
      assert.equal(await files.tidy(dropSecret), 1);
      assert.deepEqual([readdirSync(folder), secrets.size, files.read().removed.size], [[], 0, 1]);
      assert.equal(await files.tidy(dropSecret, Date.now() + 2400 * hour), 0);
      assert.equal(files.read().removed.size, 0);
    });

    it('of parts that a killed window left', async () => {
      const files = open();
      put('x.json.1.part', 'half');
      utimesSync(join(folder, 'x.json.1.part'), 1, 1);
      await files.tidy(dropSecret);
      assert.deepEqual(readdirSync(folder), []);
    });

    it('again at the next start when the secret storage is locked', async () => {
      const files = open();
      const acme = storedTenant();
      files.remove(acme.id);
      assert.equal(await files.tidy(() => Promise.reject(new Error('The keyring is locked'))), 0);
      assert.equal(warnings.length, 1);
      secrets.add(acme.id);
      assert.equal(await files.tidy(dropSecret), 1);
    });
  });

  it('keep a mark, not a name, of what was removed', () => {
    const files = open();
    const acme = storedTenant();
    files.write(acme);
    files.remove(acme.id);
    const mark = join(dirname(folder), 'removed', acme.id);
    assert.equal(readFileSync(mark, 'utf8'), '');
    assert.equal(modeOf(mark), 0o600);
  });
});
