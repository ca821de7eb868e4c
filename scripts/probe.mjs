// npm run probe: the tests of what must never happen, at every point instead of some. Some hours on two cores.
// Kills, full disks, single failures and another window at each event of each action in each weather, a thousand simultaneous
// starts, damage of every stored file, hostile answers to every operation and command.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './processes.mjs';

const tests = [
  'actions/bulk/kills',
  'actions/bulk/lock',
  'actions/bulk/journal',
  'storage/damage',
  'storage/everyCall',
  'hostile/client',
  'hostile/commands',
  'tenants/files',
  'sinks',
  'commands/ui/arguments',
].map((name) => path.join('test', 'unit', `${name}.test.ts`));
// mocha passes over a file that is not there.
for (const file of tests) if (!existsSync(path.join(root, file))) throw new Error(`There is no ${file}`);
const child = spawn(process.execPath, [path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'), ...tests], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PROBE_STEP: '1', LOCK_ROUNDS: '1000', DAMAGE_RUNS: '10000', HOSTILE_RUNS: '200' },
});
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
