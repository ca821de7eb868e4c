// Runs test/host in desktop VS Code, the oldest one claimed and the newest, downloaded by @vscode/test-electron.
import path from 'node:path';
import { main, root, say } from './processes.mjs';
import { oldestVSCode } from './setup.mjs';

await main(async () => {
  const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
  for (const version of [oldestVSCode, 'stable']) {
    say(`VS Code ${version}`);
    let vscodeExecutablePath;
    try {
      vscodeExecutablePath = await downloadAndUnzipVSCode(version);
    } catch (error) {
      throw new Error(`VS Code ${version} could not be downloaded: these tests need update.code.visualstudio.com.`, {
        cause: error,
      });
    }
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'out', 'test', 'host', 'index.js'),
      launchArgs: ['--disable-extensions', '--disable-workspace-trust'],
    });
  }
});
