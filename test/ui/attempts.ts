// What the processes of a VS Code Server tried to reach, read from what strace wrote about them, and what its windows asked for.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { say } from '../../scripts/processes.mjs';

export interface Attempt {
  readonly by: 'extension host' | 'another process';
  /** `address:port`. */
  readonly to: string;
}

/** What VS Code's own pages ask for: its gallery, and files of webviews, which it answers itself. */
const OF_VSCODE = /(^|\.)open-vsx\.org$|\.vscode-resource\.vscode-cdn\.net$/;

/** This machine, where the tenants of tests are; but nobody is asked for names, on whichever machine. */
const ALLOWED = /^(127\.[\d.]+|::1):(?!53$)/;

/** Writes down what a server, its extension hosts and its windows try to reach. */
export class Watch {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'isc-identities-watch-'));
  private readonly file = path.join(this.folder, 'calls');
  private readonly asked = new Set<string>();

  /** Runs the server: strace, with an eye on connections, and on who started whom. */
  get under(): readonly string[] {
    const calls = 'connect,sendto,sendmsg,sendmmsg,execve,clone,clone3,fork,vfork';
    return ['strace', '-f', '-qq', '--seccomp-bpf', '-s', '256', '-e', `trace=${calls}`, '-o', this.file];
  }

  look(context: BrowserContext): void {
    context.on('request', (request) => this.asked.add(request.url()));
    for (const page of context.pages()) page.on('websocket', (socket) => this.asked.add(socket.url()));
  }

  /**
   * To be called when all have ended.
   * @returns what the extension host, or a page, tried to reach beside this machine and what VS Code's pages are known to ask for
   */
  conclude(): string[] {
    const attempts = attemptsIn(readFileSync(this.file, 'utf8'));
    rmSync(this.folder, { recursive: true, force: true });
    const hosts = new Set([...this.asked].filter((url) => /^(http|ws)/.test(url)).map((url) => new URL(url).hostname));
    hosts.delete('127.0.0.1');
    const own = attempts.filter(({ by }) => by === 'extension host');
    const elsewhere = own.filter(({ to }) => !ALLOWED.test(to));
    const others = new Set(
      attempts.filter(({ by, to }) => by !== 'extension host' && !ALLOWED.test(to)).map(({ to }) => to),
    );
    say(
      `    tried to reach: extension host ${String(own.length - elsewhere.length)} times this machine, ` +
        `${String(elsewhere.length)} times another; VS Code's server ${[...others].join(', ') || 'no other'}; ` +
        `VS Code's pages ${[...hosts].join(', ') || 'no other'}`,
    );
    return [...new Set([...elsewhere.map(({ to }) => to), ...[...hosts].filter((host) => !OF_VSCODE.test(host))])];
  }
}

/**
 * Every attempt to reach an address, in its order, whether it succeeded or not: connections (TCP), datagrams (UDP, and with them every
 * question for a name). Sockets of this machine's own file system are none.
 * @param trace lines that begin with the number of the process or thread that made the call
 */
export function attemptsIn(trace: string): readonly Attempt[] {
  const calls = trace.split('\n').map((line) => /^(\d+) +(.*)/.exec(line)?.slice(1) ?? []);
  const hosts = extensionHosts(calls);
  return calls.flatMap(([id = '', call = '']): Attempt[] => {
    const to = addressIn(call);
    return to === undefined ? [] : [{ by: hosts.has(id) ? 'extension host' : 'another process', to }];
  });
}

/** Processes and threads that are an extension host, or were started by one. */
function extensionHosts(calls: readonly string[][]): ReadonlySet<string> {
  const hosts = new Set<string>();
  const children = new Map<string, string[]>();
  for (const [id = '', call = ''] of calls) {
    if (/^execve\(.*"--type=extensionHost"/.test(call)) hosts.add(id);
    const child = /^(?:<\.\.\. )?(?:clone3?|v?fork)\b.*= (\d+)$/.exec(call)?.[1];
    if (child !== undefined) children.set(id, [...(children.get(id) ?? []), child]);
  }
  // A set that grows is walked to its new end.
  for (const host of hosts) for (const child of children.get(host) ?? []) hosts.add(child);
  return hosts;
}

function addressIn(call: string): string | undefined {
  const port = /sin6?_port=htons\((\d+)\)/.exec(call)?.[1];
  const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(call);
  return port === undefined || address === null ? undefined : `${address[1] ?? address[2] ?? ''}:${port}`;
}
