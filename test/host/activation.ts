import * as vscode from 'vscode';

/** Run by the bench instead of the tests: times the activation of the one extension of this publisher. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.all.find(({ id }) => id.startsWith('isc-identities.'));
  if (!extension) throw new Error('The extension to measure is not there.');
  const before = process.memoryUsage().heapUsed;
  const from = performance.now();
  await extension.activate();
  const ms = performance.now() - from;
  const heap = (process.memoryUsage().heapUsed - before) / 1e6;
  console.log(`activation ${JSON.stringify({ ms, heap })}`);
}
