/** What tells one process from all others: on this machine, on others that share the folder, before and after a restart. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';
import type { Output } from '../../schema';

/** Empty texts: this system does not tell it. */
export const PROCESS_MARK = v.object({
  host: v.string(),
  /** Stays the same over restarts; Linux only. */
  machine: v.string(),
  /** Differs after every start of the machine; Linux only, as clocks elsewhere can be set. */
  boot: v.string(),
  /** Process ids mean something within it only: a container has its own. */
  space: v.string(),
  pid: v.pipe(v.number(), v.safeInteger()),
  /** When the process started, in the kernel's own count: a pid is used again, this pair is not. */
  started: v.string(),
});
export type ProcessMark = Output<typeof PROCESS_MARK>;

/** The mark of this process. */
export const THIS_PROCESS: ProcessMark = {
  host: hostname(),
  machine: textOf(() => readFileSync('/etc/machine-id', 'utf8').trim()),
  boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  space: textOf(() => readlinkSync('/proc/self/ns/pid')),
  pid: process.pid,
  started: statOf(process.pid).started,
};

/**
 * Whether another process still runs.
 *
 * @returns undefined when it cannot be known from here: another machine, another container, a pid that may be somebody else's
 */
export function isRunning(other: ProcessMark, here = THIS_PROCESS): boolean | undefined {
  if (other.host !== here.host || other.host === '') return undefined;
  if (other.boot !== here.boot || other.space !== here.space) return undefined;
  // Where the machine does not tell its start, an equal name is not proof of being the same machine.
  if (!exists(other.pid)) return here.boot === '' ? undefined : false;
  const { started, ended } = statOf(other.pid);
  if (ended) return false;
  if (started !== '' && other.started !== '') return started === other.started;
  return undefined;
}

/**
 * Whether a process ran before this machine was started again: then it is gone. Not quite sure by itself, as machines are
 * copied with their names.
 */
export function isOfEarlierStart(other: ProcessMark, here = THIS_PROCESS): boolean {
  const same = other.host === here.host && other.machine === here.machine && here.machine !== '';
  return same && other.boot !== '' && here.boot !== '' && other.boot !== here.boot;
}

/** True also for a process of somebody else. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Fields 3 and 22 of proc(5) stat. The name before them is in round brackets and may hold any character. */
function statOf(pid: number): { readonly started: string; readonly ended: boolean } {
  const stat = textOf(() => readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Z: it ended, and its parent has not asked how.
  return { started: fields[19] ?? '', ended: fields[0] === 'Z' || fields[0] === 'X' };
}

function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
