import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ApiError } from '../../../../src/api/errors';
import { InFlight, keptRead } from '../../../../src/panels/shared/inFlight';

describe('one request for all who ask the same at once', () => {
  let flights: InFlight<string>;
  let begun: { readonly signal: AbortSignal; readonly answer: (text: string) => void }[];
  beforeEach(() => {
    flights = new InFlight();
    begun = [];
  });
  const start = (signal: AbortSignal): Promise<string> =>
    new Promise((answer, reject) => {
      begun.push({ signal, answer });
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  const isCancelled = (error: unknown): boolean => ApiError.is(error, 'cancelled');

  it('answers all of them, and asks anew once it was answered', async () => {
    const both = [flights.join('1', undefined, start), flights.join('1', undefined, start)];
    const other = flights.join('2', undefined, start);
    assert.equal(begun.length, 2);
    begun[0]?.answer('one');
    begun[1]?.answer('two');
    assert.deepEqual(await Promise.all([...both, other]), ['one', 'one', 'two']);
    void flights.join('1', undefined, start);
    assert.equal(begun.length, 3);
  });

  it('goes on while somebody waits, and is given up when nobody does', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const first = flights.join('1', one.signal, start);
    const second = flights.join('1', other.signal, start);
    one.abort();
    await assert.rejects(first, isCancelled);
    assert.equal(begun[0]?.signal.aborted, false);
    other.abort();
    await assert.rejects(second, isCancelled);
    assert.equal(begun[0]?.signal.aborted, true);
    const third = flights.join('1', undefined, start);
    begun[1]?.answer('new');
    assert.equal(await third, 'new');
  });

  it('is not begun for who has left already', async () => {
    await assert.rejects(flights.join('1', AbortSignal.abort(), start), isCancelled);
    assert.equal(begun.length, 0);
  });

  it('fails for all of them', async () => {
    const failing = (): Promise<string> => Promise.reject(new Error('down'));
    await assert.rejects(flights.join('1', undefined, failing), /down/);
    const next = flights.join('1', undefined, start);
    begun[0]?.answer('up');
    assert.equal(await next, 'up');
  });
});

describe('what tabs share', () => {
  const signal = new AbortController().signal;

  it('is read once, until it may differ; a failure is not kept', async () => {
    let asked = 0;
    let answer = (): Promise<number> => Promise.resolve(asked);
    const kept = keptRead(() => {
      asked += 1;
      return answer();
    });
    assert.deepEqual(await Promise.all([kept.read(signal), kept.read(signal)]), [1, 1]);
    assert.equal(await kept.read(signal), 1);
    kept.forget();
    assert.equal(await kept.read(signal), 2);
    kept.forget();
    answer = () => Promise.reject(new Error('down'));
    await assert.rejects(kept.read(signal));
    answer = () => Promise.resolve(asked);
    assert.equal(await kept.read(signal), 4);
  });

  it('is not kept when it was under way as it changed', async () => {
    let asked = 0;
    const kept = keptRead(() => Promise.resolve(++asked));
    const under = kept.read(signal);
    kept.forget();
    assert.equal(await under, 1);
    assert.equal(await kept.read(signal), 2);
  });
});
