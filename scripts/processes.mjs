// Running other programs: what every script here needs, with Node's own modules only.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const cache = path.join(root, '.vscode-test');

/** Writes one line to standard output. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** How long something took since `started` (milliseconds since 1970). */
export function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

/**
 * Runs a program to its end. With `quiet` its output is kept back and shown only in the error.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, quiet?: boolean, timeout?: number }} [options]
 * @returns {Promise<string>} what it printed (quiet only); rejects when it cannot start, fails or takes longer than `timeout` ms
 */
export function run(command, args, options = {}) {
  const { cwd = root, env, quiet = false, timeout } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      ...(timeout === undefined ? {} : { timeout, killSignal: 'SIGKILL' }),
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) {
        resolve(output);
        return;
      }
      const how = signal === null ? `exit code ${code}` : `stopped by ${signal}`;
      const lastLines = output.trim().split('\n').slice(-15).join('\n');
      reject(new Error(`${[command, ...args].join(' ')}: ${how}.${lastLines === '' ? '' : `\n${lastLines}`}`));
    });
  });
}

/** Runs npm (the one that started this script, when there is one: on Windows `npm` itself is not a program). */
export function npm(args, options) {
  const own = process.env['npm_execpath'];
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args], options);
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options);
  return run('npm', args, options);
}

/** The full path of a program on the PATH, or undefined. */
export function onPath(...names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const name of names) {
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        if (isExecutable(file)) return file;
      }
    }
  }
  return undefined;
}

/** Whether the file is there and may be run. */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a script's main function; a failure is its message (and its causes') on standard error and exit code 1. */
export async function main(action) {
  try {
    await action();
  } catch (error) {
    for (let problem = error; problem !== undefined; problem = problem.cause) {
      process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
    }
    process.exitCode = 1;
  }
}
