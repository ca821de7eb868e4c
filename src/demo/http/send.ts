import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { errorAnswer, rateLimited, unauthorized, type Answer } from './responses';
import type { Fault } from './faults';

const JSON_TYPE = 'application/json';
const HTML_PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Corporate proxy</h1><p>Please sign in.</p></body></html>';

/** Writes an answer, or what a fault makes of it. Resolves when nothing more will be written. */
export async function send(response: ServerResponse, answer: Answer, fault?: Fault): Promise<void> {
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const head = (type: string, more: Record<string, string | number> = {}): void => {
    response.writeHead(answer.status, { ...answer.headers, 'Content-Type': type, ...more });
  };
  switch (fault?.kind) {
    case undefined:
    case 'delay':
    case 'hold':
    case 'status':
    case 'resetBefore':
      return sendPlain(response, answer, text);
    case 'hang':
      return;
    case 'resetAfter':
      response.destroy();
      return;
    case 'cutOff':
      head(JSON_TYPE, { 'Content-Length': Buffer.byteLength(text) + 1 });
      response.write(text.slice(0, Math.max(1, text.length >> 1)), () => response.destroy());
      return;
    case 'truncate':
      head(JSON_TYPE);
      response.end(text.slice(0, Math.max(1, text.length >> 1)));
      return;
    case 'html':
      response.writeHead(fault.status ?? 200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(HTML_PAGE);
      return;
    case 'wrongType':
      head('text/plain');
      response.end(text);
      return;
    case 'slowBytes':
      head(JSON_TYPE, { 'Content-Length': Buffer.byteLength(text) });
      return stream(response, slowly(Buffer.from(text), fault.bytes ?? 64, fault.ms ?? 20));
    case 'hugeBody':
      head(JSON_TYPE);
      return stream(response, repeated(fault.bytes ?? 70_000_000));
    case 'gzipBomb':
      head(JSON_TYPE, { 'Content-Encoding': 'gzip' });
      return stream(response, Readable.from(repeated(fault.bytes ?? 200_000_000)).pipe(createGzip()));
    case 'deepJson': {
      const depth = fault.depth ?? 200_000;
      head(JSON_TYPE);
      response.end('['.repeat(depth) + ']'.repeat(depth));
      return;
    }
    case 'redirect':
      response.writeHead(fault.status ?? 302, { Location: fault.location });
      response.end();
      return;
    case 'body':
      response.writeHead(fault.status ?? answer.status, { ...answer.headers, 'Content-Type': fault.type ?? JSON_TYPE });
      response.end(fault.body);
      return;
  }
}

/** The service's own words for a status that a fault asks for. */
export function faultAnswer({ status, retryAfter, body }: Extract<Fault, { kind: 'status' }>): Answer {
  const usual =
    status === 401
      ? unauthorized('JWT is expired').answer
      : status === 429
        ? rateLimited(1).answer
        : errorAnswer(status, `${String(status)} Fault`, `The demo tenant was told to answer ${String(status)}.`);
  const headers = { ...usual.headers };
  delete headers['Retry-After'];
  if (retryAfter !== undefined) headers['Retry-After'] = retryAfter;
  return { status, headers, body: body ?? usual.body };
}

function sendPlain(response: ServerResponse, answer: Answer, text: string): void {
  const { status, headers } = answer;
  if (text === '') {
    response.writeHead(status, status === 204 ? headers : { ...headers, 'Content-Length': 0 });
    response.end();
    return;
  }
  response.writeHead(status, { ...headers, 'Content-Type': JSON_TYPE, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

async function stream(response: ServerResponse, source: AsyncIterable<Buffer> | Readable): Promise<void> {
  // A client that gives up in the middle is what these faults are for.
  await pipeline(source, response).catch(() => response.destroy());
  if (!response.closed && !response.writableFinished) await once(response, 'close');
}

async function* slowly(bytes: Buffer, step: number, ms: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += step) {
    yield bytes.subarray(at, at + step);
    await sleep(ms);
  }
}

// eslint wants an await in async generators; the pause also lets other requests in.
async function* repeated(bytes: number): AsyncGenerator<Buffer> {
  const chunk = Buffer.from('{"name":"x"},'.repeat(5_000));
  yield Buffer.from('[');
  for (let sent = 0; sent < bytes; sent += chunk.length) {
    yield chunk;
    await sleep(0);
  }
  yield Buffer.from('{"name":"x"}]');
}
