import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { IdentityKeys } from '../../../src/panels/identity/protocol';
import { identityKey, previewPanel, type Preview } from '../../../src/panels/preview';
import type { WhyKeys } from '../../../src/panels/roleAssignment/protocol';
import { FakeWindow, groupOf } from './webviewPanels';

describe('the preview panel of the tree', () => {
  const person = (name: string) => ({ tenantId: 't', identity: { id: name.toLowerCase(), name } });
  const role = (name: string) => ({ ...person(name), assignment: { id: 'r', role: 'Reader' } });
  const [ada, bo, cy] = [person('Ada'), person('Bo'), person('Cy')];
  let window: FakeWindow;
  let identities: ReturnType<typeof groupOf<IdentityKeys>>;
  let whys: ReturnType<typeof groupOf<WhyKeys>>;
  let preview: Preview;
  /** Identities of active panels, those chosen in the tree with a star. */
  let told: string[];

  beforeEach(() => {
    window = new FakeWindow();
    told = [];
    const tell = (key: IdentityKeys | WhyKeys | undefined): void => {
      const fromTree = preview.isFromTree(key);
      if (key) told.push(`${key.name}${fromTree ? '*' : ''}`);
    };
    identities = groupOf<IdentityKeys>(
      window,
      'identity',
      ({ identityId }) => identityId,
      () => {
        tell(identities.group.activeKey ?? whys.group.activeKey);
      },
    );
    whys = groupOf<WhyKeys>(
      window,
      'why',
      ({ identityId, assignmentId }) => `${identityId} ${assignmentId}`,
      () => {
        tell(whys.group.activeKey ?? identities.group.activeKey);
      },
    );
    preview = previewPanel(identities.group, whys.group);
  });
  const whatIsShown = () => window.open.find(({ active }) => active)?.title;

  it('shows one row after the other, and pins the one that is chosen again, which gets the focus', () => {
    preview.choose(ada);
    preview.choose(bo);
    assert.deepEqual(window.titles, ['Bo']);
    assert.deepEqual(window.log, ['create identity behind the focus', 'reveal Bo behind the focus']);
    preview.choose(bo);
    assert.equal(window.log.at(-1), 'reveal Bo');
    preview.choose(cy);
    assert.deepEqual(window.titles, ['Bo', 'Cy']);
  });

  it('follows the selection while it is on the screen, and opens nothing by itself', () => {
    preview.follow(ada);
    assert.deepEqual(window.titles, []);
    preview.choose(ada);
    preview.follow(bo);
    assert.deepEqual(window.titles, ['Bo']);
    window.activate(undefined);
    preview.follow(cy);
    assert.deepEqual(window.titles, ['Bo']);
  });

  it('does not follow once it is pinned', () => {
    preview.choose(ada);
    preview.choose(ada);
    preview.follow(bo);
    assert.deepEqual(window.titles, ['Ada']);
  });

  it('passes a pinned panel on its way and goes on behind it', () => {
    identities.group.show(identityKey(bo));
    preview.choose(ada);
    preview.follow(bo);
    assert.deepEqual([window.titles, whatIsShown()], [['Bo', 'Ada'], 'Bo']);
    preview.follow(cy);
    assert.deepEqual([window.titles, whatIsShown()], [['Bo', 'Cy'], 'Cy']);
  });

  it('is one for both kinds of rows', () => {
    preview.choose(ada);
    preview.choose(role('Ada'));
    assert.deepEqual(window.log, ['create identity behind the focus', 'create why behind the focus']);
    assert.equal(window.open.length, 1);
    preview.follow(bo);
    assert.equal(window.open.length, 1);
    assert.deepEqual([identities.group.previewed?.key.name, whys.group.previewed], ['Bo', undefined]);
  });

  it('leaves the preview of the other kind when a pinned panel is revealed', () => {
    whys.group.show({ tenantId: 't', identityId: 'ada', assignmentId: 'r', name: 'Ada', role: 'Reader' });
    preview.choose(bo);
    preview.choose(role('Ada'));
    assert.deepEqual(window.titles, ['Ada', 'Bo']);
  });

  it('tells the tree what is active, and what of that was chosen there', () => {
    preview.choose(ada);
    preview.choose(bo);
    identities.group.show(identityKey(cy));
    assert.deepEqual(told, ['Ada*', 'Bo*', 'Cy']);
    told = [];
    window.activate(window.open[0]);
    assert.deepEqual(told, ['Bo']);
    told = [];
    preview.follow(ada);
    preview.choose(cy);
    assert.deepEqual(told, ['Ada*', 'Cy*']);
    told = [];
    preview.choose(role('Bo'));
    assert.deepEqual([...new Set(told)], ['Bo*']);
  });
});
