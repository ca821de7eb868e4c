import assert from 'node:assert/strict';
import { get } from 'node:http';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import type { Fault } from '../../../src/demo/http/faults';
import { asking, field, type Ask } from './asking';
import { waitUntil } from '../../waitUntil';

describe('demo: faults', () => {
  let demo: DemoTenant;
  let ask: Ask;

  beforeEach(async () => {
    demo = await startDemo({ identities: 50 });
    ask = asking(demo);
  });
  afterEach(() => demo.close());

  const broken = async (fault: Fault): Promise<Response> => {
    demo.faults.add(fault);
    return fetch(`${demo.baseUrl}/v2024/identities`, {
      headers: { Authorization: `Bearer ${demo.accessToken()}` },
      redirect: 'manual',
    });
  };

  it('meet the operation they are meant for, as often as told, then nobody', async () => {
    const id = demo.world.people.id(1);
    demo.faults.add({ kind: 'status', status: 503, operation: 'getIdentity', times: 2 });
    demo.faults.add({ kind: 'status', status: 502, when: ({ query }) => query.includes('limit=7') });
    assert.equal((await ask('GET', '/identities')).status, 200);
    assert.equal((await ask('GET', '/identities', { query: { limit: '7' } })).status, 502);
    assert.equal(demo.faults.pending, 1);
    assert.equal((await ask('GET', `/identities/${id}`)).status, 503);
    assert.equal((await ask('GET', `/identities/${id}`)).status, 503);
    assert.equal((await ask('GET', `/identities/${id}`)).status, 200);
    demo.faults.add({ kind: 'hang' });
    demo.faults.clear();
    assert.equal((await ask('GET', '/identities')).status, 200);
  });

  it('status: with the service’s body, Retry-After only when told', async () => {
    const refused = await broken({ kind: 'status', status: 429, retryAfter: 'Wed, 21 Oct 2099 07:28:00 GMT' });
    assert.equal(refused.headers.get('retry-after'), 'Wed, 21 Oct 2099 07:28:00 GMT');
    assert.deepEqual(await refused.json(), { message: ' Rate Limit Exceeded ' });
    assert.equal((await broken({ kind: 'status', status: 429 })).headers.get('retry-after'), null);
    const own = await broken({ kind: 'status', status: 500, body: { x: 1 } });
    assert.deepEqual(await own.json(), { x: 1 });
  });

  it('reset: cut before the request is carried out, or after', async () => {
    const path = `/identities/${demo.world.people.id(2)}/reset`;
    demo.faults.add({ kind: 'resetBefore' });
    await assert.rejects(ask('POST', path));
    assert.equal(demo.world.status(2), 'LOCKED');
    demo.faults.add({ kind: 'resetAfter' });
    await assert.rejects(ask('POST', path));
    assert.equal(demo.world.status(2), 'UNREGISTERED');
    assert.equal(demo.requests.count('resetIdentity'), 2);
  });

  it('cutOff and truncate: half an answer, one with and one without its end', async () => {
    const cut = await broken({ kind: 'cutOff' });
    await assert.rejects(cut.text());
    const short = await (await broken({ kind: 'truncate' })).text();
    assert.throws(() => JSON.parse(short) as unknown, SyntaxError);
  });

  it('html, wrongType, redirect, body', async () => {
    const page = await broken({ kind: 'html', status: 502 });
    assert.equal(page.status, 502);
    assert.match(await page.text(), /^<!DOCTYPE html>/);
    const text = await broken({ kind: 'wrongType' });
    assert.equal(text.headers.get('content-type'), 'text/plain');
    assert.equal(((await text.json()) as unknown[]).length, 50);
    const away = await broken({ kind: 'redirect', location: 'https://example.com/' });
    assert.deepEqual([away.status, away.headers.get('location')], [302, 'https://example.com/']);
    const any = await broken({ kind: 'body', body: 'null', type: 'application/json' });
    assert.equal(await any.json(), null);
  });

  it('slowBytes and delay: the right answer after a while', async () => {
    assert.equal(((await (await broken({ kind: 'slowBytes', bytes: 5_000, ms: 1 })).json()) as unknown[]).length, 50);
    assert.equal((await broken({ kind: 'delay', ms: 1 })).status, 200);
  });

  it('hugeBody, gzipBomb and deepJson: as big as told', async () => {
    const huge = await (await broken({ kind: 'hugeBody', bytes: 1_000_000 })).text();
    assert.ok(huge.length >= 1_000_000 && Array.isArray(JSON.parse(huge)));
    const unpacked = await (await broken({ kind: 'gzipBomb', bytes: 5_000_000 })).text();
    assert.ok(unpacked.length >= 5_000_000);
    const deep = await (await broken({ kind: 'deepJson', depth: 10 })).text();
    assert.equal(deep, '[[[[[[[[[[]]]]]]]]]]');
  });

  it('a client that gives up in the middle harms nobody', async () => {
    for (const fault of [{ kind: 'hugeBody' }, { kind: 'gzipBomb' }, { kind: 'slowBytes' }] as const) {
      demo.faults.add(fault);
      await new Promise<void>((resolve) => {
        const sent = get(`${demo.baseUrl}/oauth/info`, (response) => {
          response.once('data', () => {
            sent.destroy();
          });
        });
        sent.on('error', () => undefined);
        sent.on('close', resolve);
      });
    }
    assert.equal((await ask('GET', '/tenant')).status, 200);
  });

  it('hang: no answer until the caller gives up, also when the tenant closes', async () => {
    demo.faults.add({ kind: 'hang', operation: 'getTenant' });
    const waiting = ask('GET', '/tenant');
    const failed = assert.rejects(waiting);
    await waitUntil(() => demo.requests.count('getTenant') > 0, 'the request arrives');
    await demo.close();
    await failed;
  });

  it('latency: may be set while running', async () => {
    demo.latencyMs = 5;
    assert.equal(field((await ask('GET', '/tenant')).body, 'name'), 'demo');
  });
});
