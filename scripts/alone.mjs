// Running a program where nothing but this machine can be reached, and writing down what it tries to reach: Linux only.
import { onPath, run, say } from './processes.mjs';

/** What that takes, and the Debian packages it is in. */
const PROGRAMS = { unshare: 'util-linux', ip: 'iproute2', strace: 'strace' };

/**
 * Fetches what a program needs to run alone.
 * @returns {Promise<string | undefined>} why it cannot run alone here, in a few words; undefined when it can
 */
export async function whyNotAlone() {
  if (process.platform !== 'linux') return 'only Linux can';
  const missing = () => Object.keys(PROGRAMS).filter((program) => onPath(program) === undefined);
  if (missing().length > 0 && process.getuid() === 0 && onPath('apt-get') !== undefined) {
    const packages = missing().map((program) => PROGRAMS[program]);
    say(`Installing ${packages.join(', ')}...`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { quiet: true, env }).catch(() => undefined);
    await run('apt-get', ['install', '-y', ...packages], { quiet: true, env }).catch(() => undefined);
  }
  if (missing().length > 0) return `${missing().join(' and ')} is missing`;
  try {
    const [program, ...args] = alone(['strace', '-f', '-qq', '-o', '/dev/null', 'true']);
    await run(program, args, { quiet: true });
    return undefined;
  } catch {
    return 'the kernel does not let this user make a network of its own, or watch a program';
  }
}

/** A command that runs another one in a network of its own, in which there is only 127.0.0.1 and ::1. */
export function alone(command) {
  // Who is not root is so inside only.
  const unshare = process.getuid?.() === 0 ? ['unshare', '-n'] : ['unshare', '-rn'];
  return [...unshare, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command];
}
