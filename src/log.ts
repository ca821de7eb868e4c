import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiLog } from './api/client';

/** Lines kept for the support bundle. */
const KEPT = 200;

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
      kept.push(`${new Date().toISOString()} [${severity}] ${message}`);
      if (kept.length > KEPT) kept.shift();
      channel[severity](message);
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
