import { setTimeout as wait } from 'node:timers/promises';
import { statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';

/** For how long stalls are looked for from the beginning of the activation on, milliseconds. */
const WATCHED_MS = 1_000;
/** A host is calm once nothing held it up for so many milliseconds within so many others. */
const CALM_STALL_MS = 20;
const CALM_MS = 500;
/** Needs nothing, asks nothing, sends nothing: what is timed is the loading of what commands need. */
const HARMLESS = 'iscIdentities.hideFinished';

/** Run by the bench instead of the tests: measures the activation of the extension that the environment names. */
export async function run(): Promise<void> {
  const { id } = JSON.parse(process.env['ISC_IDENTITIES_BENCH'] ?? '{}') as { id?: string };
  const extension = id === undefined ? undefined : vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`The extension to measure is not there: ${String(id)}`);
  if (extension.isActive) throw new Error(`${extension.id} was active before it could be measured`);
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  await untilCalm();
  collect();
  const before = process.memoryUsage().heapUsed;
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  // It tells of a stall only once its timer has run.
  await wait(50);
  stalls.reset();
  const cpu = process.cpuUsage();
  const from = performance.now();
  await extension.activate();
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  const loaded = Object.keys(require.cache).filter((file) => file.startsWith(extension.extensionPath));
  await wait(WATCHED_MS - ms);
  stalls.disable();
  collect();
  const heapMB = (process.memoryUsage().heapUsed - before) / 1e6;
  const loadedKB = loaded.reduce((sum, file) => sum + statSync(file).size, 0) / 1000;
  const first = await timeFirstCommand();
  const figures = {
    ms,
    cpuMs: (user + system) / 1000,
    stallMs: stalls.max / 1e6,
    heapMB,
    loadedKB,
    files: loaded.length,
    ...first,
  };
  console.log(`activation ${JSON.stringify(figures)}`);
}

/** VS Code's own extensions start with the host: they are let through first, for a few seconds at most. */
async function untilCalm(): Promise<void> {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  for (let n = 0; n < 20; n++) {
    stalls.reset();
    await wait(CALM_MS);
    if (stalls.max < CALM_STALL_MS * 1e6) break;
  }
  stalls.disable();
}

async function timeFirstCommand(): Promise<{ firstCommandMs?: number }> {
  const known = await vscode.commands.getCommands(true);
  if (!known.includes(HARMLESS)) return {};
  const from = performance.now();
  await vscode.commands.executeCommand(HARMLESS);
  return { firstCommandMs: performance.now() - from };
}
