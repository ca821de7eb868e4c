// npm run soak: the long use of test/host for minutes, in a real VS Code. `--seconds 600 --seed 7` for how long and with which seed.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './processes.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '300' }, seed: { type: 'string', default: String(Date.now() % 1e6) } },
});
process.stdout.write(`seed ${values.seed}, ${values.seconds} seconds\n`);
const child = spawn(process.execPath, [path.join(root, 'scripts', 'test.mjs'), 'host'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SOAK_SECONDS: values.seconds, SOAK_SEED: values.seed, HOST_TESTS: 'soak' },
});
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
