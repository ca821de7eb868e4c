import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { Tenant } from '../../../src/tenants/tenant';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import { AgingRows, whileSeen } from '../../../src/tree/agingRows';
import { identityFacts } from '../../../src/tree/identityText';
import { LoadedList } from '../../../src/tree/loadedList';
import { identityNode, listNode, tenantNode, type Node, type RoleAssignmentNode } from '../../../src/tree/nodes';
import { waitUntil } from '../../waitUntil';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 5, 10, 12);

describe('what rows say of time', () => {
  let now: number;
  let rows: AgingRows;
  const at = (ms: number): string => new Date(ms).toISOString();
  const [all] = BUILT_IN_LISTS;
  assert.ok(all);
  const list = listNode(tenantNode({ id: 't', name: 'Acme' } as Tenant, undefined), all, new LoadedList(all, () => 3));
  const identity = identityNode(list, { id: 'ada', name: 'Ada', lastRefresh: at(NOON - 3 * HOUR) });
  const assignment = (removeDate: string | null): RoleAssignmentNode => ({
    kind: 'roleAssignment',
    id: 'r',
    parent: identity,
    assignment: {
      id: 'r',
      role: { id: 'role' },
      addedDate: at(NOON - 100 * HOUR),
      startDate: null,
      removeDate,
    },
  });
  beforeEach(() => {
    now = NOON;
    rows = new AgingRows(() => now);
  });
  const due = (...present: readonly Node[]): Node[] => rows.takeDue(new Set([identity, ...present]));

  it('is due once it would be said differently, and once until it is drawn again', () => {
    const ending = assignment(at(NOON + 5 * HOUR + 30 * MINUTE));
    rows.drawn(ending);
    assert.deepEqual(due(), []);
    now += 20 * MINUTE;
    assert.deepEqual(due(), []);
    now += 20 * MINUTE;
    assert.deepEqual(due(), [ending]);
    assert.deepEqual(due(), []);
    rows.drawn(ending);
    now += 6 * HOUR;
    assert.deepEqual(due(), [ending], 'it has ended');
  });

  it('never is for what says a date, or nothing of time', () => {
    rows.drawn(assignment(null));
    rows.drawn(list);
    rows.drawn(identity);
    now += 2 * HOUR;
    assert.deepEqual(due(), []);
  });

  it('is due for an identity whose tooltip was shown', () => {
    rows.pointedAt(identity);
    rows.pointedAt(identityNode(list, { id: 'new', name: 'New' }));
    assert.deepEqual(due(), []);
    now += HOUR;
    assert.deepEqual(due(), [identity]);
  });

  it('is let go with its row: of a list or a tenant that went, and of what was read again', () => {
    const gone = identityNode(list, { id: 'gone', name: 'Gone', lastRefresh: at(NOON - 3 * HOUR) });
    rows.pointedAt(gone);
    rows.drawn({ ...assignment(at(NOON + 5 * HOUR)), id: 'of gone', parent: gone });
    const before = assignment(at(NOON + 5 * HOUR));
    const again = assignment(at(NOON + 5 * HOUR));
    rows.drawn(before);
    rows.drawn(again);
    assert.deepEqual(due(), []);
    now += 3 * HOUR;
    const told = due(gone);
    assert.equal(told.length, 1, 'what was let go does not come back');
    assert.equal(told[0], again, 'the row that is there now');
  });

  it('is as it is now in a tooltip', () => {
    const age = (later: number): string | null | undefined =>
      new Map(identityFacts(identity, NOON + later).map(([name, value]) => [String(name), value])).get('Last refresh');
    assert.match(age(0) ?? '', /^3 hours ago \(/);
    assert.match(age(2 * HOUR) ?? '', /^5 hours ago \(/);
  });

  it('is looked at while the view can be seen, and when it comes to be seen', async () => {
    const listeners = new Set<(event: { readonly visible: boolean }) => unknown>();
    let isVisible = false;
    let asked = 0;
    let looked = 0;
    const view = {
      get visible() {
        asked++;
        return isVisible;
      },
      onDidChangeVisibility: (on: (event: { readonly visible: boolean }) => unknown) => {
        listeners.add(on);
        return { dispose: () => listeners.delete(on) };
      },
    };
    const looking = whileSeen(view, () => looked++, 1);
    await waitUntil(() => asked > 3, 'time to look');
    assert.equal(looked, 0);
    isVisible = true;
    for (const tell of listeners) tell({ visible: true });
    assert.equal(looked, 1);
    await waitUntil(() => looked > 3, 'looked at again');
    looking.dispose();
    assert.equal(listeners.size, 0);
  });
});
