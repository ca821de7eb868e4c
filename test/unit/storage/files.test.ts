import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  createWhole,
  listNames,
  makeFolder,
  openLines,
  readJson,
  readText,
  removeParts,
  writeWhole,
} from '../../../src/storage/files';
import { problemOf } from '../../../src/storage/problem';

describe('files of the extension', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-storage-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const modeOf = (path: string): number => statSync(path).mode & 0o777;
  const problem = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      return problemOf(error);
    }
    return 'none';
  };

  it('are for this person only, and so are folders that an earlier version left open', () => {
    const inner = join(folder, 'a', 'b');
    makeFolder(inner);
    assert.deepEqual([modeOf(join(folder, 'a')), modeOf(inner)], [0o700, 0o700]);
    chmodSync(inner, 0o755);
    makeFolder(inner);
    assert.equal(modeOf(inner), 0o700);
    writeWhole(join(inner, 'x'), 'text');
    assert.equal(modeOf(join(inner, 'x')), 0o600);
  });

  it('are replaced as a whole; a failure leaves no part and the former text', () => {
    const file = join(folder, 'x.json');
    writeWhole(file, 'first');
    writeWhole(file, 'é'.repeat(100_000));
    assert.equal(readText(file), 'é'.repeat(100_000));
    mkdirSync(join(folder, 'taken'));
    assert.notEqual(
      problem(() => writeWhole(join(folder, 'taken'), 'text')),
      'none',
    );
    assert.deepEqual(readdirSync(folder).sort(), ['taken', 'x.json']);
  });

  it('are made by the first who tries, whole, and nobody else', () => {
    const file = join(folder, 'lock-1');
    assert.deepEqual([createWhole(file, 'first'), createWhole(file, 'second')], [true, false]);
    assert.deepEqual([readText(file), readdirSync(folder), modeOf(file)], ['first', ['lock-1'], 0o600]);
    assert.match(
      problem(() => createWhole(join(folder, 'none', 'x'), 'text')),
      /does not exist/,
    );
  });

  it('of lines are begun anew or gone on with, also after half a line', () => {
    const file = join(folder, 'lines');
    const lines = (): string[] => readText(file).split('\n').filter(Boolean);
    const add = (from: 'anew' | 'end', line: string): void => {
      const opened = openLines(file, from);
      opened.append(line);
      opened.flush();
      opened.close();
    };
    add('anew', 'a');
    appendFileSync(file, 'ha');
    add('end', 'b');
    assert.deepEqual([lines(), modeOf(file)], [['a', 'ha', 'b'], 0o600]);
    const old = openLines(file, 'end');
    add('anew', 'c');
    old.append('of the old one');
    old.close();
    assert.deepEqual(lines(), ['c']);
  });

  it('that cannot be read say why and quote nothing', () => {
    const say = (content: string): string => {
      const file = join(folder, 'x');
      writeFileSync(file, content);
      return problem(() => readJson(file));
    };
    assert.equal(say(''), 'it is empty');
    assert.equal(say(' \n'), 'it is empty');
    assert.equal(say('\u0000'.repeat(300)), 'it is damaged');
    assert.equal(say('{"clientSecret": s3cret'), 'it is not valid JSON');
    assert.equal(say('{'), 'it is not valid JSON');
    mkdirSync(join(folder, 'd'));
    assert.equal(
      problem(() => readJson(join(folder, 'd'))),
      'it is not a file',
    );
    assert.equal(
      problem(() => readJson(join(folder, 'none'))),
      'it does not exist',
    );
    writeFileSync(join(folder, 'big'), 'x'.repeat(101));
    assert.equal(
      problem(() => readText(join(folder, 'big'), 100)),
      'it is too large',
    );
    assert.equal(problemOf(new Error('/home/me/secret')), 'Error');
    assert.equal(problemOf('s3cret'), 'unknown error');
  });

  it('are none in a folder that is not there, or is a file', () => {
    writeFileSync(join(folder, 'file'), '');
    assert.deepEqual([...listNames(join(folder, 'none')), ...listNames(join(folder, 'file'))], []);
  });

  it('left half by a dead writer are removed, those of a living one stay', () => {
    for (const name of ['a.json', 'a.json.1.part', 'b.json.new', 'fresh.part']) writeFileSync(join(folder, name), '');
    for (const name of ['a.json', 'a.json.1.part', 'b.json.new']) utimesSync(join(folder, name), 1, 1);
    assert.equal(removeParts(folder), 2);
    assert.deepEqual(readdirSync(folder).sort(), ['a.json', 'fresh.part']);
    assert.equal(removeParts(join(folder, 'none')), 0);
  });
});
