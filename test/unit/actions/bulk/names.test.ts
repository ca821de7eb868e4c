import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterEach, describe, it } from 'mocha';
import { API_VERSIONS, type ApiVersion } from '../../../../src/api/versions';
import { nameKey, spellingsOf } from '../../../../src/actions/bulk/displayNames';
import { skipText } from '../../../../src/actions/bulk/text';
import type { BatchStore } from '../../../../src/actions/bulk/batchStore';
import { MOST_NAMES_ASKED, type NamesakeQuestion } from '../../../../src/actions/bulk/namesakes';
import type { Source } from '../../../../src/actions/bulk/resolveIdentities';
import { openStage, planned, range, TENANT, until, type Stage } from './stage';

describe('people named by their display name', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  async function plan(texts: readonly string[], unreadable: readonly string[] = []) {
    return planned(stage.window(), { action: 'process', people: { kind: 'asked', texts, unreadable } });
  }

  /** Each name with everybody who has it, in a tenant large enough for some to share one. */
  async function openLarge(version: ApiVersion = 'v2024'): Promise<Map<string, number[]>> {
    stage = await openStage({ version, identities: 3_000 });
    const { people } = stage.demo.world;
    const byName = new Map<string, number[]>();
    for (const n of range(0, 3_000)) {
      const name = people.name(n).display;
      byName.set(name, [...(byName.get(name) ?? []), n]);
    }
    return byName;
  }

  for (const version of API_VERSIONS) {
    it(`are found whatever the case, the blanks and the order of the names, in ${version}`, async () => {
      stage = await openStage({ version });
      const { people } = stage.demo.world;
      const { rows } = await plan(
        ['  ada   WINTERBOURNE ', people.id(2), 'Ada Winterbourn', 'Winterbourne'],
        ['Vantongeren, Adele', 'Nobody, Known', 'Winterbourne · Ada'],
      );
      assert.deepEqual(
        rows.map(({ person, skip }) => person?.id ?? skip?.reason),
        [people.id(1), people.id(2), 'notFound', 'notFound', people.id(3), 'notFound', 'unreadable'],
      );
    });
  }

  it('are skipped when several have the name, with the reason that tells them apart', async () => {
    const shared = [...(await openLarge())].find(([name]) => name.startsWith('William "Billy"'));
    assert.ok(shared);
    const [name, all] = shared;
    assert.ok(all.length > 1);
    const { rows } = await plan([name]);
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.person, null);
    assert.equal(rows[0]?.skip?.reason, 'sameName');
    const words = rows[0]?.skip ? skipText(rows[0].skip) : '';
    assert.ok(words.startsWith(`the name fits ${String(all.length)} identities: `), words);
    const { people } = stage.demo.world;
    for (const n of all) assert.ok(words.includes(people.email(n) ?? people.alias(n)), words);
  });

  it('are asked about when several have the name, each once, ten of them at most', async () => {
    const shared = [...(await openLarge())].filter(([, all]) => all.length > 1);
    assert.ok(shared.length > MOST_NAMES_ASKED + 1);
    const names = shared.slice(0, MOST_NAMES_ASKED + 2).map(([name]) => name);
    const [first = '', second = ''] = names;
    const questions: NamesakeQuestion[] = [];
    const batches = stage.window({
      chooseNamesake: (_, question) => {
        questions.push(question);
        return Promise.resolve(question.name === second ? 'none' : (question.identities[1] ?? 'none'));
      },
    });
    const people: Source = { kind: 'asked', texts: [...names, first.toUpperCase()] };
    const { rows } = await planned(batches, { action: 'process', people });
    assert.deepEqual(
      questions.map(({ name, number, total }) => [name, number, total]),
      names.slice(0, MOST_NAMES_ASKED).map((name, at) => [name, at + 1, MOST_NAMES_ASKED]),
    );
    assert.deepEqual(
      rows.map(({ person, skip }) => skip?.reason ?? person?.id),
      [
        ...questions.map(({ name, identities }) => (name === second ? 'sameName' : identities[1]?.id)),
        'sameName',
        'sameName',
        'duplicate',
      ],
    );
  });

  it('give the plan up when the question is dismissed', async () => {
    const names = [...(await openLarge())].flatMap(([name, all]) => (all.length > 1 ? [name] : [])).slice(0, 3);
    let asked = 0;
    const batches = stage.window({ chooseNamesake: () => Promise.resolve(asked++ > 0 ? 'cancel' : 'none') });
    const { id } = batches.plan({
      tenantId: TENANT,
      action: 'process',
      from: '',
      people: { kind: 'asked', texts: names },
    });
    const { phase, problem, rows } = await until(batches, id, (batch) => batch.phase !== 'planning');
    assert.equal(asked, 2);
    assert.deepEqual([phase, problem, rows.length], ['failed', undefined, 0]);
  });

  it('end the question when planning is canceled', async () => {
    const names = [...(await openLarge())].flatMap(([name, all]) => (all.length > 1 ? [name] : [])).slice(0, 1);
    const batches: BatchStore = stage.window({
      chooseNamesake: ({ id }, _, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve('cancel'));
          batches.cancelPlan(id);
        }),
    });
    const { id } = batches.plan({
      tenantId: TENANT,
      action: 'process',
      from: '',
      people: { kind: 'asked', texts: names },
    });
    assert.equal((await until(batches, id, ({ phase }) => phase !== 'planning')).phase, 'failed');
  });

  it('are asked for in few requests, and not at all when a key was found', async () => {
    const alone = [...(await openLarge())].filter(([, all]) => all.length === 1);
    const { people } = stage.demo.world;
    const before = stage.demo.requests.count('listIdentities');
    await plan(alone.slice(0, 20).map(([, [n = 0]]) => people.id(n)));
    const forKeys = stage.demo.requests.count('listIdentities') - before;
    assert.equal(forKeys, 1);
    const { rows } = await plan(alone.slice(0, 200).map(([name]) => name));
    const found = rows.filter(({ person }) => person !== null).length;
    assert.equal(found, 200);
    const requests = stage.demo.requests.count('listIdentities') - before - forKeys;
    assert.ok(requests <= 25, `${String(requests)} requests for 200 names`);
  });

  it('are not called unknown when they could not be looked up', async () => {
    stage = await openStage();
    // The keys are read, the names are not.
    const failing = { kind: 'status', status: 403, operation: 'listIdentities', times: 9 } as const;
    const client = {
      ...stage.client,
      identities: {
        ...stage.client.identities,
        listAll: (...parameters: Parameters<typeof stage.client.identities.listAll>) => {
          if (parameters[0]?.filters?.startsWith('name eq')) stage.demo.faults.add(failing);
          return stage.client.identities.listAll(...parameters);
        },
      },
    };
    const batches = stage.window({ client: () => Promise.resolve(client) });
    const people = { kind: 'asked', texts: ['Ada Winterbourne'] } as const;
    const { phase, rows, problem } = await planned(batches, { action: 'process', people });
    assert.deepEqual([phase, rows.length], ['failed', 0]);
    assert.match(problem ?? '', /ApiError/);
  });

  it('are never keys, lists or pieces', async () => {
    stage = await openStage();
    const before = stage.demo.requests.count('listIdentities');
    const { rows } = await plan(['nobody@at.all', 'f'.repeat(32)], ['a · b', 'x; y']);
    assert.deepEqual(
      rows.map(({ skip }) => skip?.reason),
      ['notFound', 'notFound', 'unreadable', 'unreadable'],
    );
    assert.equal(stage.demo.requests.count('listIdentities') - before, 1);
  });
});

describe('spellings of a name', () => {
  const word = fc
    .stringMatching(/^\p{Lu}\p{Ll}{1,8}(?:['-]\p{Lu}\p{Ll}{1,8})?$/u)
    // Not every letter has both cases: "ß" is two in capitals.
    .filter((text) => text.toUpperCase().toLowerCase() === text.toLowerCase());
  const blanks = fc.stringMatching(/^[ \t\u00a0]{1,3}$/).filter((text) => !text.includes('\t'));

  it('lead from each order to the other', () => {
    fc.assert(
      fc.property(word, word, blanks, (first, last, between) => {
        const straight = `${first}${between}${last}`;
        const turned = `${last},${between}${first}`;
        const keys = (text: string): Set<string> => new Set(spellingsOf(text).map(nameKey));
        assert.deepEqual(keys(straight), keys(turned));
        assert.ok(keys(straight.toUpperCase()).has(nameKey(straight)));
      }),
    );
  });

  it('never take a part of a name for the whole, nor throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const letters = (name: string): string => [...nameKey(name).replace(/[\s,]/g, '')].sort().join('');
        for (const spelling of spellingsOf(text)) assert.equal(letters(spelling), letters(text));
      }),
    );
  });
});
