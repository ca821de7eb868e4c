import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ACTION_IDS, actionOf } from '../../../../src/actions/catalog';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import { actionCommand, describeCommand, useStage } from '../describeCommand';
import { BACK_BUTTON, DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

/** What is asked about a few at once. */
const ASKED = /^Reset .* in Acme\?$/;

const LABELS = ACTION_IDS.map((id) => actionOf(id).label());

/** The one bulk action that was planned and opened, once its people are known. */
async function planned(s: Stage) {
  const [[what, id] = [], ...more] = s.opened;
  assert.deepEqual([what, more], ['batch', []]);
  return s.batch(String(id), ({ phase }) => phase === 'planned' || phase === 'failed');
}

const namesOf = (batch: Awaited<ReturnType<typeof planned>>): unknown[] =>
  batch.rows.map(({ person, asked }) => person?.name ?? asked);

describeCommand(COMMANDS.actOnMany, () => {
  const s = useStage();
  const WHOM = 'Reset: which identities in Acme?';
  const FROM_CLIPBOARD = 'IDs, aliases, emails or names on the clipboard';
  const FROM_EDITOR = 'IDs, aliases, emails or names in the active editor';
  const FROM_FILE = 'A column of a CSV file';

  it('asks what to do, offers the whole catalog, and plans nothing when that is closed', async () => {
    s().ui.on('Which action?', DISMISS);
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(s().ui.asked[0]?.offered, LABELS);
    assert.deepEqual(s().opened, []);
  });

  it('plans nothing when it is not said whom', async () => {
    s().ui.on('Which action?', 'Reset').on(WHOM, DISMISS);
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(s().opened, []);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('offers the identities selected in the tree first', async () => {
    s().view.selection = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
    s().ui.on('Which action?', 'Reset').on(WHOM, 'The 2 identities selected in the tree');
    s().ui.on(ASKED, 'Show plan');
    await s().run(COMMANDS.actOnMany);
    assert.match(s().ui.asked[1]?.offered?.[0] ?? '', /The 2 identities selected in the tree$/);
    const [batch] = s().batches.all();
    assert.equal(batch?.from, 'the selection in the tree');
    assert.equal(s().writes(), 0);
  });

  it('plans for everybody of a view', async () => {
    s().ui.on('Which action?', 'Reset').on(WHOM, 'All identities in a list');
    s().ui.on('All identities in which list?', 'Locked');
    await s().run(COMMANDS.actOnMany);
    const batch = await planned(s());
    assert.equal(batch.from, 'the list Locked');
    assert.equal(batch.phase, 'planned');
    assert.ok(namesOf(batch).includes('Aaron Achterberg'));
    assert.ok(!namesOf(batch).includes('Ada Winterbourne'));
    assert.equal(s().writes(), 0);
  });

  it('plans for several people who are found one by one', async () => {
    s().ui.on('Which action?', 'Reset').on(WHOM, 'Identities you search for');
    s().ui.on('Reset · Acme', { type: 'Adele' }, 'Adele Vantongeren');
    s().ui.on('Reset · Acme', { type: 'Aaron' }, 'Aaron Achterberg');
    s().ui.on('Reset · Acme', 'Continue with 2 identities');
    s().ui.on(ASKED, 'Show plan');
    await s().run(COMMANDS.actOnMany);
    const batch = await planned(s());
    assert.deepEqual(namesOf(batch), ['Adele Vantongeren', 'Aaron Achterberg']);
    assert.equal(batch.from, '2 identities you searched for');
  });

  it('plans for those on the clipboard, and keeps what names nobody as such', async () => {
    s().workbench.clipboard = `${s().person(PEOPLE.ada).id}\nadele.vantongeren\nnobody.at.all`;
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_CLIPBOARD);
    s().ui.on(ASKED, 'Show plan');
    await s().run(COMMANDS.actOnMany);
    const batch = await planned(s());
    assert.equal(batch.from, '3 entries from the clipboard');
    assert.deepEqual(namesOf(batch), ['Ada Winterbourne', 'Adele Vantongeren', 'nobody.at.all']);
    assert.deepEqual(
      batch.rows.map(({ skip }) => skip?.reason),
      [undefined, undefined, 'notFound'],
    );
    assert.equal(s().writes(), 0);
  });

  it('plans for those whose names are on the clipboard, in either order', async () => {
    s().workbench.clipboard = '"Winterbourne, Ada"';
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_CLIPBOARD);
    s().ui.on(ASKED, 'Show plan');
    await s().run(COMMANDS.actOnMany);
    const batch = await planned(s());
    assert.deepEqual(
      batch.rows.map(({ person, skip }) => [person?.id, skip]),
      [[s().person(PEOPLE.ada).id, null]],
    );
    assert.equal(s().writes(), 0);
  });

  it('plans nothing for an empty clipboard', async () => {
    s().workbench.clipboard = ' \n ';
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_CLIPBOARD);
    s().ui.on('No plan was created: no ID, alias, email or name in the clipboard.');
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(s().opened, []);
  });

  for (const [selected, expected] of [
    ['', ['Ada Winterbourne', 'Adele Vantongeren']],
    ['adele.vantongeren', ['Adele Vantongeren']],
  ] as const) {
    it(`plans for those in the active editor, ${selected ? 'as far as they are selected' : 'all of it'}`, async () => {
      s().workbench.editor = { path: '/x.txt', text: 'ada.winterbourne\nadele.vantongeren', selected };
      s().ui.on('Which action?', 'Reset').on(WHOM, FROM_EDITOR);
      s().ui.on(ASKED, 'Show plan');
      await s().run(COMMANDS.actOnMany);
      const batch = await planned(s());
      assert.deepEqual(namesOf(batch), expected);
    });
  }

  it('plans nothing without an editor', async () => {
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_EDITOR);
    s().ui.on('No plan was created: no ID, alias, email or name in the active editor.');
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(s().opened, []);
  });

  it('plans for the column of a CSV file that is chosen', async () => {
    s().workbench.file = Buffer.from('alias,city\nada.winterbourne,Berlin\nadele.vantongeren,Gent\n');
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_FILE);
    s().ui.on('Which column contains IDs, aliases, emails or names?', 'alias');
    s().ui.on(ASKED, 'Show plan');
    await s().run(COMMANDS.actOnMany);
    const batch = await planned(s());
    assert.deepEqual(namesOf(batch), ['Ada Winterbourne', 'Adele Vantongeren']);
    assert.equal(batch.from, '2 entries from the column alias');
  });

  it('preselects the column whose values look most like addresses, whichever stands first', async () => {
    s().workbench.file = Buffer.from(
      'Department,Display Name,Alias,Work\nSales,Ada Winterbourne,ada.winterbourne,ada@example.com\n' +
        'Sales,Adele Vantongeren,adele.vantongeren,adele@example.com\n',
    );
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_FILE);
    s().ui.on('Which column contains IDs, aliases, emails or names?', DISMISS);
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(s().ui.asked.at(-1)?.offered, ['Work', 'Alias', 'Display Name', 'Department']);
  });

  it('numbers columns without headings as they stand in the file', async () => {
    s().workbench.file = Buffer.from('Ada Winterbourne,ada@example.com\nAdele Vantongeren,adele@example.com\n');
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_FILE);
    s().ui.on('Which column contains IDs, aliases, emails or names?', DISMISS);
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(s().ui.asked.at(-1)?.offered, ['Column 2', 'Column 1']);
  });

  it('asks whether an unknown first line is a heading, so that nobody is lost as one', async () => {
    s().workbench.file = Buffer.from('ada.winterbourne\nadele.vantongeren\n');
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_FILE);
    s().ui.on('The first line of the file is "ada.winterbourne". Is it a header?', 'Data: an identity like the others');
    s().ui.on(ASKED, 'Show plan');
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(namesOf(await planned(s())), ['Ada Winterbourne', 'Adele Vantongeren']);
  });

  it('plans nothing when a file is broken, too large or not chosen, and quotes nothing of it', async () => {
    const files: [Uint8Array | undefined, string | undefined][] = [
      [undefined, undefined],
      [Buffer.from('a,"b\nc'), 'not a valid CSV file: a quote is missing or misplaced.'],
      [Buffer.alloc(20_000_001), 'the file is larger than 20 MB.'],
    ];
    for (const [file, why] of files) {
      s().workbench.file = file;
      s().ui.on('Which action?', 'Reset').on(WHOM, FROM_FILE);
      if (why) s().ui.on(`Could not read the file: ${why}`);
      await s().run(COMMANDS.actOnMany);
    }
    assert.deepEqual(s().opened, []);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('asks how a mail goes out before it plans one', async () => {
    s().workbench.clipboard = 'adele.vantongeren';
    s().ui.on('Which action?', 'Send password reset email');
    s().ui.on('Send password reset email: which identities in Acme?', FROM_CLIPBOARD);
    s().ui.on('Select the delivery method and address', 'Link to the personal address');
    await s().run(COMMANDS.actOnMany);
    const { mail } = await planned(s());
    assert.deepEqual(mail, { via: 'LINK_PERSONAL', sourceName: null });
  });

  it('numbers its questions, names what is known in the title, and goes back to each', async () => {
    s().ui.on('Which action?', 'Send password reset email');
    const whom = 'Send password reset email: which identities in Acme?';
    s().ui.on(whom, 'All identities in a list');
    s().ui.on('All identities in which list?', BACK_BUTTON);
    s().ui.on(whom, BACK_BUTTON);
    s().ui.on('Which action?', 'Reset').on(WHOM, 'All identities in a list');
    s().ui.on('All identities in which list?', 'Locked');
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(
      s().ui.asked.map(({ detail, step }) => `${detail ?? ''} ${step ?? ''}`),
      [
        'Plan bulk action 1/2',
        'Plan bulk action: Send password reset email 2/3',
        'Plan bulk action: Send password reset email 3/4',
        'Plan bulk action: Send password reset email 2/4',
        'Plan bulk action: Send password reset email 1/4',
        'Plan bulk action: Reset 2/3',
        'Plan bulk action: Reset 3/3',
      ],
    );
    assert.equal((await planned(s())).action, 'reset');
  });

  it('asks which tenant where there are several', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    s().workbench.clipboard = 'adele.vantongeren';
    s().ui.on('Which action?', 'Reset').on('Which tenant?', 'Other');
    s().ui.on('Reset: which identities in Other?', FROM_CLIPBOARD);
    s().ui.on('Reset 1 identity in Other?', 'Show plan');
    await s().run(COMMANDS.actOnMany);
    assert.equal((await planned(s())).tenantId, other.id);
  });

  it('plans nothing when it is not said how a mail goes out', async () => {
    s().workbench.clipboard = 'adele.vantongeren';
    s().ui.on('Which action?', 'Send password reset email');
    s().ui.on('Send password reset email: which identities in Acme?', FROM_CLIPBOARD);
    s().ui.on('Select the delivery method and address', DISMISS);
    await s().run(COMMANDS.actOnMany);
    assert.deepEqual(s().opened, []);
  });

  it('has a plan made of a read-only tenant, which sends nothing', async () => {
    s().store.lock(s().acme.id);
    s().workbench.clipboard = 'adele.vantongeren';
    s().ui.on('Which action?', 'Reset').on(WHOM, FROM_CLIPBOARD);
    await s().run(COMMANDS.actOnMany);
    assert.equal((await planned(s())).phase, 'planned');
    assert.equal(s().writes(), 0);
  });
});

describeCommand(COMMANDS.planForList, () => {
  const s = useStage();
  const locked = BUILT_IN_LISTS.find(({ id }) => id === 'locked') as (typeof BUILT_IN_LISTS)[number];

  it('plans for everybody of the view of the row', async () => {
    s().ui.on('Which action for all identities in the list Locked?', 'Process');
    await s().run(COMMANDS.planForList, s().listRow(locked));
    const batch = await planned(s());
    assert.equal(batch.action, 'process');
    assert.ok(namesOf(batch).includes('Aaron Achterberg'));
    assert.equal(s().writes(), 0);
  });

  it('plans nothing when that is closed, or for what is no row of a view', async () => {
    s().ui.on('Which action for all identities in the list Locked?', DISMISS);
    await s().run(COMMANDS.planForList, s().listRow(locked));
    await s().run(COMMANDS.planForList, s().tenantRow());
    await s().run(COMMANDS.planForList, { kind: 'list', view: locked });
    await s().run(COMMANDS.planForList);
    assert.deepEqual(s().opened, []);
  });

  it('does not take a view with a mistake for everybody', async () => {
    const mistaken = { ...locked, problem: { part: 'filter' as const, message: 'There is a mistake in it.' } };
    s().ui.on('Nothing was done: There is a mistake in it.');
    await s().run(COMMANDS.planForList, s().listRow(mistaken));
    assert.deepEqual(s().opened, []);
  });
});

describe('people of several tenants who are selected', () => {
  describeCommand(actionCommand('reset'), () => {
    const s = useStage();

    it('get a plan for each tenant', async () => {
      const other = s().store.put({ ...s().acme, name: 'Other' });
      const rows = [s().row(PEOPLE.ada), s().row(PEOPLE.locked), s().row(PEOPLE.ada, other.id)];
      await s().run(actionCommand('reset'), rows[0], rows);
      const batches = s().opened.map(([, id]) => s().batches.get(String(id)));
      assert.deepEqual(
        batches.map((batch) => [batch?.tenantId, batch?.from]),
        [
          [s().acme.id, '2 selected identities'],
          [other.id, '1 selected identity'],
        ],
      );
      for (const batch of batches) await s().batch(batch?.id ?? '', ({ phase }) => phase === 'planned');
      assert.equal(s().writes(), 0);
    });

    it('are meant from the palette, too, while the tree is in sight', async () => {
      s().view.selection = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
      s().ui.on('Reset 2 identities in Acme?', 'Show plan');
      await s().run(actionCommand('reset'));
      assert.equal(s().batches.get(String(s().opened[0]?.[1]))?.from, '2 selected identities');
    });

    it('are not meant while the tree is not in sight', async () => {
      s().view.selection = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
      s().view.visible = false;
      s().ui.on('Reset · Acme', DISMISS);
      await s().run(actionCommand('reset'));
      assert.deepEqual(s().opened, []);
    });

    it('are found again by one after Back', async () => {
      s().ui.on('Reset · Acme', 'Multiple identities...');
      s().ui.on('Reset: which identities in Acme?', BACK_BUTTON);
      s().ui.on('Reset · Acme', DISMISS);
      await s().run(actionCommand('reset'));
      assert.deepEqual(s().opened, []);
    });

    it('can be many people found another way, from the box that looks for one', async () => {
      s().workbench.clipboard = 'adele.vantongeren';
      s().ui.on('Reset · Acme', 'Multiple identities...');
      s().ui.on('Reset: which identities in Acme?', 'IDs, aliases, emails or names on the clipboard');
      s().ui.on(ASKED, 'Show plan');
      await s().run(actionCommand('reset'));
      assert.deepEqual(namesOf(await planned(s())), ['Adele Vantongeren']);
    });
  });
});
