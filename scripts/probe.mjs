// npm run probe: the tests of what must never happen, at every point instead of some. About half an hour on two cores.
// Kills and full disks at each event of each action, a thousand simultaneous starts, damaged records, hostile names.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './processes.mjs';

const tests = [
  'actions/bulk/kills',
  'actions/bulk/lock',
  'actions/bulk/journal',
  'tenants/files',
  'sinks',
  'commands/ui/arguments',
].map((name) => path.join('test', 'unit', `${name}.test.ts`));
// mocha passes over a file that is not there.
for (const file of tests) if (!existsSync(path.join(root, file))) throw new Error(`There is no ${file}`);
const child = spawn(process.execPath, [path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'), ...tests], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PROBE_STEP: '1', LOCK_ROUNDS: '1000' },
});
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
