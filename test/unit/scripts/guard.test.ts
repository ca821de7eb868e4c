import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'mocha';
import { hasToken, mayAsk } from '../../../scripts/serverGuard.mjs';

const TOKEN = 'a1b2c3';

describe('the server of npm start', () => {
  let server: Server;
  let port: number;
  before(async () => {
    server = createServer((request, response) => {
      const ok = mayAsk(request) && (request.url !== '/mint-key' || hasToken(request, TOKEN));
      response.writeHead(ok ? 200 : 403).end();
    });
    server.on('upgrade', (request, socket) => {
      socket.end(`HTTP/1.1 ${mayAsk(request, { isUpgrade: true }) ? '101 OK' : '403 Forbidden'}\r\n\r\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.close();
  });

  const ask = (headers: Record<string, string>, path = '/', method = 'GET'): Promise<number> =>
    new Promise((resolve, reject) => {
      httpRequest({ port, host: '127.0.0.1', path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('upgrade', (response, socket) => {
          socket.destroy();
          resolve(response.statusCode ?? 0);
        })
        .on('error', reject)
        .end();
    });
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
  const own = (): string => `127.0.0.1:${String(port)}`;

  it('answers pages of its own address, and clients without an origin', async () => {
    assert.equal(await ask({}), 200);
    assert.equal(await ask({ origin: `http://${own()}` }), 200);
    assert.equal(await ask({ host: `localhost:${String(port)}`, origin: `http://localhost:${String(port)}` }), 200);
    assert.equal(await ask({ origin: `http://${own()}`, ...upgrade }), 101);
  });

  it('answers no other name, no other page, and no other scheme or port', async () => {
    assert.equal(await ask({ host: 'evil.example' }), 403);
    for (const origin of [
      'http://evil.example',
      `https://${own()}`,
      'http://127.0.0.1:1',
      'http://localhost',
      'file://',
    ]) {
      assert.equal(await ask({ origin }), 403, origin);
      assert.equal(await ask({ origin, ...upgrade }), 403, origin);
    }
    assert.equal(await ask({ host: 'evil.example', ...upgrade }), 403);
  });

  it('lets sandboxed frames read and nothing more', async () => {
    assert.equal(await ask({ origin: 'null' }), 200);
    assert.equal(await ask({ origin: 'null' }, '/', 'POST'), 403);
    assert.equal(await ask({ origin: 'null', ...upgrade }), 403);
  });

  it('gives the key of the secrets to who has the token only', async () => {
    assert.equal(await ask({}, '/mint-key', 'POST'), 403);
    assert.equal(await ask({ cookie: 'vscode-tkn=wrong' }, '/mint-key', 'POST'), 403);
    assert.equal(await ask({ cookie: `a=b; vscode-tkn=${TOKEN}` }, '/mint-key', 'POST'), 200);
    const request = (url: string) => ({ url, headers: {} }) as never;
    assert.ok(hasToken(request(`/?tkn=${TOKEN}`), TOKEN) && !hasToken(request('/?tkn=x'), TOKEN));
  });

  it('has its token in no command line', () => {
    assert.doesNotMatch(readFileSync('scripts/server.mjs', 'utf8'), /--connection-token'|--without-connection-token/);
  });
});

describe('what is published', () => {
  const { scripts, capabilities, contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
    contributes: { configuration: { properties: Record<string, { scope?: string }> } };
    capabilities: { untrustedWorkspaces: { supported: unknown; restrictedConfigurations?: string[] } };
  };

  it('is built for production, whoever packages it', () => {
    assert.match(scripts['vscode:prepublish'] ?? '', /--production/);
  });

  it('lets a workspace that is not trusted say neither whom lists show nor when requests are given up', () => {
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'iscIdentities.lists',
      'iscIdentities.requestTimeout',
      'iscIdentities.demo.identities',
    ]);
  });

  it('lets no workspace say when results of bulk actions are deleted', () => {
    assert.equal(contributes.configuration.properties['iscIdentities.keepResultsDays']?.scope, 'application');
  });

  it('is tested by actions that are pinned, without credentials, with a limit of time', () => {
    const files = readdirSync('.github/workflows');
    assert.ok(files.length > 0);
    for (const file of files) {
      const text = readFileSync(`.github/workflows/${file}`, 'utf8');
      for (const [, action = ''] of text.matchAll(/uses: (\S+)/g)) assert.match(action, /@[0-9a-f]{40}$/, action);
      assert.match(text, /persist-credentials: false/);
      assert.match(text, /timeout-minutes: \d+/);
      assert.match(text, /permissions:\n {2}contents: read/);
    }
  });
});
