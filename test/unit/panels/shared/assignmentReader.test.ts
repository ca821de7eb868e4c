import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Client } from '../../../../src/api/client';
import { waitUntil } from '../../../waitUntil';
import { assignmentReader } from '../../../../src/panels/shared/assignmentReader';

describe('role assignments shared by panels', () => {
  function stage() {
    const asked: string[] = [];
    const clock = { now: 0 };
    let answer = (id: string): Promise<{ id: string; role: { id: string } }> =>
      Promise.resolve({ id, role: { id: 'r' } });
    const get = (identityId: string, id: string) => {
      asked.push(`${identityId} ${id}`);
      return answer(id);
    };
    const client = { roleAssignments: { get } } as unknown as Client;
    const reader = assignmentReader({ for: () => Promise.resolve(client) }, () => clock.now);
    return {
      asked,
      clock,
      reader,
      answerWith: (next: typeof answer) => (answer = next),
      read: (assignmentId: string, maxAgeMs = Infinity, identityId = 'ada') =>
        reader.read({ tenantId: 't', identityId, assignmentId }, {}, maxAgeMs),
    };
  }

  it('are asked for once', async () => {
    const { asked, read } = stage();
    await read('1');
    await read('1');
    await read('2');
    assert.deepEqual(asked, ['ada 1', 'ada 2']);
  });

  it('are asked for again when they are older than is good enough', async () => {
    const { asked, clock, read } = stage();
    await read('1');
    clock.now = 1_000;
    await read('1', 1_000);
    await read('1', 999);
    assert.equal(asked.length, 2);
  });

  it('are forgotten by identity and by tenant', async () => {
    const { asked, reader, read } = stage();
    await read('1');
    await read('1', Infinity, 'bo');
    reader.forget('t', 'ada');
    await read('1');
    await read('1', Infinity, 'bo');
    assert.equal(asked.length, 3);
    reader.forget('t');
    await read('1', Infinity, 'bo');
    assert.equal(asked.length, 4);
  });

  it('are asked for by one request for all who ask at once, and by a new one after a change', async () => {
    const { asked, reader, read, answerWith } = stage();
    const answers: (() => void)[] = [];
    answerWith((id) => new Promise((resolve) => answers.push(() => resolve({ id, role: { id: 'r' } }))));
    const both = [read('1'), read('1', 0)];
    await waitUntil(() => asked.length > 0, 'asked');
    assert.equal(asked.length, 1);
    reader.forget('t', 'ada');
    const later = read('1');
    await waitUntil(() => asked.length > 1, 'asked again');
    for (const answer of answers) answer();
    assert.equal(new Set(await Promise.all(both)).size, 1);
    await later;
    assert.equal(asked.length, 2);
  });

  it('tell who listens of each that is known from now on', async () => {
    const { reader, read, answerWith } = stage();
    const told: string[] = [];
    const listening = reader.onDidRead(({ identityId, assignmentId }) => told.push(`${identityId} ${assignmentId}`));
    await read('1');
    await read('1');
    answerWith(() => Promise.reject(new Error('down')));
    await assert.rejects(read('2'));
    assert.deepEqual(told, ['ada 1']);
    listening.dispose();
    answerWith((id) => Promise.resolve({ id, role: { id: 'r' } }));
    await read('2');
    assert.equal(told.length, 1);
  });

  it('are not kept when something changed while they were under way, nor when they failed', async () => {
    const { asked, reader, read, answerWith } = stage();
    const under = read('1');
    reader.forget('other');
    await under;
    await read('1');
    assert.equal(asked.length, 2);
    answerWith(() => Promise.reject(new Error('down')));
    await assert.rejects(read('2'));
    answerWith((id) => Promise.resolve({ id, role: { id: 'r' } }));
    await read('2');
    assert.equal(asked.length, 4);
  });
});
