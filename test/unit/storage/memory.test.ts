import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Recent } from '../../../src/find/recent';
import { AttributeChanges } from '../../../src/panels/identity/attributeChanges';
import { keptIfPossible } from '../../../src/storage/memory';
import { systemError } from './faultyDisk';

describe('what VS Code keeps between windows, where it cannot', () => {
  const refusals: Readonly<Record<string, () => PromiseLike<void>>> = {
    rejects: () => Promise.reject(systemError('ENOSPC', 'write', '/home/walter/state.vscdb')),
    throws: () => {
      throw new Error('closed');
    },
  };
  for (const [how, update] of Object.entries(refusals)) {
    it(`stops nothing when it ${how}, and is said once in the log`, async () => {
      const lines: string[] = [];
      const stored = { people: [{ tenantId: 'a', id: 'i', name: 'Walter White' }], queries: [] };
      const memory = keptIfPossible(
        { keys: () => ['recent'], get: () => stored, update },
        { warn: (line) => void lines.push(line) },
      );
      const forgetting: ((tenantId: string) => void)[] = [];
      const onDidRemove = (listener: (tenantId: string) => void) => {
        forgetting.push(listener);
        return { dispose: () => undefined };
      };
      const recent = new Recent(memory, { removed: new Set(['a']), onDidRemove });
      for (const forget of forgetting) forget('a');
      await recent.remember({ tenantId: 'b', id: 'j', name: 'Ada' }, 'ada', ['b']);
      const changes = new AttributeChanges(memory);
      changes.compareAndRemember('a', 'i', { city: 'Austin' });
      changes.forget('a');
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(lines.length, 1);
      assert.doesNotMatch(lines.join(), /walter/i);
    });
  }
});
