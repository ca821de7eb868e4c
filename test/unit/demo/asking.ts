import type { Grant } from '../../../src/demo/http/auth';
import { pathIn, type DemoVersion } from '../../../src/demo/http/operations';
import type { DemoTenant } from '../../../src/demo/server';

interface Asked {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly version?: DemoVersion;
  readonly grant?: Grant;
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Asks the demo tenant as a plain HTTP client would; paths are v2024's. */
export type Ask = (method: string, path: string, asked?: Asked) => Promise<Got>;

/** One token for all calls without a grant of their own. */
export function asking(demo: DemoTenant): Ask {
  const token = demo.accessToken({ expiresIn: 86_400 });
  return async (method, path, { query = {}, body, headers = {}, version = 'v2024', grant } = {}) => {
    const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const response = await fetch(`${demo.baseUrl}${pathIn(version, path)}?${pairs.join('&')}`, {
      method,
      redirect: 'manual',
      headers: {
        Authorization: `Bearer ${grant ? demo.accessToken(grant) : token}`,
        'X-SailPoint-Experimental': 'true',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : parsed(text) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A field of an object, or of an object in it: `field(body, 'causes', 0, 'text')`. */
export function field(value: unknown, ...names: (string | number)[]): unknown {
  return names.reduce<unknown>((at, name) => (at as Record<string | number, unknown> | undefined)?.[name], value);
}

/** The first reason of an ErrorResponseDto. */
export function cause(got: Got): unknown {
  return field(got.body, 'causes', 0, 'text');
}
