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
