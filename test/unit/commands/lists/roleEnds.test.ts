import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import type { IdentityList } from '../../../../src/lists/list';
import { formatDate } from '../../../../src/text/dates';
import { assignmentsOf } from '../../../../src/demo/data/assignments';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { waitUntil } from '../../../waitUntil';
import { PEOPLE, type Stage } from '../stage';

const ALL = BUILT_IN_LISTS.find(({ id }) => id === 'all') as IdentityList;
const LOCKED = BUILT_IN_LISTS.find(({ id }) => id === 'locked') as IdentityList;
const DAYS_QUESTION = 'Roles that end within how many days?';
const MANY = 'Load the role assignments of 600 identities?';

/** The page that was opened, as a person reads it. */
function page(s: Stage): string {
  const [, path, text] = s.opened.find(([what]) => what === 'page') ?? [];
  assert.ok(typeof path === 'string' && path.startsWith(`/${s.acme.id}/`) && path.endsWith('.md'));
  return String(text).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

/** Assignments of a person that end before so many days are over. */
function ending(s: Stage, index: number, days: number) {
  const until = new Date();
  until.setHours(0, 0, 0, 0);
  until.setDate(until.getDate() + days + 1);
  const { world } = s.demo;
  return assignmentsOf(world, index).filter(({ removeDate }) => removeDate && Date.parse(removeDate) < until.getTime());
}

function until(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return formatDate(day.toISOString());
}

describeCommand(COMMANDS.roleEnds, () => {
  const s = useStage({ identities: 600 });

  it('tells of everybody of a list who loses which role when, after saying how much it takes', async () => {
    s()
      .ui.on(DAYS_QUESTION, '90 days')
      .on(MANY, 'Load role assignments')
      .on(/^All identities: /, DISMISS);
    await s().run(COMMANDS.roleEnds, s().listRow(ALL));
    const [question] = s().ui.asked.filter(({ question }) => question === MANY);
    assert.match(question?.detail ?? '', /^600 requests, about 63 seconds\.\n\nNothing is changed\./);
    const text = page(s());
    assert.ok(text.startsWith(`# Role ends of All identities until ${until(90)}\n`), text.slice(0, 100));
    assert.match(text, /\| Tenant \| Acme \|/);
    assert.match(text, /\| Identities read \| 600 of 600 \|/);
    assert.doesNotMatch(text, /partial|Not read|Could not be read/);
    const rows = text.split('\n').filter((line) => / · /.test(line));
    const expected = Array.from({ length: 600 }, (_, n) => ending(s(), n, 90)).flat();
    assert.equal(rows.length, expected.length);
    const past = expected.filter(({ removeDate }) => Date.parse(removeDate ?? '') < Date.now()).length;
    assert.ok(past > 0);
    assert.ok(text.includes(`## Past their end, but still assigned (${String(past)})`));
    assert.ok(text.includes(`## Ending by ${until(90)} (${String(expected.length - past)})`));
    const [soon] = ending(s(), PEOPLE.ada, 14);
    assert.ok(
      rows.some(
        (line) =>
          line.includes('Ada Winterbourne (ada.winterbourne)') &&
          line.includes(`| ${soon?.role.name ?? '?'} | ${formatDate(soon?.removeDate)} · `) &&
          line.endsWith(`| ${formatDate(soon?.addedDate)} |`),
      ),
    );
    assert.equal(s().sent('getRoleAssignments'), 600);
    assert.equal(s().writes(), 0);
  });

  it('saves all of it as a table, and copies whom it is about', async () => {
    s().workbench.target = 'ends.csv';
    const rows = [s().row(PEOPLE.ada), s().row(PEOPLE.withoutRoles)];
    s()
      .ui.on(DAYS_QUESTION, '30 days')
      .on(/^selected identities: .* ends? by /, 'Save as CSV');
    await s().run(COMMANDS.roleEnds, rows[0], rows);
    await waitUntil(() => s().workbench.written.length > 0, 'the file is written');
    assert.match(s().workbench.suggested[0] ?? '', /^Role-ends-selected-identities-Acme-\d{4}-\d\d-\d\d\.csv$/);
    const [heading = [], ...lines] = parse(s().workbench.written[0]?.text ?? '', { bom: true }) as string[][];
    assert.deepEqual(heading.slice(0, 4), ['Identity', 'Alias', 'Email', 'ID']);
    const ada = s().person(PEOPLE.ada);
    const expected = ending(s(), PEOPLE.ada, 30);
    assert.ok(expected.length > 0);
    assert.deepEqual(
      lines.map((cells) => [cells[3], cells[5], cells[6], cells[8]]).sort(),
      expected.map(({ id, role, removeDate }) => [ada.id, role.id, id, removeDate]).sort(),
    );
    assert.equal(s().sent('listIdentities'), 0);

    s()
      .ui.on(DAYS_QUESTION, '30 days')
      .on(/^selected identities: /, 'Copy IDs');
    await s().run(COMMANDS.roleEnds, rows[0], rows);
    assert.equal(s().workbench.clipboard, ada.id);
  });

  it('says so when nothing ends, and offers no file of nothing', async () => {
    const row = s().row(PEOPLE.withoutRoles);
    const words = `No role of the 1 identity that was read ends by ${until(7)}.`;
    s().ui.on(DAYS_QUESTION, 'Another number...').on('Days from today, 1 to 3,650', '7');
    s().ui.on(`selected identities: ${words}`, DISMISS);
    await s().run(COMMANDS.roleEnds, row, [row]);
    assert.ok(page(s()).includes(words));
    assert.deepEqual(s().ui.asked.at(-1)?.offered, []);
  });

  it('takes no number of days that makes no sense', async () => {
    const row = s().row(PEOPLE.ada);
    for (const typed of ['0', '-3', '1.5', 'soon', '99999']) {
      s().ui.on(DAYS_QUESTION, 'Another number...').on('Days from today, 1 to 3,650', typed, DISMISS);
      await s().run(COMMANDS.roleEnds, row, [row]);
    }
    assert.deepEqual(new Set(s().ui.refusals), new Set(['Enter a whole number from 1 to 3,650']));
    assert.deepEqual(s().opened, []);
    assert.equal(s().sent('getRoleAssignments'), 0);
  });

  it('asks which list from the palette, and takes the one that is selected', async () => {
    s()
      .ui.on('Role ends of which list?', 'Locked')
      .on(DAYS_QUESTION, '30 days')
      .on(/^Locked: /, DISMISS);
    await s().run(COMMANDS.roleEnds);
    assert.ok(page(s()).startsWith('# Role ends of Locked until '));
    s().select(s().listRow(LOCKED));
    s()
      .ui.on(DAYS_QUESTION, '30 days')
      .on(/^Locked: /, DISMISS);
    await s().run(COMMANDS.roleEnds);
    assert.equal(s().opened.filter(([what]) => what === 'page').length, 2);
  });

  it('sends nothing when the question about many is dismissed', async () => {
    s().ui.on(DAYS_QUESTION, '30 days').on(MANY, DISMISS);
    await s().run(COMMANDS.roleEnds, s().listRow(ALL));
    assert.equal(s().sent('getRoleAssignments'), 0);
    assert.deepEqual(s().opened, []);
  });

  it('shows what was loaded when it is stopped, and says that this is not all', async () => {
    const title = `Role ends of All identities until ${until(30)}`;
    // The progress is closed once some are read.
    const show = s().ui.showProgress.bind(s().ui);
    s().ui.showProgress = (place, text, run) =>
      show(place, text, (signal, report) => {
        if (text !== title) return run(signal, report);
        const abort = new AbortController();
        return run(abort.signal, (message) => {
          report(message);
          if (message.startsWith('20 of 600')) abort.abort();
        });
      });
    s().ui.on(DAYS_QUESTION, '30 days').on(MANY, 'Load role assignments');
    s().ui.on(/^All identities: The report is partial\. /, 'Save as CSV');
    s().workbench.target = 'ends.csv';
    await s().run(COMMANDS.roleEnds, s().listRow(ALL));
    const text = page(s());
    assert.match(text, /\*\*This report is partial\.\*\* Loading was stopped before its end\./);
    assert.match(text, /\| Identities read \| 20 of 600 \|/);
    assert.match(text, /\| Not read \| 580 identities: whether a role of them ends is unknown\. \|/);
    await waitUntil(() => s().workbench.suggested.length > 0, 'the file is named');
    assert.match(s().workbench.suggested[0] ?? '', /-partial\.csv$/);
    assert.ok(s().sent('getRoleAssignments') < 40);
  });

  it('shows what was loaded when it fails in the middle, with the reason, and nothing when it fails at once', async () => {
    const fail = { kind: 'status', status: 403, operation: 'getRoleAssignments', times: 999 } as const;
    let seen = 0;
    s().demo.faults.add({ ...fail, when: () => ++seen > 30 });
    s().ui.on(DAYS_QUESTION, '30 days').on(MANY, 'Load role assignments');
    s().ui.on(/^All identities: The report is partial\. /, DISMISS);
    await s().run(COMMANDS.roleEnds, s().listRow(ALL));
    const text = page(s());
    assert.match(text, /\*\*This report is partial\.\*\* Loading ended early: /);
    assert.match(
      text,
      /\| Could not be read \| \d+ identities: whether a role of them ends is unknown\. The first of them: /,
    );
    s().demo.faults.clear();
    s().demo.faults.add(fail);
    s().ui.on(DAYS_QUESTION, '30 days').on(MANY, 'Load role assignments');
    s().ui.on(/^Could not load the role ends of All identities in Acme: /);
    await s().run(COMMANDS.roleEnds, s().listRow(ALL));
    assert.equal(s().opened.filter(([what]) => what === 'page').length, 1);
  });

  it('counts who could not be read, and reads the others', async () => {
    const rows = [PEOPLE.ada, PEOPLE.locked, PEOPLE.active].map((n) => s().row(n));
    s().demo.faults.add({
      kind: 'status',
      status: 404,
      operation: 'getRoleAssignments',
      when: ({ path }) => path.includes(s().person(PEOPLE.locked).id),
    });
    s()
      .ui.on(DAYS_QUESTION, '30 days')
      .on(/^selected identities: The report is partial\. /, DISMISS);
    await s().run(COMMANDS.roleEnds, rows[0], rows);
    assert.match(
      page(s()),
      /\| Could not be read \| 1 identity: whether a role of it ends is unknown\. The first of them: /,
    );
    assert.match(page(s()), /\| Identities read \| 2 of 3 \|/);
  });

  it('tells what is no date from what has no end, and shows names as they are', async () => {
    const role = { type: 'ROLE', id: 'r1', name: '[x](command:y) | **Auditor**' };
    const body = JSON.stringify([
      { id: 'a1', role, addedDate: null, removeDate: 'soon' },
      { id: 'a2', role, addedDate: null, removeDate: null },
    ]);
    s().demo.faults.add({ kind: 'body', operation: 'getRoleAssignments', body });
    const row = s().row(PEOPLE.ada);
    s().ui.on(DAYS_QUESTION, '30 days').on('selected identities: The end of 1 role assignment is unknown.', DISMISS);
    await s().run(COMMANDS.roleEnds, row, [row]);
    const raw = String(s().opened.find(([what]) => what === 'page')?.[2]);
    assert.ok(!raw.includes('](') && !raw.includes('| **'), raw);
    assert.match(page(s()), /## End unknown \(1\)\n\n.*\n.*\n\| Ada .* \| unknown \| unknown \|/);
  });

  it('does not mix tenants', async () => {
    const other = await s().store.add({ ...s().acme, name: 'Other' });
    const rows = [s().row(1), s().row(2, other.id)];
    s().ui.on('Nothing was done: the selected identities belong to different tenants; select those of one.');
    await s().run(COMMANDS.roleEnds, rows[0], rows);
  });
});
