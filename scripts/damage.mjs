// What a disk may hold where the extension keeps its files: for the host tests, which start on it.
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where a server's windows keep the files of the extension. Takes the server's data folder. */
export function storageOf(data) {
  return path.join(data, 'data', 'User', 'globalStorage', 'isc-identities.isc-identities');
}

const id = '00000000-0000-4000-8000-000000000001';

const contents = {
  empty: '',
  nuls: '\0'.repeat(300),
  half: '{"name": "Walter Whi',
  null: 'null',
  list: '[{}]',
  number: '7',
  newer: '{"format": 99}',
  wrong: `{"format": 1, "id": "${id}", "name": {}, "baseUrl": 7, "order": "x", "startedAt": 1e300, "state": "?"}`,
};

/**
 * Puts damage into every folder of the storage: empty files, NULs, cut files, wrong types, folders in the place of files, odd
 * names, and a folder that nobody may write to.
 */
export function damageStorage(storage) {
  for (const folder of ['tenants', 'tasks', 'batches', 'removed', 'adding']) {
    const at = path.join(storage, folder);
    mkdirSync(at, { recursive: true });
    for (const [name, text] of Object.entries(contents)) writeFileSync(path.join(at, `${name}.json`), text);
    for (const name of ['100%', '100%.json', '%E0%A4%A.json', '.json', '..json'])
      writeFileSync(path.join(at, name), '{');
    mkdirSync(path.join(at, 'folder.json', 'inside'), { recursive: true });
  }
  writeFileSync(path.join(storage, 'tenants', `${id}.json`), contents.wrong);
  const readOnly = path.join(storage, 'tenants', 'read-only.json');
  mkdirSync(readOnly);
  chmodSync(readOnly, 0o500);
}

/** Every file below a folder with its text, and every folder, in one order: equal when nothing was changed. */
export function snapshot(storage) {
  return readdirSync(storage, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const file = path.join(storage, name);
      return `${name}: ${statSync(file).isFile() ? JSON.stringify(readFileSync(file, 'utf8')) : 'folder'}`;
    });
}
