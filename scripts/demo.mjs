// Runs the demo tenant alone until it is interrupted. Flags: --port, --identities, --seed, --json.
import { parseArgs } from 'node:util';
import { main, root, run, say } from './processes.mjs';
import { ensureDependencies } from './setup.mjs';

/** What each number may be. */
const numbers = {
  port: { least: 0, most: 65_535, usual: 0 },
  identities: { least: 0, most: 1_000_000, usual: 2_000 },
  seed: { least: 0, most: 4_294_967_295, usual: 1 },
};

/** @returns {{ port: number, identities: number, seed: number, json: boolean }}; throws one sentence. */
function readFlags() {
  const strings = Object.fromEntries(Object.keys(numbers).map((name) => [name, { type: 'string' }]));
  let values;
  try {
    ({ values } = parseArgs({ options: { ...strings, json: { type: 'boolean', default: false } } }));
  } catch (error) {
    const wrong = /'([^' ]+)/.exec(error.message)?.[1] ?? 'an argument';
    const sentence = `"${wrong}" is not understood: use --port, --identities, --seed (each with a number) and --json.`;
    throw new Error(sentence, { cause: error });
  }
  for (const [name, { least, most, usual }] of Object.entries(numbers)) {
    const text = values[name] ?? String(usual);
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new Error(`--${name} needs a whole number from ${least} to ${most}, not "${text}".`);
    }
    values[name] = number;
  }
  return values;
}

/** With --json nothing but the one line may reach standard output, so npm's words are kept back. */
async function prepare(json) {
  if (!json) return ensureDependencies();
  const script = "import { ensureDependencies } from './scripts/setup.mjs'; await ensureDependencies();";
  return run(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, quiet: true });
}

async function start({ json, ...options }) {
  await prepare(json);
  const { tsImport } = await import('tsx/esm/api');
  const { startDemo } = await tsImport('../src/demo/server.ts', import.meta.url);
  let demo;
  try {
    demo = await startDemo(options);
  } catch (error) {
    throw error.code === 'EADDRINUSE' ? new Error(`Port ${options.port} is in use: choose another --port.`) : error;
  }
  const { baseUrl, clientId, clientSecret } = demo;
  if (json) {
    say(JSON.stringify({ baseUrl, clientId, clientSecret }));
  } else {
    say(`Demo tenant with ${options.identities} identities (seed ${options.seed}); Ctrl+C stops it.`);
    say(`Base URL:      ${baseUrl}`);
    say(`Client id:     ${clientId}`);
    say(`Client secret: ${clientSecret}`);
  }
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  await demo.close();
}

let flags;
try {
  flags = readFlags();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
if (flags) await main(() => start(flags));
