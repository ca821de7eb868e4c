// The process that is the VS Code Server. Started by server.mjs with the options of VS Code's own server-main.js.
//
// server-main.js by itself does not answer `POST /mint-key`, and the workbench then forgets secrets at each reload. Loaded as a
// module (as code-server does) it leaves the HTTP server to us, so that one route can be added.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { hasToken, mayAsk, wayIn } from './serverGuard.mjs';
import { withDevelopment, withView } from './serverPage.mjs';

const {
  VSCODE_SERVER_FOLDER: folder,
  VSCODE_SERVER_DATA: data,
  VSCODE_SERVER_LISTEN: port,
  VSCODE_SERVER_TOKEN_FILE: tokenFile,
} = process.env;
const token = readFileSync(tokenFile, 'utf8');
// With this set, server-main.js starts nothing when it is loaded.
process.env['CODE_SERVER_PARENT_PID'] = String(process.ppid);

const { loadCodeWithNls } = await import(pathToFileURL(path.join(folder, 'out', 'server-main.js')).href);
const code = await (await loadCodeWithNls()).createServer(null);
const key = secretKey(path.join(data, 'secret-key'));

/** The short address that leads to a window, and the view it shows, once the starter has said it. */
let door;

const server = createServer((request, response) => {
  const isMint = request.method === 'POST' && new URL(request.url, 'http://localhost').pathname === '/mint-key';
  if (!mayAsk(request) || (isMint && !hasToken(request, token))) response.writeHead(403).end();
  else if (isMint) response.end(key);
  else if (wayIn(request, door)) response.writeHead(302, { location: door.to, 'cache-control': 'no-store' }).end();
  else if (new URL(request.url, 'http://localhost').pathname === '/') sendPage(request, response);
  else void code.handleRequest(request, response);
});
function sendPage(request, response) {
  const end = response.end.bind(response);
  const told = (page) => {
    const ours = withDevelopment(page, new URL(request.url, 'http://localhost'));
    return door ? withView(ours, door.view) : ours;
  };
  response.end = (page, ...more) => end(typeof page === 'string' ? told(page) : page, ...more);
  void code.handleRequest(request, response);
}

server.on('upgrade', (request, socket) => {
  if (!mayAsk(request, { isUpgrade: true })) {
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    return;
  }
  // VS Code's server starts reading by itself; what arrived before that must not be lost.
  code.handleUpgrade(request, socket);
  socket.resume();
});
server.listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`Extension host agent listening on ${server.address().port}\n`);
});
server.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

process.once('SIGTERM', () => process.exit(0));
// Standard input is a pipe from the starter: it ends when the starter does, in whatever way. What comes is the short address: not
// as an argument, which everybody on this machine can list.
createInterface({ input: process.stdin })
  .on('line', (line) => (door = JSON.parse(line)))
  .once('close', () => process.exit(0));
process.once('exit', () => code.dispose());

/** The workbench's half of the key that encrypts secrets in the browser: one for each data folder, readable by its owner only. */
function secretKey(file) {
  try {
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  return readFileSync(file);
}
