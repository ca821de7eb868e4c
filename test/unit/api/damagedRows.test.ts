import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseIdentity } from '../../../src/api/identities';
import { parseAssociations } from '../../../src/api/ownership';
import { parseOAuthInfo } from '../../../src/api/reference';
import { parseTaskResult, parseTaskStatus } from '../../../src/api/tasks';

const parsers = { parseIdentity, parseTaskStatus, parseTaskResult, parseAssociations, parseOAuthInfo };

const identity = {
  id: '2c91',
  name: 'Ada Lovelace',
  created: '2020-01-01T00:00:00Z',
  lastRefresh: null,
  alias: 'ada',
  emailAddress: 'ada@acme.com',
  processingState: 'ERROR',
  identityStatus: 'A_STATUS_OF_TOMORROW',
  managerRef: { type: 'IDENTITY', id: '7', name: 'Grace Hopper' },
  isManager: true,
  attributes: { department: 'Engines', constructor: 'Babbage' },
  lifecycleState: { stateName: 'active', manuallyUpdated: false },
  fieldOfTomorrow: [1, { two: 3 }],
};

describe('a damaged row of an answer', () => {
  for (const [name, parse] of Object.entries(parsers)) {
    it(`never makes ${name} throw`, () => {
      const near = fc.dictionary(
        fc.constantFrom('id', 'name', 'messages', 'target', 'managerRef', 'lifecycleState', 'associationDetails'),
        fc.jsonValue(),
      );
      fc.assert(
        fc.property(fc.oneof(fc.jsonValue(), near), (json) => {
          parse(json);
        }),
      );
    });
  }

  it('loses the damaged field only, and holds no value that the service did not send', () => {
    assert.deepEqual(parseIdentity(identity), identity);
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(identity) as (keyof typeof identity)[])),
        fc.jsonValue(),
        (field, wrong) => {
          const sent = JSON.parse(JSON.stringify({ ...identity, [field]: wrong })) as typeof identity;
          const read = parseIdentity(sent) as Readonly<Record<string, unknown>> | undefined;
          if (read === undefined) return assert.equal(field, 'id');
          for (const [other, value] of Object.entries(identity))
            if (other !== field) assert.deepEqual(read[other], value);
          const fallbacks: Readonly<Record<string, unknown>> = {
            name: identity.alias,
            managerRef: null,
            lifecycleState: null,
          };
          const unknown = [undefined, fallbacks[field]];
          const fits = field === 'id' ? String(sent[field]) : sent[field];
          if (field !== 'managerRef' && field !== 'lifecycleState') {
            assert.ok(
              [fits, ...unknown].some((value) => JSON.stringify(value) === JSON.stringify(read[field])),
              field,
            );
          }
        },
      ),
    );
  });
});
