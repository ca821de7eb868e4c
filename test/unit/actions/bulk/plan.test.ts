import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { API_VERSIONS } from '../../../../src/api/versions';
import { requestsFor } from '../../../../src/actions/bulk/batch';
import { secondsFor } from '../../../../src/api/rateLimit';
import { openStage, people, planned, range, settled, stateCounts, type Stage } from './stage';

describe('planning a batch', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  /** The first people of the tenant with a property. */
  const indices = (holds: (index: number) => boolean): number[] => range(0, 300).filter(holds);

  it('does not take a list for everybody that counts more people than it gives', async () => {
    const query = { by: 'filter', includeUncorrelated: false } as const;
    const batches = stage.window();
    const whole = await planned(batches, { action: 'process', people: { kind: 'list', query } });
    assert.equal(whole.missing, undefined);
    stage.demo.shapes.pages = 'short';
    const short = await planned(batches, { action: 'process', people: { kind: 'list', query } });
    assert.equal(short.missing, Math.ceil(300 / 61));
    assert.equal(short.rows.length + (short.missing ?? 0), whole.rows.length);
    await batches.run(short.id, 'planned');
    await settled(batches, short.id);
    assert.equal(stage.window().get(short.id)?.missing, short.missing);
  });

  for (const version of API_VERSIONS) {
    it(`finds people by id, alias and e-mail, whatever the case, in ${version}`, async () => {
      await stage.close();
      stage = await openStage({ version });
      const batches = stage.window();
      const [a, b, c] = await Promise.all(
        [3, 4, 5].map((n) => stage.client.identities.get(stage.demo.world.people.id(n))),
      );
      assert.ok(a?.alias && b?.emailAddress && c);
      const texts = [
        a.alias.toUpperCase(),
        b.emailAddress,
        c.id,
        'nobody',
        '"',
        'back\\slash',
        'x'.repeat(10_000),
        '\uD83D',
      ];
      const { rows } = await planned(batches, { action: 'process', people: { kind: 'asked', texts } });
      assert.deepEqual(
        rows.map(({ person, skip }) => person?.id ?? skip?.reason),
        [a.id, b.id, c.id, 'notFound', 'notFound', 'notFound', 'notFound', 'notFound'],
      );
    });

    it(`says before a deletion who is protected and who owns what in ${version}`, async () => {
      await stage.close();
      stage = await openStage({ version });
      const batches = stage.window();
      const { world } = stage.demo;
      const kept = indices((n) => world.people.isProtected(n));
      assert.ok(kept.length > 0);
      const { rows } = await planned(batches, { action: 'delete', people: people(stage, [...kept, ...range(0, 20)]) });
      for (const row of rows) {
        const owned = await stage.client.identities.ownership(row.person?.id ?? '');
        if (row.skip?.reason === 'protected' || row.skip?.reason === 'duplicate') continue;
        assert.equal(row.skip?.reason ?? null, owned.length > 0 ? 'owner' : null);
      }
      const { protected: guarded = 0, owner = 0, planned: fine = 0 } = stateCounts(rows);
      assert.ok(guarded >= kept.length && owner > 0 && fine > 0, JSON.stringify(stateCounts(rows)));
      assert.equal(stage.demo.requests.count('deleteIdentity'), 0);
    });
  }

  it('names nobody twice', async () => {
    const batches = stage.window();
    const { rows } = await planned(batches, { action: 'synchronize', people: people(stage, [7, 8, 7]) });
    assert.deepEqual(
      rows.map(({ skip }) => skip?.reason ?? null),
      [null, null, 'duplicate'],
    );
  });

  it('leaves out who is registered or has no address, before an invitation', async () => {
    const batches = stage.window();
    const { world } = stage.demo;
    const registered = indices((n) => world.status(n) !== 'UNREGISTERED').slice(0, 3);
    const uninvited = indices((n) => world.status(n) === 'UNREGISTERED' && world.people.email(n) !== null).slice(0, 4);
    const { rows } = await planned(batches, { action: 'invite', people: people(stage, [...registered, ...uninvited]) });
    assert.deepEqual(stateCounts(rows), { registered: registered.length, planned: uninvited.length });
    assert.equal(rows[0]?.skip?.note, world.status(registered[0] ?? 0));
    assert.ok(rows.slice(registered.length).every(({ person }) => person?.email?.includes('@')));
  });

  it('takes the personal address for a mail that goes there', async () => {
    const batches = stage.window();
    const mail = { via: 'EMAIL_PERSONAL', sourceName: null } as const;
    const plan = { action: 'verification', mail, people: people(stage, range(0, 10)) } as const;
    const { rows } = await planned(batches, plan);
    for (const { person, skip } of rows) {
      const { attributes } = await stage.client.identities.get(person?.id ?? '');
      const address = attributes?.['personalEmail'];
      assert.equal(person?.email, typeof address === 'string' ? address : undefined);
      assert.equal(skip?.reason ?? null, typeof address === 'string' ? null : 'noEmail');
    }
  });

  it('takes everybody of a view, uncorrelated people too where the view shows them', async () => {
    const batches = stage.window();
    const filters = 'correlated eq false';
    const query = { by: 'filter', filter: filters, includeUncorrelated: true } as const;
    const { rows } = await planned(batches, { action: 'process', people: { kind: 'list', query } });
    const { items } = await stage.client.identities.list({ filters, defaultFilter: 'NONE', limit: 250 });
    assert.ok(items.length > 0);
    assert.deepEqual(rows.map(({ person }) => person?.id).sort(), items.map(({ id }) => id).sort());
  });

  it('takes everybody a search finds, with their present state', async () => {
    const batches = stage.window();
    const query = { by: 'search', query: 'attributes.department:Engineering' } as const;
    const { rows } = await planned(batches, { action: 'process', people: { kind: 'list', query } });
    const total = await stage.client.search.count(query.query);
    assert.ok(total > 0);
    assert.equal(rows.length, total);
    assert.ok(rows.every(({ person }) => person !== null));
  });

  it('says why there is no plan, and can be cancelled', async () => {
    const batches = stage.window();
    stage.demo.faults.add({ kind: 'status', status: 403, operation: 'listIdentities', times: 9 });
    const failed = await planned(batches, { action: 'process', people: people(stage, [1]) });
    assert.equal(failed.phase, 'failed');
    assert.match(failed.problem ?? '', /ApiError/);

    stage.demo.faults.clear();
    stage.demo.faults.add({ kind: 'hang', operation: 'listIdentities' });
    const hanging = planned(batches, { action: 'process', people: people(stage, [1]) });
    const [{ id } = { id: '' }] = batches.all();
    batches.cancelPlan(id);
    const { phase, problem } = await hanging;
    assert.deepEqual({ phase, problem }, { phase: 'failed', problem: undefined });
  });

  it('does not plan a deletion of whom it cannot check', async () => {
    const batches = stage.window();
    const operation = 'getIdentityOwnershipDetails';
    stage.demo.faults.add({ kind: 'status', status: 500, operation, times: 1 });
    const { rows } = await planned(batches, { action: 'delete', people: people(stage, [250]) });
    assert.equal(rows[0]?.skip?.reason, 'unchecked');
  });

  it('counts requests and time', () => {
    assert.equal(requestsFor('process', 300), 2);
    assert.equal(requestsFor('delete', 300), 300);
    assert.equal(secondsFor(1), 0);
    assert.ok(Math.abs(secondsFor(10_000) - 1_041) < 2);
  });

  it('lists what could not be read, looks for nobody by it, and sends nothing to it', async () => {
    const batches = stage.window();
    const { rows } = await planned(batches, {
      action: 'process',
      people: { kind: 'asked', texts: [stage.demo.world.people.id(3)], unreadable: ['Winterbourne · Ada'] },
    });
    assert.deepEqual(
      rows.map(({ asked, person, skip }) => [asked, person?.id ?? null, skip?.reason ?? null]),
      [
        [stage.demo.world.people.id(3), stage.demo.world.people.id(3), null],
        ['Winterbourne · Ada', null, 'unreadable'],
      ],
    );
  });
});
