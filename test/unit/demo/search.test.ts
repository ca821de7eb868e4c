import assert from 'node:assert/strict';
import type { IdentityDocument } from '../../../src/api/search';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { asking, type Ask, type Got } from './asking';

describe('demo: search', () => {
  let demo: DemoTenant;
  let ask: Ask;

  before(async () => {
    demo = await startDemo({ rateLimit: Infinity });
    ask = asking(demo);
  });
  after(() => demo.close());

  const post = (query: unknown, more: object = {}, params: Record<string, string> = {}): Promise<Got> =>
    ask('POST', '/search', { body: { indices: ['identities'], query: { query }, ...more }, query: params });
  const names = async (query: string): Promise<string[]> =>
    ((await post(query, { sort: ['displayName', 'id'] })).body as IdentityDocument[]).map(
      ({ displayName }) => displayName ?? '',
    );
  const total = async (query: string): Promise<number> =>
    Number((await ask('POST', '/search/count', { body: { query: { query } } })).headers.get('x-total-count'));

  for (const query of [
    'displayName:winterbourne',
    'lastName:WINTERBOURNE',
    'firstName:ada AND lastName:winter*',
    'name:ada.winterbourne',
    'displayName:"ada winterbourne"',
    'firstName:ada AND lastName:winterb?urne',
    'ada.winterbourne@example.com',
    'email:ada.winterbourne@example.com',
    'employeeNumber:100001',
    '100001',
    'displayName:(ada OR nobody) AND NOT status:locked',
    'displayName:(ada -achterberg)',
    'attributes.uid:ada.winterbourne',
    'displayName:(ada AND winterbourne)',
    'displayName:+ada',
  ]) {
    it(`finds one person by ${query}`, async () => {
      const found = await names(query.includes('-') ? `(${query.replace(' -', ' AND NOT ')})` : query);
      assert.deepEqual(found, ['Ada Winterbourne']);
    });
  }

  it('puts words side by side with OR, and folds accents', async () => {
    const both = await names('displayName:(winterbourne koskivaara)');
    assert.deepEqual(both, ['Aada Koskivaara', 'Ada Winterbourne']);
    assert.deepEqual(await names('gunther'), await names('Günther'));
  });

  it('looks for a word without a field in every field: department, manager and the names of what people have', async () => {
    const inSales = await total('attributes.department:Sales');
    assert.ok(inSales > 100 && (await total('Sales')) >= inSales);
    const reports = await names('manager.displayName:"Ada Winterbourne"');
    assert.deepEqual((await names('"Ada Winterbourne"')).sort(), [...reports, 'Ada Winterbourne'].sort());
    const [ada] = (await post('displayName:"Ada Winterbourne"')).body as IdentityDocument[];
    for (const { name } of ada?.access ?? []) {
      assert.deepEqual(
        await names(`"${name ?? ''}" AND displayName:"Ada Winterbourne"`),
        ['Ada Winterbourne'],
        String(name),
      );
    }
    assert.ok((ada?.access ?? []).length > 2);
  });

  it('counts what it finds, and knows its own fields', async () => {
    assert.equal(await total('*'), 2_000);
    const parts = [await total('status:ACTIVE'), await total('NOT status:ACTIVE')];
    assert.equal((parts[0] ?? 0) + (parts[1] ?? 0), 2_000);
    assert.equal(await total('_exists_:employeeNumber'), 2_000);
    assert.equal(await total('identityStatus:ACTIVE'), 0);
    assert.ok((await total('attributes.department:"Information Security"')) > 10);
    assert.ok((await total('manager.displayName:"Ada Winterbourne"')) === 8);
    assert.ok((await total('protected:true')) < 20);
  });

  it('looks through the things inside a document one by one', async () => {
    const [ada] = (await post('displayName:"Ada Winterbourne"')).body as IdentityDocument[];
    const access = ada?.access ?? [];
    const role = access.find(({ name }) => name === 'Austin Office');
    assert.ok(role);
    const having = await names(`@access(id:${role.id})`);
    assert.ok(having.includes('Ada Winterbourne') && having.length < 500, String(having.length));
    assert.deepEqual(await names('@access(type:ROLE AND name:"Austin Office")'), having);
    assert.ok((await total('@access(type:ENTITLEMENT AND source.name:Snowflake)')) > 20);
    assert.equal(await total('@access(name:"Austin Office" AND source.name:Snowflake)'), 0);
    assert.ok((await total('@accounts(source.name:"Active Directory")')) > 1_900);
    assert.equal(await total('@nothing(id:1)'), 0);
  });

  it('finds names with a hyphen by their beginning', async () => {
    assert.equal(await total('displayName:bennett-c*'), await total('displayName:"Bennett-Cole"'));
    assert.ok((await total('displayName:*-cole')) > 0);
  });

  it('finds words that are spelled like one, by up to two edits or as many as are said', async () => {
    for (const [query, count] of [
      ['lastName:winterborne~', 1],
      ['lastName:winterborne~1', 1],
      ['lastName:winterborne', 0],
      ['lastName:winterborne~0', 0],
      // Two edits: one is too few, and more than two are taken for two.
      ['lastName:wintrborne~1', 0],
      ['lastName:wintrborne~2', 1],
      ['lastName:wintrborne~', 1],
      ['lastName:wintrborn~9', 0],
      // Neighbours that change places are one edit.
      ['lastName:witnerbourne~1', 1],
      ['lastName:WINTERBÖRNE~1', 1],
      ['displayName:winterborne~1', 1],
      ['displayName:(ada AND winterborne~1)', 1],
      ['firstName:ada AND lastName:winterborne~', 1],
      // A pattern is none the looser for it.
      ['lastName:winterb*~', 1],
      ['lastName:winterborn*~', 0],
      // A word is not taken apart, and an escaped mark is no mark.
      ['lastName:winter\\~bourne', 0],
      ['lastName:winterborne\\~', 0],
      ['lastName:~', 0],
    ] as const) {
      assert.equal((await names(query)).filter((name) => name === 'Ada Winterbourne').length, count, query);
    }
    const similar = await names('lastName:winterborne~1');
    assert.ok(similar.length < 20, similar.join());
  });

  it('answers many stars before a test gives up', async () => {
    assert.ok((await total('*a*e*')) > 100);
    assert.equal(await total('*a*e*zzz'), 0);
    assert.equal(await total('ada*'), await total('ada****'));
    assert.equal(await total(`${'*'.repeat(40)}zzz`), 0);
    assert.equal(await total(`${'*a'.repeat(40)}*`), 0);
    assert.equal(await total(`${'*?'.repeat(20)}*zzz`), 0);
  });

  it('goes past any page with searchAfter, each row once', async () => {
    const seen: string[] = [];
    for (const sort of [['id'], ['-displayName', 'id']]) {
      seen.length = 0;
      let searchAfter: string[] | undefined;
      for (;;) {
        const { body } = await post(
          '*',
          { sort, includeNested: false, ...(searchAfter && { searchAfter }) },
          { limit: '700' },
        );
        const rows = body as IdentityDocument[];
        seen.push(...rows.map(({ id }) => id));
        const last = rows.at(-1);
        if (!last) break;
        searchAfter = sort.map((field) => (field === 'id' ? last.id : (last.displayName ?? '')));
      }
      assert.equal(seen.length, 2_000);
      assert.equal(new Set(seen).size, 2_000);
    }
  });

  it('returns the fields asked for, with or without nested ones', async () => {
    const query = 'displayName:"Ada Winterbourne"';
    const read = async (more: object): Promise<string[]> =>
      Object.keys(((await post(query, more)).body as object[])[0] ?? {});
    assert.ok((await read({})).includes('accounts'));
    assert.ok(!(await read({ includeNested: false })).includes('accounts'));
    const few = await read({ queryResultFilter: { includes: ['email', 'attributes.department'] } });
    assert.deepEqual(few, ['id', 'name', '_type', 'type', '_version', 'email', 'attributes']);
  });

  it('answers people only when people are searched', async () => {
    assert.deepEqual((await post('*', { indices: ['roles'] })).body, []);
  });

  for (const [what, query, more, params] of [
    ['an unclosed phrase', '"ada', {}, {}],
    ['an unclosed bracket', '(ada', {}, {}],
    ['a closing bracket', 'ada)', {}, {}],
    ['an operator alone', 'AND', {}, {}],
    ['an operator at the end', 'ada AND', {}, {}],
    ['an empty query', '', {}, {}],
    ['no query', undefined, {}, {}],
    ['a depth bomb', `${'('.repeat(99)}a${')'.repeat(99)}`, {}, {}],
    ['a window past 10,000', '*', {}, { limit: '250', offset: '9900' }],
    ['a limit past 10,000', '*', {}, { limit: '10001' }],
    ['too few searchAfter values', '*', { sort: ['displayName', 'id'], searchAfter: ['x'] }, {}],
    ['a sort that is no list', '*', { sort: 'id' }, {}],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.equal((await post(query, more, params)).status, 400);
    });
  }
});
