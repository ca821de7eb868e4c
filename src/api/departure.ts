/**
 * Whether a request can have left this machine: it had a connection, or it had none. The transport's errors do not tell it: a
 * host with several addresses, a TLS handshake that is cut and a proxy each fail in their own words.
 *
 * Node tells of every request on a diagnostics channel; the request that belongs to a call is known by its asynchronous context.
 * No agent of our own is needed for it, which would get in the way of VS Code's proxy support.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** What is known of one call. */
export interface Departure {
  /** True once there was a connection over which its bytes could go; undefined while nothing is known of it. */
  connected: boolean | undefined;
}

const calls = new AsyncLocalStorage<Departure>();

subscribe('http.client.request.start', (message) => {
  const departure = calls.getStore();
  if (departure && isRequestMessage(message)) watch(message.request, departure);
});

/** Runs something that sends one request, and notes in `departure` how far that came. */
export function watchDeparture<T>(departure: Departure, run: () => T): T {
  return calls.run(departure, run);
}

function watch(request: ClientRequest, departure: Departure): void {
  departure.connected ??= false;
  const look = (socket: Socket): void => {
    const isSecure = 'encrypted' in socket;
    // Of a socket that is over already nothing can be told any more: it may have carried the request.
    if (request.reusedSocket || socket.destroyed || isReady(socket)) departure.connected = true;
    else socket.once(isSecure ? 'secureConnect' : 'connect', () => (departure.connected = true));
  };
  if (request.socket) look(request.socket);
  else request.once('socket', look);
}

/** True for a socket that is past connecting, and past its handshake where it has one. */
function isReady(socket: Socket): boolean {
  if (socket.connecting) return false;
  return !('secureConnecting' in socket) || socket.secureConnecting !== true;
}

function isRequestMessage(message: unknown): message is { readonly request: ClientRequest } {
  return typeof message === 'object' && message !== null && 'request' in message;
}
