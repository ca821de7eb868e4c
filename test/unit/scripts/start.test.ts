import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { VIEWS } from '../../../src/ids';
import { doorPath, wayIn } from '../../../scripts/serverGuard.mjs';
import { withDevelopment, withView } from '../../../scripts/serverPage.mjs';

/** A fresh clone without its packages, and an npm that cannot install them. */
describe('npm start in a fresh clone', () => {
  let clone: string;
  before(() => {
    clone = mkdtempSync(path.join(tmpdir(), 'isc-identities-clone-'));
    for (const each of ['scripts', 'package.json', 'package-lock.json']) {
      cpSync(each, path.join(clone, each), { recursive: true });
    }
    const npm = "process.stderr.write('no network'); process.exit(1);";
    writeFileSync(path.join(clone, 'npm.js'), npm);
  });
  after(() => {
    rmSync(clone, { recursive: true, force: true });
  });

  it('says what it does before it installs anything, and in a sentence why it cannot', async () => {
    const env = { ...process.env, npm_execpath: path.join(clone, 'npm.js') };
    const start = spawn(process.execPath, ['scripts/start.mjs'], { cwd: clone, env });
    let output = '';
    let errors = '';
    start.stdout.on('data', (text) => (output += String(text)));
    start.stderr.on('data', (text) => (errors += String(text)));
    await once(start, 'close');
    assert.deepEqual(output.trim().split('\n'), [
      'ISC Identities: getting ready. The first start takes about two minutes, later ones a few seconds.',
      'Packages: installing with npm ci (about a minute)...',
    ]);
    assert.match(errors, /^The npm packages could not be installed: check the network and run `npm ci`\./);
    assert.match(errors, /no network/);
    assert.equal(start.exitCode, 1);
  });

  it('needs none of the packages to say so', () => {
    for (const file of ['start', 'processes', 'server', 'serverGuard', 'serverPage', 'setup']) {
      const source = readFileSync(`scripts/${file}.mjs`, 'utf8');
      for (const [, from = ''] of source.matchAll(/^import .* from '(.+)';$/gm)) assert.match(from, /^(node:|\.\/)/);
    }
  });
});

describe('the short address of npm start', () => {
  const door = { key: '0123456789ab', to: 'http://127.0.0.1:8123/?tkn=x' };
  const ask = (url: string, method = 'GET'): IncomingMessage => ({ url, method }) as IncomingMessage;

  it('leads to the window, each time', () => {
    assert.equal(wayIn(ask(doorPath(door.key)), door), door.to);
    assert.equal(wayIn(ask(doorPath(door.key)), door), door.to);
  });

  it('leads nowhere with another key, for another method, or before there is one', () => {
    for (const url of ['/', '/k/', '/k/0123456789a', '/k/0123456789ab/', '/k/0123456789ab?x', '/K/0123456789ab']) {
      assert.equal(wayIn(ask(url), door), undefined, url);
    }
    assert.equal(wayIn(ask(doorPath(door.key), 'POST'), door), undefined);
    assert.equal(wayIn(ask('/k/undefined'), undefined), undefined);
  });
});

describe('the page of npm start', () => {
  it('is told the extensions under development and their tests, and else stays as it is', () => {
    const page = '<meta data-settings="{&quot;developmentOptions&quot;:{&quot;logLevel&quot;:3},&quot;a&quot;:1}">';
    const address = new URL('http://127.0.0.1/?ew=true&extension=vscode-remote://h:1/a%2520b&extension=x://h/c');
    assert.equal(withDevelopment(page, new URL('http://127.0.0.1/?ew=true')), page);
    const told = withDevelopment(page, address);
    const json = /data-settings="([^"]*)"/.exec(told)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const extensions = [
      { scheme: 'vscode-remote', authority: 'h:1', path: '/a b' },
      { scheme: 'x', authority: 'h', path: '/c' },
    ];
    assert.deepEqual(JSON.parse(json), { developmentOptions: { extensions, logLevel: 3 }, a: 1 });
    address.searchParams.append('tests', 'vscode-remote://h:1/t.js');
    assert.match(withDevelopment(page, address), /extensionTestsPath&quot;:\{&quot;scheme&quot;:&quot;vscode-remote/);
  });

  it('is told the view in its configuration, and else stays as it is', () => {
    const page = '<meta id="x" data-settings="{&quot;a&quot;:1}"><p>"{</p>';
    const told = withView(page, VIEWS.tenants);
    const json = /data-settings="([^"]*)"/.exec(told)?.[1]?.replaceAll('&quot;', '"') ?? '';
    assert.deepEqual(JSON.parse(json), { defaultLayout: { views: [{ id: VIEWS.tenants }] }, a: 1 });
    assert.ok(told.endsWith('><p>"{</p>'));
    assert.ok(readFileSync('scripts/start.mjs', 'utf8').includes(`VIEW = '${VIEWS.tenants}'`));
  });
});
