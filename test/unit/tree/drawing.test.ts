import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Tenant } from '../../../src/tenants/tenant';
import { Drawing } from '../../../src/tree/drawing';
import { tenantNode, type Node } from '../../../src/tree/nodes';

const SETTLED_MS = 300;

describe('drawing rows again', () => {
  let told: (readonly Node[] | undefined)[];
  let drawing: Drawing;
  const one = tenantNode({ id: '1', name: 'One' } as Tenant, undefined);
  const two = tenantNode({ id: '2', name: 'Two' } as Tenant, undefined);

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    told = [];
    drawing = new Drawing((rows) => told.push(rows), SETTLED_MS);
  });
  afterEach(() => {
    drawing.dispose();
    mock.timers.reset();
  });

  /** VS Code asks for rows, which come when the test says so. */
  function ask(parent: Node | undefined): () => Promise<void> {
    let answer: () => void = () => undefined;
    const asking = drawing.asking(parent, () => new Promise<void>((resolve) => (answer = resolve)));
    return () => {
      answer();
      return asking;
    };
  }

  it('tells of a row at once', async () => {
    drawing.rows([one, two]);
    drawing.rows([]);
    await ask(one)();
    drawing.rows([one]);
    assert.deepEqual(told, [[one, two], [one]]);
  });

  it('tells of no single row while VS Code takes in all of them, and of those that waited after that', async () => {
    drawing.all();
    drawing.rows([one]);
    const root = ask(undefined);
    await root();
    const below = ask(one);
    mock.timers.tick(10 * SETTLED_MS);
    drawing.rows([one]);
    drawing.rows([two, one]);
    await below();
    mock.timers.tick(SETTLED_MS - 1);
    const late = ask(two);
    mock.timers.tick(SETTLED_MS);
    await late();
    mock.timers.tick(SETTLED_MS - 1);
    assert.deepEqual(told, [undefined]);
    mock.timers.tick(1);
    assert.deepEqual(told, [undefined, [one, two]]);
    drawing.rows([two]);
    assert.deepEqual(told, [undefined, [one, two], [two]]);
  });

  it('waits for a view that is hidden, and does not draw alone what is drawn with all', async () => {
    drawing.all();
    drawing.rows([one]);
    mock.timers.tick(10 * SETTLED_MS);
    assert.deepEqual(told, [undefined]);
    await ask(undefined)();
    mock.timers.tick(SETTLED_MS);
    assert.deepEqual(told, [undefined]);
  });

  it('goes on when rows cannot be told', async () => {
    await assert.rejects(drawing.asking(undefined, () => Promise.reject(new Error('no rows'))));
    drawing.rows([one]);
    mock.timers.tick(SETTLED_MS);
    assert.deepEqual(told, [[one]]);
  });
});
