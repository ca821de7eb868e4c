// Who may talk to a VS Code Server on this machine: pages of its own address, nobody else's.

/**
 * Whether a request may be answered at all. Its `Host` must be this machine by name, or a page of another name that resolves to
 * this machine would get in; its `Origin`, where a browser sends one, the server's own address. Sandboxed frames of webviews
 * have the origin `null`: they may read files, which need no token anyway, and nothing more.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {{ isUpgrade?: boolean }} [kind] `isUpgrade`: it asks for a WebSocket
 */
export function mayAsk(request, { isUpgrade = false } = {}) {
  const { host = '', origin } = request.headers;
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  if (origin === undefined || origin === `http://${host}`) return true;
  return origin === 'null' && !isUpgrade && request.method === 'GET';
}

/**
 * Where the short address leads that npm start prints; undefined for every other address. Who knows its key has read that output,
 * as who knows the token has. It may be used again: a terminal or browser that looks ahead at a link must not use it up.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {{ key: string, to: string } | undefined} door its key, and the address of the window with the token in it
 */
export function wayIn(request, door) {
  return door !== undefined && request.method === 'GET' && request.url === doorPath(door.key) ? door.to : undefined;
}

/** The path of the short address. */
export function doorPath(key) {
  return `/k/${key}`;
}

/**
 * Whether a request carries the connection token, as VS Code's own routes ask for it: in the address or in the cookie that the
 * first page sets. Without a token everybody on this machine is let in.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {string | undefined} token
 */
export function hasToken(request, token) {
  if (token === undefined) return true;
  const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('tkn');
  const cookies = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return asked === token || cookies.includes(`vscode-tkn=${token}`);
}
