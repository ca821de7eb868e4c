import assert from 'node:assert/strict';
import { build, type BuildResult } from 'esbuild';
import { before, describe, it } from 'mocha';
import { ACTIVATION, cutOptions, joinParts, type Part } from '../../../scripts/parts.mjs';

/** What may be loaded at activation, bytes. */
const MOST_AT_ACTIVATION = 100_000;

describe('the parts of the extension', () => {
  let cut: BuildResult;
  let parts: readonly Part[];
  before(async function () {
    this.timeout(60_000);
    cut = await build(cutOptions({ production: true }));
    parts = await joinParts(cut, { production: true });
  });

  const part = (name: string): Part => {
    const found = parts.find((each) => each.name === name);
    assert.ok(found, name);
    return found;
  };
  const scriptOf = ({ files }: Part): string => files.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  /** The other files that a part loads, at once or later. */
  const loadedBy = (from: Part): string[] =>
    [...scriptOf(from).matchAll(/require\("\.\/([^"]+)\.js"\)/g)].map(([, name = '']) => name);

  it('leave at most 100 kB to load at activation', () => {
    const { bytes } = part(ACTIVATION);
    assert.ok(bytes <= MOST_AT_ACTIVATION, String(bytes));
    assert.equal(bytes, Buffer.byteLength(scriptOf(part(ACTIVATION))));
  });

  it('leave to activation nothing of what requests, commands, panels, bulk actions, documents and settings files need', () => {
    const strange = Object.keys(part(ACTIVATION).inputs).filter((input) => !isForActivation(input));
    assert.deepEqual(strange, []);
  });

  it('hold each module once: it has one state, and its classes are the same everywhere', () => {
    const places = new Map<string, string[]>();
    for (const { name, inputs } of parts) {
      for (const input of Object.keys(inputs)) places.set(input, [...(places.get(input) ?? []), name]);
    }
    const twice = [...places].filter(([, names]) => names.length > 1);
    assert.deepEqual(twice, []);
    // And none is lost: whatever is used of what was read is somewhere.
    const used = Object.values(cut.metafile?.outputs ?? {}).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
    );
    assert.deepEqual([...new Set(used)].sort(), [...places.keys()].sort());
  });

  it('load what they share in one direction only, and activation loads nothing at once', () => {
    for (const each of parts) {
      for (const name of loadedBy(each)) part(name);
    }
    /** Parts that begin with an import('…') are loaded later; these are loaded with whoever needs them. */
    const shared = parts.filter(({ name }) => name.startsWith('shared'));
    const visit = (from: Part, path: readonly string[]): void => {
      assert.ok(!path.includes(from.name), [...path, from.name].join(' -> '));
      for (const name of loadedBy(from).filter((each) => each !== ACTIVATION)) visit(part(name), [...path, from.name]);
    };
    assert.ok(shared.length > 0);
    for (const each of shared) visit(each, []);
    assert.deepEqual(
      loadedBy(part(ACTIVATION)).filter((name) => name.startsWith('shared')),
      [],
    );
  });
});

/** Rooms of which nothing is needed before something is used, but for a few files. */
const LATER_ROOMS = /^src\/(actions|api|commands|demo|documents|find|panels|parts|people|tasks|tasksView)\//;
const NEEDED_OF_THEM = [
  // What rows and lists are, and the errors that may be told of them.
  ...['errors', 'filter', 'filterParser', 'json', 'versions'].map((name) => `src/api/${name}.ts`),
  // What stands for the rest until it is loaded.
  'src/commands/index.ts',
  'src/commands/ui/commandTitles.ts',
  'src/documents/later.ts',
  'src/panels/later.ts',
  'src/tasksView/view.ts',
  // What was touched last has to be noticed from the start.
  'src/commands/identities/focus.ts',
  // What is kept of a tenant is forgotten with it.
  'src/panels/identity/attributeChanges.ts',
];

function isForActivation(input: string): boolean {
  if (input.includes('node_modules/')) return input.includes('node_modules/valibot/');
  return !LATER_ROOMS.test(input) || NEEDED_OF_THEM.includes(input);
}
