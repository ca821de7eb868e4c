/** What someone who means harm, or a faulty proxy, could answer in any place: the leaves of a true answer are replaced. */
import nodeFetch, { Response } from 'node-fetch';
import type { Fetch } from '../../../src/api/transport';

/** Runs of numbers that look random and are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const LINK = '[Sign in again](command:workbench.action.quit)';

const SMALL: readonly unknown[] = [
  '<script>document.title=1</script><img src=x onerror=alert(1)>',
  '</style></textarea><svg onload=alert(1)>',
  LINK,
  '$(error) Failed',
  '\u001b[31mred\u001b[0m\u0007\u0000',
  'one\r\n2026-01-01 [error] two\u2028three\u0085four',
  'invoice\u202egnp.exe\u2066',
  '\ud800 half a pair',
  '=HYPERLINK("http://evil.example")',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '',
  ' ',
  null,
  true,
  false,
  0,
  -1,
  1.5,
  { raw: '1e400' },
  { raw: '-1e400' },
  { raw: '9007199254740993' },
  { raw: '123456789012345678901234567890' },
  { raw: '1e-400' },
  { raw: '-0' },
  [],
  {},
  [[[[]]]],
  { raw: '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}' },
  { raw: '{"toString":null,"valueOf":1,"hasOwnProperty":"x","then":"now"}' },
  '9999-99-99T99:99:99Z',
  '-271821-04-20T00:00:00.000Z',
  '+275760-09-13T00:00:00.001Z',
];
const HUGE: readonly unknown[] = [
  'x'.repeat(1_000_000),
  '\u202e'.repeat(200_000),
  '<'.repeat(300_000),
  '[x](command:y)'.repeat(20_000),
  '\\"'.repeat(200_000),
  Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`attribute ${String(n)}`, n])),
  Array.from({ length: 10_000 }, (_, n) => n),
  Array.from({ length: 2_000 }, () => ({ id: LINK, name: LINK })),
];

const isRaw = (value: unknown): value is { readonly raw: string } =>
  typeof value === 'object' && value !== null && 'raw' in value && Object.keys(value).length === 1;

/** How much of an answer is replaced, and by what. */
export interface Malice {
  readonly seed: number;
  /** 0 to 1: of the leaves. */
  readonly share: number;
  /** Also a megabyte, and ten thousand of something. */
  readonly huge?: boolean;
}

/** The text of an answer with some of its leaves replaced; also the ends of it, now and then. */
export function hostileText(text: string, { seed, share, huge = false }: Malice): string {
  const random = randomOf(seed);
  const pool = huge ? [...SMALL, ...HUGE] : SMALL;
  const raws: string[] = [];
  const put = (): unknown => {
    const value = pool[Math.floor(random() * pool.length)];
    return isRaw(value) ? `@@${String(raws.push(value.raw) - 1)}@@` : value;
  };
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return random() < share / 20 ? put() : node.map(walk);
    if (typeof node !== 'object' || node === null) return random() < share ? put() : node;
    if (random() < share / 20) return put();
    const fields = Object.entries(node).map(([key, value]) => [
      random() < share / 20 ? `${LINK} ${key}` : key,
      walk(value),
    ]);
    return Object.fromEntries(fields) as unknown;
  };
  let changed: unknown;
  try {
    changed = walk(JSON.parse(text));
  } catch {
    changed = text;
  }
  const hostile = JSON.stringify(changed).replace(/"@@(\d+)@@"/g, (_, n: string) => raws[Number(n)] ?? '0');
  // Cut off somewhere, as by a proxy: with long numbers and open quotes before the end.
  return random() < 0.05 ? hostile.slice(0, Math.floor(random() * hostile.length)) : hostile;
}

/** Sends as usual, and replaces in what comes back; not in tokens, without which nothing would be asked at all. */
export function hostileFetch(malice: () => Malice | undefined): Fetch {
  let nth = 0;
  return async (url, init) => {
    const answer = await nodeFetch(url, init);
    const now = malice();
    if (!now || answer.url.includes('/oauth/token')) return answer;
    const text = hostileText(await answer.text(), { ...now, seed: now.seed + ++nth * 7919 });
    const headers = { 'content-type': 'application/json', 'x-total-count': answer.headers.get('x-total-count') ?? '' };
    return new Response(text, { status: answer.status, headers });
  };
}
