import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { field } from './asking';
import { waitUntil } from '../../waitUntil';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SCRIPT = path.join(ROOT, 'scripts', 'demo.mjs');

describe('npm run demo', () => {
  it('prints one JSON line, serves, and stops when told', async () => {
    const child = spawn(process.execPath, [SCRIPT, '--json', '--identities', '30', '--seed', '7'], { cwd: ROOT });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await waitUntil(() => output.includes('\n'), 'it prints a line');
    const printed: unknown = JSON.parse(output);
    assert.deepEqual(Object.keys(printed as object), ['baseUrl', 'clientId', 'clientSecret']);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: String(field(printed, 'clientId')),
      client_secret: String(field(printed, 'clientSecret')),
    });
    const got = await fetch(`${String(field(printed, 'baseUrl'))}/oauth/token`, { method: 'POST', body });
    assert.equal(got.status, 200);
    child.kill('SIGTERM');
    await ended;
    assert.equal(output.trim().split('\n').length, 1);
  });

  for (const [flags, sentence] of [
    [['--port', 'x'], '--port needs a whole number from 0 to 65535, not "x".'],
    [['--identities=1000001'], '--identities needs a whole number from 0 to 1000000, not "1000001".'],
    [['--seed=-1'], '--seed needs a whole number from 0 to 4294967295, not "-1".'],
    [['--verbose'], '"--verbose" is not understood: use --port, --identities, --seed (each with a number) and --json.'],
    [['extra'], '"extra" is not understood: use --port, --identities, --seed (each with a number) and --json.'],
  ] as const) {
    it(`refuses ${flags.join(' ')}`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...flags], { cwd: ROOT });
      assert.deepEqual([status, stdout.toString(), stderr.toString()], [2, '', `${sentence}\n`]);
    });
  }
});
