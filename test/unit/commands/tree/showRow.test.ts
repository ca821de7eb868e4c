import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { showRow } from '../../../../src/commands/tree/showRow';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import type { Tenant } from '../../../../src/tenants/tenant';
import { LoadedList } from '../../../../src/tree/loadedList';
import { listNode, tenantNode, type Node } from '../../../../src/tree/nodes';

describe('a row that is shown unfolded', () => {
  const tenant = tenantNode({ id: 't', name: 'Acme' } as Tenant, undefined);
  const [all] = BUILT_IN_LISTS;
  assert.ok(all);
  const row = listNode(tenant, all, new LoadedList(all, () => 3));
  let revealed: unknown[];
  let fold: (element: Node) => void;
  let view: { visible: boolean; selection: readonly Node[] };

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    revealed = [];
    fold = () => undefined;
    view = { visible: true, selection: [] };
  });
  afterEach(() => {
    mock.timers.reset();
  });

  async function show(expand: boolean, meanwhile: () => void = () => undefined): Promise<unknown[]> {
    await showRow(
      {
        view: Object.assign(view, {
          reveal: (node: Node, { select }: { select?: boolean } = {}) => {
            revealed.push(node);
            if (select === true) view.selection = [node];
            return Promise.resolve();
          },
          onDidCollapseElement: (listener: (event: { element: Node }) => unknown) => {
            fold = (element) => void listener({ element });
            return { dispose: () => undefined } as never;
          },
        }),
      },
      row,
      { expand },
    );
    meanwhile();
    mock.timers.tick(1_000);
    await new Promise(setImmediate);
    return revealed;
  }

  it('is unfolded again once all is drawn: VS Code loses an unfolding without a word', async () => {
    assert.deepEqual(await show(true), [row, row]);
  });

  it('is selected and unfolded again when what was drawn took the selection along', async () => {
    assert.deepEqual(await show(true, () => void (view.selection = [])), [row, row]);
    assert.deepEqual(view.selection, [row]);
  });

  it('is selected once more where the selection of before is still there', async () => {
    view.selection = [tenant];
    assert.deepEqual(await show(true, () => void (view.selection = [tenant])), [row, row]);
    assert.deepEqual(view.selection, [row]);
  });

  it('is tried again while VS Code cannot show it, until the user goes elsewhere', async () => {
    let failures = 2;
    const shown = (): Promise<void> =>
      showRow({ view: Object.assign(view, { reveal: refuse, onDidCollapseElement: never }) }, row);
    const refuse = (): Promise<void> => {
      revealed.push(row);
      return failures-- > 0 ? Promise.reject(new Error('drawn')) : Promise.resolve();
    };
    const never = () => ({ dispose: () => undefined }) as never;
    const passing = shown();
    await new Promise(setImmediate);
    assert.equal(revealed.length, 2);
    mock.timers.tick(250);
    await passing;
    assert.equal(revealed.length, 3);

    failures = Infinity;
    const left = shown();
    await new Promise(setImmediate);
    view.selection = [tenant];
    mock.timers.tick(250);
    await left;
    assert.equal(revealed.length, 5);
  });

  it('is left as the user made it meanwhile', async () => {
    for (const meanwhile of [
      () => fold(row),
      () => fold(tenant),
      () => void (view.selection = [tenant]),
      () => void (view.visible = false),
    ]) {
      revealed = [];
      view.visible = true;
      view.selection = [];
      assert.deepEqual(await show(true, meanwhile), [row]);
    }
    revealed = [];
    assert.deepEqual(await show(false), [row]);
  });
});
