/** A tenant whose identities are whoever a test wants, with ids and aliases that the demo tenant gives nobody. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { evaluate, parseFilter } from '../../../../src/demo/query/filter';

export interface AnyPerson {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  readonly emailAddress: string | null;
}

export interface AnyTenant {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  people: readonly AnyPerson[];
  /** How many more are counted than are listed where all are asked for. */
  uncounted: number;
  /** The last of all is left out where all are asked for. */
  isShort: boolean;
  /** Filters of the requests so far; an empty one asks for everybody. */
  readonly filters: string[];
  close(): Promise<void>;
}

const FIELDS = { id: ['eq', 'in'], alias: ['eq'], email: ['eq'], name: ['eq'] };

export async function startAnyTenant(): Promise<AnyTenant> {
  const server = createServer((request, response) => {
    request.resume();
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const json = (body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    if (pathname === '/oauth/token') {
      json({ access_token: 'a.b.c', token_type: 'bearer', expires_in: 749 });
      return;
    }
    const text = searchParams.get('filters') ?? '';
    tenant.filters.push(text);
    const filter = text === '' ? undefined : parseFilter(text, FIELDS);
    const sorted = [...tenant.people].sort((a, b) => (a.name + a.alias < b.name + b.alias ? -1 : 1));
    const matching = sorted.filter(
      (person) =>
        !filter ||
        evaluate(filter, (field) => (field === 'email' ? person.emailAddress : person[field as keyof AnyPerson])),
    );
    const offset = Number(searchParams.get('offset') ?? 0);
    const listed = !filter && tenant.isShort ? matching.slice(0, -1) : matching;
    const total = matching.length + (filter ? 0 : tenant.uncounted);
    json(listed.slice(offset, offset + Number(searchParams.get('limit') ?? 250)), { 'X-Total-Count': String(total) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tenant: AnyTenant = {
    baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    clientId: 'a',
    clientSecret: 'b',
    people: [],
    uncounted: 0,
    isShort: false,
    filters: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return tenant;
}
