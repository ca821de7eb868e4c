import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ACTION_IDS } from '../../../../src/actions/catalog';
import type { Mail, SkipReason } from '../../../../src/actions/action';
import {
  BATCH_ROW,
  countsOf,
  parseSummary,
  ROW_STATES,
  type BatchSummary,
  type Phase,
  type Scope,
} from '../../../../src/actions/bulk/batch';
import { checksum, ENTRY } from '../../../../src/actions/bulk/journal';
import { keptRows } from '../../../../src/actions/bulk/replay';
import { atOnce } from '../../../../src/actions/bulk/slices';
import { readAs } from '../../../../src/schema';
import { anyTime, holdsAgainstAnyJson, withSome } from '../../anyJson';

describe('the record of a batch, whatever it holds,', () => {
  const text = fc.string();
  const outcome = { planned: fc.nat(), sending: fc.nat(), started: fc.nat(), done: fc.nat(), failed: fc.nat() };
  const counts = { ...outcome, unknown: fc.nat(), chosen: fc.nat(), skipped: fc.nat(), excluded: fc.nat() };
  const person = withSome({ id: text, name: text }, { alias: text, email: text });
  const skip = withSome({ reason: fc.constantFrom<SkipReason[]>('owner', 'notFound') }, { note: text });
  const row = withSome(
    {
      asked: text,
      person: fc.option(person),
      skip: fc.option(skip),
      excluded: fc.boolean(),
      state: fc.constantFrom(...ROW_STATES),
    },
    { message: text, trackingId: text, taskId: text, run: fc.nat() },
  );
  const summary: fc.Arbitrary<BatchSummary> = withSome(
    {
      id: text,
      tenantId: text,
      from: text,
      action: fc.constantFrom(...ACTION_IDS),
      createdAt: anyTime,
      phase: fc.constantFrom<Phase[]>('planning', 'planned', 'running', 'paused', 'ended', 'failed'),
      counts: fc.record(counts, { noNullPrototype: true }),
    },
    {
      mail: fc.record(
        { via: fc.constantFrom<Mail['via'][]>('EMAIL_WORK', 'LINK_PERSONAL'), sourceName: fc.option(text) },
        { noNullPrototype: true },
      ),
      startedAt: anyTime,
      endedAt: anyTime,
      lines: fc.nat(),
      problem: text,
      interrupted: fc.boolean(),
      stopped: fc.boolean(),
      damaged: fc.boolean(),
      missing: fc.nat(),
      hiddenAt: anyTime,
      runs: fc.array(
        withSome(
          { scope: fc.constantFrom<Scope[]>('planned', 'failed'), startedAt: anyTime, people: fc.nat() },
          { endedAt: anyTime, outcome: fc.record({ ...outcome, unknown: fc.nat() }, { noNullPrototype: true }) },
        ),
      ),
    },
  );

  it('has a summary that is whole, or a clause that says why not', () => {
    holdsAgainstAnyJson((json) => {
      const found = parseSummary(json);
      if (typeof found === 'object') return found;
      assert.match(found, /^(it|its|how|what) [a-z ]+$/);
      return undefined;
    }, summary);
  });

  it('keeps its summary around damage of what only explains it', () => {
    const explaining = ['runs', 'lines', 'problem', 'interrupted', 'stopped', 'damaged', 'missing', 'hiddenAt'];
    fc.assert(
      fc.property(summary, fc.constantFrom(...explaining), (whole, field) => {
        const { [field as 'runs']: gone, ...rest } = whole;
        void gone;
        assert.deepEqual(parseSummary({ ...whole, [field]: { odd: null } }), rest);
      }),
    );
  });

  it('has people that are whole', () => {
    holdsAgainstAnyJson((json) => readAs(BATCH_ROW, json), row);
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const json = JSON.stringify(rows);
        const kept = atOnce(keptRows(Buffer.from(`${checksum(json)}\n${json}`)));
        assert.equal(JSON.stringify(kept?.rows), json);
        assert.deepEqual(countsOf(kept?.rows ?? []), countsOf(rows));
        assert.equal(atOnce(keptRows(Buffer.from(`${checksum('other')}\n${json}`))), undefined);
      }),
    );
  });

  it('has entries in its journal that are whole, but for what only explains them', () => {
    const needed = { rows: fc.array(fc.nat()), state: fc.constantFrom(...ROW_STATES) };
    holdsAgainstAnyJson(
      (json) => readAs(ENTRY, json),
      withSome(needed, { message: text, trackingId: text, taskId: text, run: fc.nat() }),
    );
    const entry = { rows: [0, 7], state: 'done' };
    assert.deepEqual(readAs(ENTRY, { ...entry, line: 3, message: 7, run: 'x' }), entry);
  });
});
