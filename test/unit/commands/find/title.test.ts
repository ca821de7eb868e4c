import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Tenant } from '../../../../src/tenants/tenant';
import type { Answered } from '../../../../src/commands/find/searchTenant';
import { titleOf, titleOfHaving } from '../../../../src/commands/find/title';
import { planQuery, similarQuery } from '../../../../src/find/query';
import { plain } from '../../../../src/text/plain';

describe('The title of the box for finding', () => {
  const found = (text: string, count: number, rest: Partial<Answered> = {}): Answered => ({
    tenant: { id: 'a', name: 'Acme' } as Tenant,
    people: Array.from({ length: count }, (_, i) => ({ id: String(i), name: `N${i}` })),
    hasMore: false,
    total: rest.hasMore ? undefined : count,
    rows: { items: [], next: undefined },
    used: planQuery(text).primary,
    notices: [],
    ...rest,
  });
  const title = (text: string, ...answers: Answered[]) => titleOf(plain('Find'), answers, text);
  const id = '0123456789abcdef0123456789abcdef';

  for (const [text, asked] of [
    ['Ada', 'names, aliases and emails that start with "Ada"'],
    ['ada@acme', 'emails and aliases that start with "ada@acme"'],
    [id, `the identity with ID ${id}`],
    ['*berg', 'search for "*berg" in names, emails, departments, titles and locations'],
    ['attributes.city:Austin', 'search: attributes.city:Austin'],
    ['cloudStatus eq "LOCKED"', 'filter: status is LOCKED'],
  ] as const) {
    it(`says in words what ${text} asks`, () => {
      assert.equal(title(text, found(text, 2)), `Find · 2 identities · ${asked}`);
    });
  }

  it('says the words of a query that were asked for in place of Search', () => {
    const used = planQuery('Ada').primary;
    const notices = [{ label: plain('Search is unavailable'), detail: plain('') }];
    assert.equal(
      title('name:"Ada"', found('', 1, { used, notices })),
      'Find · names, aliases and emails that start with "Ada"',
    );
  });

  it('adds up tenants, and says when there are more than are shown', () => {
    assert.match(title('Ada', found('Ada', 1), found('Ada', 0)), /^Find · 1 identity · /);
    assert.match(title('Ada', found('Ada', 0)), /^Find · 0 identities · /);
    assert.match(
      title('Ada', found('Ada', 50, { hasMore: true }), found('Ada', 1)),
      /^Find · more than 51 identities · /,
    );
  });

  it('says the number of all once each tenant has said it', () => {
    assert.match(
      title('Ada', found('Ada', 50, { hasMore: true, total: 164 }), found('Ada', 1)),
      /^Find · 165 identities · /,
    );
    const some = found('Ada', 50, { hasMore: true, total: 164 });
    const more = found('Ada', 50, { hasMore: true });
    assert.match(title('Ada', some, more), /^Find · more than 100 identities · /);
  });

  it('says that words were searched for as they might be spelled', () => {
    const used = similarQuery('Winterborne');
    assert.equal(
      title('Winterborne', found('Winterborne', 1, { used })),
      'Find · 1 identity · spelled like "Winterborne" in names, emails, departments, titles and locations',
    );
  });

  it('calls those who have a role by its name, and says how many', () => {
    const having = (text: string, ...answers: Answered[]) => titleOfHaving('Travel Booker', answers, text);
    assert.equal(having('', found('', 12)), 'Identities with Travel Booker (12)');
    assert.equal(having('', found('', 50, { hasMore: true })), 'Identities with Travel Booker (more than 50)');
    assert.equal(having('ada', found('', 1)), 'Identities with Travel Booker (1) · matching "ada"');
    const notices = [{ label: plain('Could not search Acme'), detail: plain('') }];
    assert.equal(having('', found('', 0, { notices })), 'Identities with Travel Booker');
  });

  it('counts nothing when a tenant failed, and says nothing when nothing was asked', () => {
    const notices = [{ label: plain('Could not search Acme'), detail: plain('') }];
    assert.match(title('Ada', found('Ada', 3), found('Ada', 0, { notices })), /^Find · names/);
    assert.equal(title('', found('', 3)), 'Find');
  });
});
