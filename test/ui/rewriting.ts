// A tenant whose answers are changed on their way.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DemoTenant } from '../../src/demo/server';

/** What is answered instead; `total` goes into the header that counts. */
export interface Rewritten {
  readonly body: unknown;
  readonly total?: number;
}

export interface Rewriting {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** A tenant that answers as the demo tenant does, with some answers changed; undefined leaves one as it is. */
export async function rewriting(
  demo: DemoTenant,
  rewrite: (url: URL, body: unknown) => Rewritten | undefined,
): Promise<Rewriting> {
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = request;
      const body = await bodyOf(request);
      const kept = Object.entries(headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name));
      const answer = await fetch(demo.baseUrl + url, {
        method,
        headers: kept.map(([name, value]) => [name, String(value)] as [string, string]),
        ...(method === 'GET' ? {} : { body }),
      });
      const text = await answer.text();
      const changed = answer.ok && text !== '' ? rewrite(new URL(url, demo.baseUrl), JSON.parse(text)) : undefined;
      const total = changed?.total ?? answer.headers.get('x-total-count');
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        ...(total === null ? {} : { 'x-total-count': String(total) }),
      });
      response.end(changed ? JSON.stringify(changed.body) : text);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
