// The process that is the VS Code Server. Started by server.mjs with the options of VS Code's own server-main.js.
//
// server-main.js by itself does not answer `POST /mint-key`, and the workbench then forgets secrets at each reload. Loaded as a
// module (as code-server does) it leaves the HTTP server to us, so that one route can be added.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { hasToken, mayAsk } from './serverGuard.mjs';

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

const server = createServer((request, response) => {
  const isMint = request.method === 'POST' && new URL(request.url, 'http://localhost').pathname === '/mint-key';
  if (!mayAsk(request) || (isMint && !hasToken(request, token))) response.writeHead(403).end();
  else if (isMint) response.end(key);
  else void code.handleRequest(request, response);
});
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
// Standard input is a pipe from the starter: it ends when the starter does, in whatever way.
process.stdin.once('end', () => process.exit(0)).resume();
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
