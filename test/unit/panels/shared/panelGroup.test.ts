import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { FakeWindow, groupOf } from '../webviewPanels';

interface Key {
  readonly id: string;
  readonly name: string;
}

describe('the panels of one kind', () => {
  const ada = { id: 'a', name: 'Ada' };
  const bo = { id: 'b', name: 'Bo' };
  const cy = { id: 'c', name: 'Cy' };
  let window: FakeWindow;
  let stage: ReturnType<typeof groupOf<Key>>;
  let active: (string | undefined)[];

  beforeEach(() => {
    window = new FakeWindow();
    active = [];
    stage = groupOf<Key>(
      window,
      'identity',
      ({ id }) => id,
      () => active.push(stage.group.activeKey?.id),
    );
  });

  it('are one for each key, however often it is opened', () => {
    const { group } = stage;
    group.show(ada);
    group.show(bo);
    group.show({ ...ada });
    assert.deepEqual(window.titles, ['Ada', 'Bo']);
    assert.deepEqual(window.log, ['create identity', 'create identity', 'reveal Ada']);
    assert.deepEqual(active, ['a', 'b', 'a']);
  });

  it('have one preview, which shows one after the other without taking the focus', () => {
    const { group, filled } = stage;
    group.preview(ada);
    group.preview(bo);
    group.preview(cy);
    assert.deepEqual(window.titles, ['Cy']);
    assert.deepEqual(window.log, [
      'create identity behind the focus',
      'reveal Bo behind the focus',
      'reveal Cy behind the focus',
    ]);
    assert.deepEqual(filled, ['+a', '-a', '+b', '-b', '+c']);
    assert.deepEqual(
      group.panels.map(({ key }) => key),
      [cy],
    );
  });

  it('tell that another is active though it is in the same webview panel', () => {
    const { group } = stage;
    group.preview(ada);
    group.preview({ ...ada });
    group.preview(bo);
    assert.deepEqual(active, ['a', 'b']);
    assert.ok(group.isActive({ ...bo }) && !group.isActive(ada));
  });

  it('keep a pinned one: the next preview opens beside it', () => {
    const { group } = stage;
    group.preview(ada);
    group.show(ada);
    group.preview(bo).pin();
    group.preview(cy);
    assert.deepEqual(window.titles, ['Ada', 'Bo', 'Cy']);
    assert.equal(group.previewed?.key, cy);
  });

  it('pin only what was acted in, not what took its place', () => {
    const { group } = stage;
    const left = group.preview(ada);
    group.preview(bo);
    left.pin();
    group.preview(cy);
    assert.deepEqual(window.titles, ['Cy']);
  });

  it('reveal what is open already instead of previewing it, behind the focus', () => {
    const { group } = stage;
    group.show(ada);
    group.preview(bo);
    group.preview(ada);
    assert.deepEqual(window.titles, ['Ada', 'Bo']);
    assert.equal(window.log.at(-1), 'reveal Ada behind the focus');
    assert.equal(group.previewed?.key, bo);
    group.preview(cy);
    assert.deepEqual(window.titles, ['Ada', 'Cy']);
    assert.equal(window.log.at(-1), 'reveal Cy behind the focus');
  });

  it('forget a closed one, preview or not', () => {
    const { group, filled } = stage;
    group.preview(ada);
    window.open[0]?.dispose();
    assert.deepEqual([group.previewed, group.activeKey, group.panels.length], [undefined, undefined, 0]);
    group.preview(ada);
    assert.deepEqual(filled, ['+a', '-a', '+a']);
    assert.deepEqual(window.titles, ['Ada']);
  });

  it('are pinned when they are restored, and closed when there is one of the key already', () => {
    const { group, filled } = stage;
    window.restore('identity', ada);
    assert.equal(group.previewed, undefined);
    group.preview(bo);
    assert.equal(window.open.length, 2);
    window.restore('identity', bo);
    assert.equal(window.open.length, 2);
    window.restore('identity', undefined);
    assert.equal(filled.at(-1), '?');
  });

  it('are closed with the group', () => {
    const { group, filled } = stage;
    group.show(ada);
    group.preview(bo);
    group.dispose();
    assert.deepEqual(window.open, []);
    assert.deepEqual(filled, ['+a', '+b', '-a', '-b']);
  });
});
