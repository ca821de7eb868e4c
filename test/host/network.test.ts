import assert from 'node:assert/strict';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import * as vscode from 'vscode';
import { createClient } from '../../src/api/client';
import { ApiError } from '../../src/api/errors';

/** A host that does not exist anywhere: without the proxy nothing can be reached. */
const HOST = 'acme.api.invalid';

/** A company's network on this machine: a proxy in front, and behind it a server whose certificate nobody signed. */
suite('proxy and certificates', () => {
  let behind: Server;
  let proxy: Server;
  const tunnels: string[] = [];

  suiteSetup(async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: HOST }]);
    behind = createHttpsServer({ key, cert }, (_request, response) => response.end('{}'));
    await listening(behind);
    proxy = createHttpServer((_request, response) => response.writeHead(405).end());
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const through = connect(portOf(behind), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      through.on('error', () => socket.destroy());
      socket.on('error', () => through.destroy());
    });
    await listening(proxy);
    await setProxy(`http://127.0.0.1:${portOf(proxy)}`);
  });

  suiteTeardown(async () => {
    await setProxy(undefined);
    proxy.close();
    behind.close();
  });

  test('go through http.proxy, and name a certificate that is not trusted', async () => {
    const client = createClient({
      baseUrl: `https://${HOST}`,
      version: 'v2024',
      credentials: { kind: 'pat', clientId: 'id', clientSecret: 'the-secret' },
    });
    const error: unknown = await client.identities.list({ limit: 1 }).catch((failure: unknown) => failure);
    assert.ok(ApiError.is(error, 'certificate'), String(error));
    assert.deepEqual([...new Set(tunnels)], [`${HOST}:443`]);
    assert.match(error.message, /SELF_SIGNED|UNABLE_TO_VERIFY|certificate/i);
    assert.ok(!String(error).includes('the-secret'));
  });
});

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function setProxy(url: string | undefined): Promise<void> {
  const http = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('http');
  await http().update('proxy', url, vscode.ConfigurationTarget.Global);
}
