import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiLog } from './api/client';
import { plain } from './text/plain';

/** Lines kept for the support bundle. */
const KEPT = 200;
/** Characters of a line: a stack of this extension has fewer. */
const LONGEST = 4_000;

export interface Log extends ApiLog, vscode.Disposable {
  show(): void;
  /** False where this VS Code keeps nothing of what is written to the channel: some servers come without its logger. */
  isKept(): boolean;
  /** The last lines, oldest first, of every level. */
  lines(): readonly string[];
}

/**
 * The output channel, with its last lines remembered: a channel cannot be read back.
 *
 * @param folder where VS Code keeps the files of this extension's channels
 */
export function createLog(name: string, folder: string): Log {
  const channel = vscode.window.createOutputChannel(name, { log: true });
  const kept: string[] = [];
  const level =
    (severity: 'trace' | 'debug' | 'info' | 'warn' | 'error') =>
    (message: string): void => {
      // One line a record, whoever wrote what is in it: nothing may look like a record of its own.
      const line = plain(message, LONGEST);
      kept.push(`${new Date().toISOString()} [${severity}] ${line}`);
      if (kept.length > KEPT) kept.shift();
      channel[severity](line);
    };
  return {
    trace: level('trace'),
    debug: level('debug'),
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
    show: () => channel.show(),
    isKept: () => kept.length === 0 || existsSync(join(folder, `${name}.log`)),
    lines: () => [...kept],
    dispose: () => channel.dispose(),
  };
}
