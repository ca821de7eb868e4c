import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import nodeFetch, { FetchError } from 'node-fetch';
import type { Client, ClientOptions } from '../../../src/api/client';
import { createClient } from '../../../src/api/client';
import type { ErrorReason } from '../../../src/api/errors';
import { ApiError } from '../../../src/api/errors';
import { createRateLimits } from '../../../src/api/rateLimit';
import { caught } from './backend';

/** A client whose transport is counted, and replaced if one is given. */
function counted(baseUrl: string, transport: NonNullable<ClientOptions['fetch']> = nodeFetch) {
  let attempts = 0;
  const client = createClient({
    baseUrl,
    version: 'v2024',
    credentials: { kind: 'token', accessToken: 'a-token' },
    rateLimits: createRateLimits({ ceiling: 1_000 }),
    retryDelayMs: 5,
    fetch: (url, init) => {
      attempts++;
      return transport(url, init);
    },
  });
  return { client, attempts: () => attempts };
}

const read = (client: Client) => client.identities.list({ filters: 'name eq "Walter"' });
const write = (client: Client) => client.identities.process(['x']);

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('api: connections that fail', () => {
  it('nobody listens: nothing was sent, so a write is tried again as well', async () => {
    const baseUrl = `http://127.0.0.1:${await closedPort()}`;
    for (const call of [read, write]) {
      const { client, attempts } = counted(baseUrl);
      const error = await caught(call(client));
      assert.ok(ApiError.is(error, 'network'), String(error));
      assert.equal(error.details.sent, false);
      assert.equal(attempts(), 3);
      assert.match(error.message, /ECONNREFUSED/);
    }
  });

  it('something else than TLS listens: told once', async () => {
    const server = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { client, attempts } = counted(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    assert.ok(ApiError.is(await caught(read(client)), 'network'));
    assert.equal(attempts(), 1);
    await new Promise((resolve) => server.close(resolve));
  });

  it('a host of several addresses where nobody listens: nothing was sent', async () => {
    const baseUrl = `http://localhost:${await closedPort()}`;
    for (let n = 0; n < 20; n++) {
      const { client } = counted(baseUrl);
      const error = await caught(write(client));
      assert.ok(ApiError.is(error, 'network'), String(error));
      assert.equal(error.details.sent, false);
    }
  });

  for (const [what, end] of [
    ['cut', (socket: Socket) => socket.destroy()],
    ['reset', (socket: Socket) => socket.resetAndDestroy()],
    ['ended', (socket: Socket) => socket.end()],
  ] as const) {
    it(`a TLS handshake that is ${what}: nothing was sent`, async () => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined).once('data', () => end(socket));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        for (let n = 0; n < 20; n++) {
          const { client } = counted(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
          const error = await caught(write(client));
          assert.ok(ApiError.is(error, 'network'), String(error));
          assert.equal(error.details.sent, false);
        }
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    });
  }

  it('a connection that was there and is cut: it may have been sent', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { client } = counted(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const error = await caught(write(client));
      assert.ok(ApiError.is(error, 'network'), String(error));
      assert.equal(error.details.sent, undefined);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  const failures: readonly (readonly [string, string, ErrorReason, reads: number, writes: number])[] = [
    ['ENOTFOUND', 'getaddrinfo', 'network', 1, 1],
    ['EAI_AGAIN', 'getaddrinfo', 'network', 3, 3],
    ['ETIMEDOUT', 'connect', 'network', 3, 3],
    ['ECONNRESET', 'read', 'network', 3, 1],
    ['EPIPE', 'write', 'network', 3, 1],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', '', 'certificate', 1, 1],
    ['SELF_SIGNED_CERT_IN_CHAIN', '', 'certificate', 1, 1],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', '', 'certificate', 1, 1],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', '', 'certificate', 1, 1],
    ['CERT_HAS_EXPIRED', '', 'certificate', 1, 1],
    ['ERR_TLS_CERT_ALTNAME_INVALID', '', 'certificate', 1, 1],
  ];
  for (const [code, syscall, reason, reads, writes] of failures) {
    it(`${code}: ${reason}, ${reads} attempts of a read, ${writes} of a write`, async () => {
      const fail = () =>
        Promise.reject(
          new FetchError(
            'request to https://acme.example/v2024/identities?filters=Walter failed, reason: no',
            'system',
            {
              code,
              syscall,
            },
          ),
        );
      for (const [call, expected] of [
        [read, reads],
        [write, writes],
      ] as const) {
        const { client, attempts } = counted('https://acme.api.identitynow.com', fail);
        const error = await caught(call(client));
        assert.ok(ApiError.is(error, reason), String(error));
        assert.equal(attempts(), expected);
        assert.equal((error.cause as { code?: string }).code, code);
        assert.equal((error.cause as { message: string }).message, 'no');
      }
    });
  }

  it('anything else a transport may throw is a network error', async () => {
    for (const thrown of [new TypeError('odd'), Object.assign(new Error(''), { code: 5 }), new AggregateError([])]) {
      const odd = counted('https://acme.api.identitynow.com', () => Promise.reject(thrown));
      assert.ok(ApiError.is(await caught(write(odd.client)), 'network'));
      assert.equal(odd.attempts(), 1);
    }
  });

  it('takes https and loopback only, without credentials and paths', () => {
    const create = (baseUrl: string) => counted(baseUrl).client.baseUrl;
    assert.equal(create('https://acme.api.identitynow.com'), 'https://acme.api.identitynow.com');
    assert.equal(create('https://ACME.api.identitynow.com/'), 'https://acme.api.identitynow.com');
    for (const local of ['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1'])
      assert.equal(create(local), local);
    for (const refused of [
      '',
      'acme',
      'http://acme.api.identitynow.com',
      'http://127.0.0.1.example.com',
      'http://127.0.0.2',
      'ftp://127.0.0.1',
      'file:///etc/passwd',
      'https://user:password@acme.api.identitynow.com',
      'https://acme.api.identitynow.com/v2024',
      'https://acme.api.identitynow.com/?x=1',
      'https://acme.api.identitynow.com/#x',
      'javascript:alert(1)',
    ]) {
      assert.throws(
        () => create(refused),
        (e) => ApiError.is(e, 'invalid') && !e.message.includes('password'),
        refused,
      );
    }
  });
});
