// npm run bench: figures, not pass or fail. Activation against an empty extension on one server in one run, sizes, list times.
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserArguments } from './browser.mjs';
import { main, npm, root, run, say } from './processes.mjs';
import { startServer, windowAddress } from './server.mjs';
import { ensureBrowser, ensureDependencies, ensureVSCode } from './setup.mjs';

const ROUNDS = 7;

await main(async () => {
  await ensureDependencies();
  await npm(['run', '-s', 'package'], { quiet: true });
  await run(process.execPath, ['esbuild.mjs', '--tests'], { quiet: true });
  const pages = (await readdir(path.join(root, 'dist', 'webview'))).filter((file) => file.endsWith('.js'));
  for (const file of ['extension.js', 'demo.js', ...pages.map((page) => `webview/${page}`), 'isc-identities.vsix']) {
    row(`size of ${file}`, (await stat(path.join(root, 'dist', file))).size / 1000, 'kB');
  }
  await activation();
  for (const file of ['tree', 'treeHost', 'find', 'panels', 'api', 'batch']) {
    await run(process.execPath, ['--expose-gc', '--import', 'tsx', `test/bench/${file}.bench.ts`]);
  }
});

/** A fresh page is a fresh extension host: each round times one activation of each extension, in turns. */
async function activation() {
  const { chromium } = await import('playwright-core');
  const folder = await ensureVSCode();
  const executablePath = await ensureBrowser();
  const data = await mkdtemp(path.join(tmpdir(), 'isc-identities-bench-'));
  const empty = await emptyExtension(path.join(data, 'empty'));
  const subjects = { 'empty extension': empty, 'ISC Identities': root };
  const results = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  try {
    for (const [name, extension] of Object.entries(subjects)) {
      // One server each, because a server knows an extension under development by one path.
      const server = await startServer({ folder, data: path.join(data, name.replaceAll(' ', '-')) });
      try {
        for (let n = 0; n < ROUNDS; n++) results[name].push(await timed(browser, server, extension));
      } finally {
        await server.stop();
      }
    }
  } finally {
    await browser.close();
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
  for (const [name, rounds] of Object.entries(results)) {
    row(`activation of ${name}, median of ${ROUNDS}`, median(rounds.map(({ ms }) => ms)), 'ms');
    row(`heap after activation of ${name}`, median(rounds.map(({ heap }) => heap)), 'MB more');
  }
}

async function timed(browser, server, extension) {
  const page = await browser.newPage();
  try {
    let measured;
    await page.exposeFunction('codeAutomationLog', (_type, args) => {
      const found = /^activation (\{.*\})$/.exec(String(args[0]));
      if (found) measured = JSON.parse(found[1]);
    });
    const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    const tests = path.join(root, 'out', 'test', 'host', 'activation.js');
    await page.goto(windowAddress(server, { extension, tests }));
    await ended;
    if (measured === undefined) throw new Error('The activation was not measured.');
    return measured;
  } finally {
    await page.close();
  }
}

async function emptyExtension(folder) {
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'empty',
    publisher: 'isc-identities',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: ['onCommand:empty.none'],
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), 'exports.activate = () => {};');
  return folder;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function row(name, value, unit) {
  say(`${name.padEnd(52)} ${value.toFixed(1).padStart(8)} ${unit}`);
}
