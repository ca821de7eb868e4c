import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Called inside the extension host, by VS Code's `extensionTestsPath`: runs every `*.test.js` beside it. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 20_000, color: false, forbidOnly: true, forbidPending: true });
  // One file of them, for a long run.
  const only = process.env['HOST_TESTS'] ?? '';
  for (const file of readdirSync(__dirname)) {
    if (file.startsWith(only) && file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} host tests failed`);
}
