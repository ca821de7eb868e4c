// Packages the VSIX and runs test/package on it: what users install, not the working folder.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { npm, root, say } from './processes.mjs';

let count;
try {
  await npm(['run', '-s', 'package'], { quiet: true });
  count = await mocha();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
}
const { passed = 0, failed = 1 } = count ?? {};
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function mocha() {
  return new Promise((resolve, reject) => {
    const file = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const child = spawn(process.execPath, [file, '--timeout', '120000', 'test/package/**/*.test.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const number = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
      const passed = number('passing');
      resolve({ passed, failed: Math.max(number('failing'), Number(code !== 0 || passed === 0)) });
    });
  });
}
