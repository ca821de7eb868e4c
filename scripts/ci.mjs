// What .ci/run runs: npm test, then the package as users get it, opened once. Last line: "N passed, N failed".
import { spawn } from 'node:child_process';
import { root, say } from './processes.mjs';

/** The last line of each of these is its count. */
const runs = [
  ['npm', ['test']],
  [process.execPath, ['scripts/packageTest.mjs']],
];

let passed = 0;
let failed = 0;
const failures = [];
for (const [command, args] of runs) {
  const { code, output } = await tee(command, args);
  const count = /(\d+) passed, (\d+) failed\s*$/.exec(output);
  passed += Number(count?.[1] ?? 0);
  if (code !== 0 || count?.[2] !== '0') failures.push(output.slice(-4_000));
  // A run that ends badly must not pass for want of a number.
  failed += Math.max(Number(count?.[2] ?? 0), Number(code !== 0 || count === null));
}
// The first run's failures stand far above by now.
if (failures.length > 0) say(`\n${failures.join('\n')}\n`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function tee(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output = (output + chunk).slice(-10_000);
      process.stdout.write(chunk);
    });
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
