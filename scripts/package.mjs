// npm run package: the VSIX. The same commit gives the same bytes, in whichever folder and at whatever time it is built.
import { execFileSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { root, run } from './processes.mjs';

/** Without a history the files get the earliest time a ZIP file can hold, seconds since 1970. */
const EARLIEST_SECONDS = 315_532_800;

const vsce = (...args) => [path.join('node_modules', '@vscode', 'vsce', 'vsce'), ...args, '--no-dependencies'];

// Who may read a file on the machine that builds is no business of those who install.
process.umask(0o022);
for (const file of shippedFiles()) await chmod(path.join(root, file), 0o644);
await run(process.execPath, vsce('package', '--out', path.join('dist', 'isc-identities.vsix')), {
  env: { SOURCE_DATE_EPOCH: process.env['SOURCE_DATE_EPOCH'] ?? (await committedAt()) },
});

function shippedFiles() {
  const list = execFileSync(process.execPath, vsce('ls'), {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return list.trim().split('\n');
}

/** When the commit was made, seconds since 1970: vsce gives all files that time. */
async function committedAt() {
  try {
    return (await run('git', ['log', '-1', '--format=%ct'], { quiet: true })).trim();
  } catch {
    return String(EARLIEST_SECONDS);
  }
}
