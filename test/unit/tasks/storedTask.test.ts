import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readAs } from '../../../src/schema';
import { STORED_TASK } from '../../../src/tasks/task';
import { anyTime, holdsAgainstAnyJson, withSome } from '../anyJson';

describe('a remembered task', () => {
  const note = withSome({ type: fc.string(), text: fc.string() }, { about: fc.array(fc.string()) });
  const needed = {
    id: fc.string({ minLength: 1 }),
    tenantId: fc.string(),
    action: fc.constantFrom('process' as const, 'invite' as const),
    people: fc.array(fc.record({ id: fc.string(), name: fc.string() })),
    peopleCount: fc.nat(),
    startedAt: anyTime,
    state: fc.constantFrom('running', 'succeeded', 'warning', 'failed', 'stopped', 'lost'),
    counts: fc.array(fc.record({ name: fc.string(), value: fc.string() })),
    messages: fc.array(note),
  };
  const task = withSome(needed, {
    batchId: fc.string(),
    everybody: fc.constant(true as const),
    startedBy: fc.string(),
    endedAt: anyTime,
    percent: fc.integer(),
    phase: fc.string(),
    hiddenAt: anyTime,
  });

  it('is whole, or none, whatever its file holds', () => {
    holdsAgainstAnyJson((json) => readAs(STORED_TASK, json), task);
  });
});
