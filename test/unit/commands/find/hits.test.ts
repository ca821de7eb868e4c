import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import type { ListNode } from '../../../../src/tree/nodes';
import { actionCommand, describeCommand, useStage } from '../describeCommand';
import { DISMISS, type Deed, type Seen } from '../scriptedUi';
import { PEOPLE } from '../stage';

const FIND = 'Find identity in Acme';
const ADELE = 'Adele Vantongeren';
const SIMILAR = 'Search for similar spellings';

describeCommand(COMMANDS.findIdentity, () => {
  const s = useStage();
  /** Requests that what was typed led to; the box itself may ask for nobody in particular when it opens. */
  const reads = (): number =>
    s().demo.requests.list.filter(
      ({ operation, query }) =>
        operation === 'searchPost' ||
        operation === 'searchCount' ||
        (operation === 'listIdentities' && query.includes('filters=')),
    ).length;
  const labels = ({ rows }: Seen): string[] => rows.map(({ label }) => label.replace(/^\$\([^)]*\) /, ''));

  /** Types, waits for a row and looks at the box. */
  async function see(text: string, row: string, look: (list: Seen) => void, ...then: Deed[]): Promise<void> {
    const after: readonly Deed[] = then.length > 0 ? then : [DISMISS];
    s().ui.on(FIND, { type: text }, { row, look }, ...after);
    await s().run(COMMANDS.findIdentity);
  }

  it('offers on each hit to open it, to reveal it and to process it', async () => {
    await see('Adele', ADELE, ({ rows }) => {
      const buttons = rows.map((row) => row.buttons?.map(({ tooltip }) => String(tooltip)) ?? []);
      assert.deepEqual(buttons.slice(0, 2), [['Open as table'], ['Open in panel', 'Reveal in tree', 'Process...']]);
    });
    s().ui.on(FIND, { type: 'Adele' }, { rowButton: ADELE, tooltip: 'Open in panel' });
    await s().run(COMMANDS.findIdentity);
    assert.deepEqual(s().opened, [['identity', s().target(PEOPLE.withoutRoles)]]);
  });

  it('processes a hit by the command, which asks first', async () => {
    s().ui.on(FIND, { type: 'Adele' }, { rowButton: ADELE, tooltip: 'Process...' });
    await s().run(COMMANDS.findIdentity);
    assert.deepEqual(s().workbench.ran, [[actionCommand('process'), s().target(PEOPLE.withoutRoles)]]);
    assert.equal(s().writes(), 0);
    const [[command, target] = []] = s().workbench.ran;
    s().ui.on(`Process ${ADELE} in Acme?`, DISMISS);
    await s().run(String(command), target);
    assert.equal(s().writes(), 0);
  });

  it('offers similar spellings where nobody is found, and finds them', async () => {
    let before = 0;
    await see(
      'Ada Winterborne',
      SIMILAR,
      (list) => {
        assert.deepEqual(labels(list), ['No identities found', SIMILAR]);
        assert.equal(list.rows[1]?.detail, 'Ada Winterborne');
        before = reads();
        assert.equal(before, 2);
      },
      SIMILAR,
      {
        row: 'Ada Winterbourne',
        look: (list) => {
          assert.equal(reads() - before, 1);
          assert.match(list.title ?? '', /· 1 identity · spelled like "Ada Winterborne" in names/);
          assert.deepEqual(labels(list), ['Open as list: 1 identity', 'Ada Winterbourne', 'Save this query as a list']);
        },
      },
      'Open as list: 1 identity',
    );
    const list = s().opened[0]?.[1] as ListNode;
    assert.equal(list.list.name, 'Similar to Ada Winterborne');
    assert.ok(list.list.query?.by === 'search' && list.list.query.query.includes('displayName:Winterborne~'));
    assert.match(list.list.query.query, /displayName:Ada\* /);
  });

  it('offers them once, and not for a query, short words or a filter', async () => {
    await see(
      'Zyxwvut',
      SIMILAR,
      () => undefined,
      SIMILAR,
      {
        row: 'No identities found',
        look: () => undefined,
      },
      DISMISS,
    );
    for (const text of ['Xyz', 'displayName:Zyxwvut', 'name eq "Zyxwvut"']) {
      await see(text, 'No identities found', (list) => assert.deepEqual(labels(list), ['No identities found'], text));
    }
  });

  for (const [text, label, detail] of [
    ['displayName:"ada', 'Character 13: The closing double quote is missing.', '"ada'],
    ['  "Ada Wint', 'Character 3: The closing double quote is missing.', '"Ada Wint'],
    ['ada AND (bob OR eve', 'Character 9: The bracket "(" is not closed.', '(bob OR eve'],
    ['ada OR bob)', 'Character 11: The bracket ")" has no opening one before it.', ')'],
    ['ada AND', 'Character 5: There is nothing after AND.', 'AND'],
    ['NOT', 'Character 1: There is nothing after NOT.', 'NOT'],
    [
      'attributes.department:',
      'Character 1: There is no value after "attributes.department:".',
      'Type a value right after the colon, such as attributes.department:"Human Resources"',
    ],
    ['name sw "Ada', 'Character 9: The closing double quote is missing.', '"Ada'],
    ['name sw ', 'Character 8: The filter is incomplete. Expected "text".', undefined],
    ['name gt "Ada"', 'Character 6: "name" does not support gt. Use eq or sw.', 'gt "Ada"'],
  ] as const) {
    it(`says where the mistake is in ${text}, and asks nothing`, async () => {
      await see(text, label, (list) => {
        assert.deepEqual(labels(list), [label]);
        assert.equal(list.rows[0]?.detail, detail);
        assert.equal(list.title, FIND);
      });
      assert.equal(reads(), 0);
    });
  }

  it('takes a filter as lists have it', async () => {
    await see('name sw "Adel" and protected eq false', ADELE, ({ title, rows }) => {
      assert.equal(title, `${FIND} · 1 identity · filter: display name starts with Adel and protected is no`);
      assert.equal(rows[0]?.detail, 'name sw "Adel" and protected eq false');
    });
    assert.equal(s().sent('searchPost'), 0);
  });

  it('says once that a search failed, why, and keeps nothing of it', async () => {
    s().demo.faults.add({ kind: 'status', status: 403, operation: 'searchPost', times: Infinity });
    const failed = 'Could not search Acme';
    // A role's id is no start of a name: nothing stands in for Search.
    const role = { tenantId: s().acme.id, accessId: 'r1', name: 'Travel Booker' };
    const look = (list: Seen): void => {
      assert.deepEqual(labels(list), [failed]);
      assert.match(list.rows[0]?.detail ?? '', /^The token needs the scope `sp:search:read` and /);
      assert.equal(list.title, 'Identities with Travel Booker');
    };
    s().ui.on('Identities with Travel Booker', { row: failed, look }, { rowButton: failed, tooltip: 'Show log' });
    await s().run(COMMANDS.findIdentity, role);
    assert.deepEqual(s().workbench.ran, [[COMMANDS.showLog]]);
  });

  it('keeps nothing of a query that ISC refused', async () => {
    s().demo.faults.add({ kind: 'status', status: 400, operation: 'searchPost', times: Infinity });
    await see('displayName:ada^x', 'Could not search Acme', (list) => {
      assert.deepEqual(labels(list), ['Could not search Acme']);
      assert.ok(!String(list.rows[0]?.detail).includes('Could not search'));
      assert.equal(list.title, FIND);
    });
  });

  it('says why there is no Search without saying twice that there is none', async () => {
    s().demo.faults.add({ kind: 'status', status: 403, operation: 'searchPost', times: Infinity });
    await see('name:adel*', ADELE, ({ rows }) => {
      assert.match(rows[0]?.detail ?? '', /^The token needs the scope `sp:search:read` and /);
      assert.deepEqual(
        rows[0]?.buttons?.map(({ tooltip }) => String(tooltip)),
        ['Show log'],
      );
    });
  });

  it('shows who has a role under its name, and narrows them by what is typed', async () => {
    const client = await s().deps.clients.for(s().acme.id);
    const [first] = await client.roleAssignments.list(s().person(PEOPLE.ada).id);
    const { id = '', name = '' } = first?.role ?? {};
    const having = `Identities with ${String(name)}`;
    const query = `@access(id:${id})`;
    const total = (await client.search.count(query)) ?? 0;
    const counts = s().sent('searchCount');
    s().ui.on(
      having,
      {
        row: 'Ada Winterbourne',
        look: ({ title, rows }) => {
          assert.ok(!rows.some(({ label, description }) => `${label}${String(description)}`.includes('@access')));
          assert.ok(title?.startsWith(`${having} (`), title);
        },
      },
      { type: 'winterbourne' },
      {
        row: 'Open as list: 1 identity',
        look: ({ title, rows }) => {
          assert.equal(title, `${having} (1) · matching "winterbourne"`);
          assert.match(rows[0]?.detail ?? '', /^@access\(id:\w+\) AND \(/);
        },
      },
      { type: '' },
      { row: `Open as list: ${total} identities`, look: ({ title }) => assert.equal(title, `${having} (${total})`) },
      `Open as list: ${total} identities`,
    );
    await s().run(COMMANDS.findIdentity, { tenantId: s().acme.id, accessId: id, name });
    assert.ok(total > 1);
    assert.ok(s().sent('searchCount') - counts <= 2);
    const list = s().opened[0]?.[1] as ListNode;
    assert.deepEqual([list.list.name, list.list.query], [having, { by: 'search', query }]);
    // In no box does the id stand that is asked.
    assert.ok(!s().ui.asked.some(({ question, detail }) => `${question}${detail ?? ''}`.includes('@access')));
    assert.deepEqual(s().deps.recent.queries([s().acme.id]), []);
  });
});
