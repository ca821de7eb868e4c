import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { launch } from '../ui/driver';

/** An extension that calls home: by a connection, a datagram and a question for a name. Addresses that are kept for documentation. */
const CALLS_HOME = `
const ended = (start) => new Promise((done) => start(done));
exports.activate = async () => {
  await ended((done) => require('node:net').connect(443, '192.0.2.1').on('error', done));
  await ended((done) => require('node:dgram').createSocket('udp4').send('x', 4500, '192.0.2.2', done));
  await ended((done) => require('node:dns').lookup('home.example', done));
  const script = "require('net').connect(80, '192.0.2.3').on('error', () => {})";
  await ended((done) => require('node:child_process').execFile(process.execPath, ['-e', script], done));
  const item = require('vscode').window.createStatusBarItem();
  item.text = 'Called home';
  item.show();
};
`;

/** Without this a watch that sees nothing would look like silence. */
describe('the watch over what is reached', () => {
  let extension: string;

  before(async () => {
    extension = await mkdtemp(path.join(tmpdir(), 'isc-identities-control-'));
    const manifest = {
      name: 'control',
      publisher: 'isc-identities',
      version: '0.0.1',
      engines: { vscode: '^1.100.0' },
      main: './main.js',
      activationEvents: ['onStartupFinished'],
    };
    await writeFile(path.join(extension, 'package.json'), JSON.stringify(manifest));
    await writeFile(path.join(extension, 'main.js'), CALLS_HOME);
  });
  after(() => rm(extension, { recursive: true, force: true }));

  it('sees an extension that calls home', async () => {
    const vs = await launch({ besides: extension });
    await vs.statusBar('Called home');
    const reached = await vs.disposeAndTell();
    for (const address of ['192.0.2.1:443', '192.0.2.2:4500', '192.0.2.3:80'])
      assert.ok(reached.includes(address), address);
    assert.ok(
      reached.some((address) => address.endsWith(':53')),
      reached.join(),
    );
  });
});
