import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { isRow } from '../../../../src/ui/rows';
import type { ListNode } from '../../../../src/tree/nodes';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS, ENTER, WAIT, type Seen } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const FIND = 'Find identity in Acme';

/** The lists that were shown in the tree, in their order. */
function shown(stage: Stage): ListNode[] {
  return stage.opened.flatMap(([what, row]) => (what === 'reveal' ? [row as ListNode] : []));
}

function onlyList(stage: Stage): ListNode {
  const [list, ...others] = shown(stage);
  assert.ok(list && others.length === 0);
  return list;
}

const names = ({ loaded }: ListNode): string[] => loaded.rows.map(({ identity }) => identity.name);

describeCommand(COMMANDS.findIdentity, () => {
  const s = useStage();

  /** Until the returned function is called the number of matches is not answered. */
  function holdCount(): () => void {
    let answer: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (answer = resolve));
    s().demo.faults.add({ kind: 'hold', until, operation: 'searchCount' });
    return answer;
  }

  it('opens all that starts with the words as a list, without asking again', async () => {
    s().ui.on(FIND, { type: 'Ad' }, 'Open as list: 6 identities');
    await s().run(COMMANDS.findIdentity);
    const list = onlyList(s());
    assert.deepEqual(s().opened, [['reveal', list, { select: true, focus: true, expand: true }]]);
    assert.deepEqual([list.list.name, list.list.origin, list.loaded.total], ['Ad', 'temporary', 6]);
    assert.equal(names(list).length, 6);
    assert.deepEqual([list.loaded.hasMore, list.loaded.isShort, list.loaded.started], [false, false, true]);
    const asked = s().demo.requests.list.filter(({ query }) => /"Ad"/.test(decodeURIComponent(query)));
    assert.equal(asked.length, 1);
    assert.ok(isRow(list));
  });

  it('opens all that a query finds as a table, by the button of the same row', async () => {
    const row = 'Open as list: 215 identities';
    s().ui.on(FIND, { type: 'status:ACTIVE' }, { rowButton: row, tooltip: 'Open as table' });
    await s().run(COMMANDS.findIdentity);
    const query = { by: 'search', query: 'status:ACTIVE' };
    const people = { kind: 'query', query };
    const target = { tenantId: s().acme.id, title: 'status:ACTIVE', source: people, people };
    assert.deepEqual(s().opened, [['table', target]]);
  });

  it('opens all that a query finds, counts them once, and goes on where the box ended', async () => {
    s().ui.on(FIND, { type: 'status:ACTIVE' }, 'Open as list: 215 identities');
    await s().run(COMMANDS.findIdentity);
    const list = onlyList(s());
    const sent = () => [s().sent('searchPost'), s().sent('searchCount')];
    assert.deepEqual(sent(), [1, 1]);
    assert.deepEqual([list.list.query, list.loaded.total], [{ by: 'search', query: 'status:ACTIVE' }, 215]);
    assert.deepEqual([list.loaded.rows.length, list.loaded.hasMore], [51, true]);
    await list.loaded.loadMore(list, () => s().deps.clients.for(s().acme.id));
    assert.deepEqual(sent(), [2, 1]);
    assert.equal(new Set(list.loaded.rows.map(({ identity }) => identity.id)).size, 215);
    assert.deepEqual([list.loaded.hasMore, list.loaded.isShort], [false, false]);
  });

  it('goes on in a list by filter, too', async () => {
    s().ui.on(FIND, { type: 'correlated eq true' }, 'Open as list: 300 identities');
    await s().run(COMMANDS.findIdentity);
    const list = onlyList(s());
    assert.equal(list.loaded.rows.length, 51);
    await list.loaded.loadMore(list, () => s().deps.clients.for(s().acme.id));
    assert.deepEqual([new Set(names(list)).size > 200, list.loaded.rows.length], [true, 300]);
  });

  it('has a number only once it is known', async () => {
    const answer = holdCount();
    s().ui.on(FIND, { type: '*' }, 'Open as list');
    await s().run(COMMANDS.findIdentity);
    answer();
    assert.deepEqual([onlyList(s()).loaded.total, onlyList(s()).loaded.rows.length], [undefined, 51]);
  });

  it('says how many there are in the title, and the query in the row', async () => {
    const answer = holdCount();
    s().ui.on(
      FIND,
      { type: 'status:ACTIVE' },
      {
        row: 'Open as list',
        look: (list) => {
          assert.equal(list.title, `${FIND} · more than 50 identities · search: status:ACTIVE`);
          // Whoever went up to the row meanwhile stays there.
          list.active = list.rows[0];
          answer();
        },
      },
      {
        row: 'Open as list: 215 identities',
        look: ({ title, rows, active }) => {
          assert.equal(title, `${FIND} · 215 identities · search: status:ACTIVE`);
          assert.equal(rows[0]?.detail, 'status:ACTIVE');
          assert.equal(rows.at(-1)?.detail, 'status:ACTIVE');
          assert.equal(active, rows[0]);
        },
      },
      DISMISS,
    );
    await s().run(COMMANDS.findIdentity);
  });

  it('keeps the row of a query that is opened again', async () => {
    for (const [text, label] of [
      ['Ad', 'Open as list: 6 identities'],
      ['Ad ', 'Open as list: 6 identities'],
      ['Ada', 'Open as list: 2 identities'],
    ] as const) {
      s().ui.on(FIND, { type: text }, label);
      await s().run(COMMANDS.findIdentity);
    }
    const [first, again, other] = shown(s());
    assert.equal(first, again);
    assert.notEqual(first, other);
  });

  it('opens a list in each of several tenants', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    s().ui.on('Find identity in 2 tenants', { type: 'Ad' }, 'Open as list in Other: 6 identities');
    await s().run(COMMANDS.findIdentity);
    assert.equal(onlyList(s()).parent.id, other.id);
  });

  it('has no list of nobody, nor of everybody', async () => {
    const has = (label: string, text?: string): void => {
      const look = ({ rows }: Seen): void =>
        assert.deepEqual(
          rows.filter(({ label }) => /list\b(?!-)/.test(label)),
          [],
        );
      s().ui.on(FIND, ...(text === undefined ? [] : [{ type: text }]), { row: label, look }, DISMISS);
    };
    has('No identities found', 'Xyzzy');
    await s().run(COMMANDS.findIdentity);
    has('Aada Koskivaara');
    await s().run(COMMANDS.findIdentity);
    assert.equal(s().sent('searchCount'), 0);
  });

  it('leaves Enter to the first person, whose row comes next', async () => {
    s().ui.on(FIND, { type: 'Adel' }, { row: 'Open as list: 1 identity', look: () => undefined }, ENTER);
    await s().run(COMMANDS.findIdentity);
    const expected = ['identity', s().target(PEOPLE.withoutRoles)];
    assert.deepEqual(s().opened, [expected]);
    // At every letter the cursor goes to the first row: Enter before the newer text is answered is not about the list, either.
    const toFirstRow = (list: Seen): void => void (list.active = undefined);
    s().ui.on(
      FIND,
      { type: 'Adel' },
      { row: 'Open as list: 1 identity', look: toFirstRow },
      { type: 'Adele' },
      ENTER,
      WAIT,
    );
    await s().run(COMMANDS.findIdentity);
    assert.deepEqual(s().opened, [expected, expected]);
  });
});

describeCommand(COMMANDS.saveAsList, () => {
  const s = useStage();

  async function opened(text: string, label: string): Promise<ListNode> {
    s().ui.on(FIND, { type: text }, label);
    await s().run(COMMANDS.findIdentity);
    return shown(s()).at(-1) ?? assert.fail();
  }

  it('keeps a list that was opened, under its name, and takes the temporary one away', async () => {
    const bySearch = await opened('status:ACTIVE', 'Open as list: 215 identities');
    s().ui.on('Save this query as a list', 'Active ones');
    await s().run(COMMANDS.saveAsList, bySearch);
    const byFilter = await opened('name sw "Ad"', 'Open as list: 6 identities');
    s().ui.on('Save this query as a list', 'Ads');
    await s().run(COMMANDS.saveAsList, byFilter);
    assert.deepEqual(s().lists.settings.user, [
      { name: 'Active ones', search: 'status:ACTIVE' },
      { name: 'Ads', filter: 'name sw "Ad"', includeUncorrelated: true },
    ]);
    const removed = s().opened.flatMap(([what, row]) => (what === 'listRemoved' ? [row] : []));
    assert.deepEqual(removed, [bySearch, byFilter]);
  });

  it('leaves it where it is when it is not named, and is about no other row', async () => {
    const list = await opened('Ad', 'Open as list: 6 identities');
    s().ui.on('Save this query as a list', DISMISS);
    await s().run(COMMANDS.saveAsList, list);
    await s().run(COMMANDS.saveAsList, s().tenantRow());
    await s().run(COMMANDS.saveAsList, list.parent);
    assert.deepEqual(s().lists.settings.user, []);
    assert.ok(!s().opened.some(([what]) => what === 'listRemoved'));
  });
});

describeCommand(COMMANDS.removeTemporaryList, () => {
  const s = useStage();

  it('takes a list away that was opened, and no other', async () => {
    s().ui.on(FIND, { type: 'Ad' }, 'Open as list: 6 identities');
    await s().run(COMMANDS.findIdentity);
    const list = onlyList(s());
    const [all] = s().lists.forTenant(s().acme);
    assert.ok(all);
    await s().run(COMMANDS.removeTemporaryList, s().listRow(all));
    await s().run(COMMANDS.removeTemporaryList, list);
    assert.deepEqual(
      s().opened.filter(([what]) => what === 'listRemoved'),
      [['listRemoved', list]],
    );
  });
});
