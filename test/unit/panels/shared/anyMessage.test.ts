import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { batchParams, parseBatchKeys } from '../../../../src/panels/batch/protocol';
import { compareParams, parseCompareKeys } from '../../../../src/panels/compare/protocol';
import { parseAction } from '../../../../src/panels/identity/actions';
import { identityParams, parseIdentityKeys } from '../../../../src/panels/identity/protocol';
import { parseWhyKeys, whyParams } from '../../../../src/panels/roleAssignment/protocol';
import { parsePageMessage } from '../../../../src/panels/shared/protocol';

type Parser = (value: unknown) => unknown;

const parsers: Readonly<Record<string, Parser>> = {
  parsePageMessage,
  parseAction,
  parseBatchKeys,
  parseCompareKeys,
  parseIdentityKeys,
  parseWhyKeys,
  ...named('batch', batchParams),
  ...named('compare', compareParams),
  ...named('identity', identityParams),
  ...named('why', whyParams),
};

function named(panel: string, table: Readonly<Record<string, Parser>>): Record<string, Parser> {
  return Object.fromEntries(Object.entries(table).map(([name, parser]) => [`${panel}.${name}`, parser]));
}

/** Near what pages send, so that some of it fits. */
const message = fc.oneof(
  fc.jsonValue(),
  fc.record(
    Object.fromEntries(
      ['id', 'name', 'kind', 'params', 'text', 'action', 'offset', 'limit', 'rows', 'roles', 'excluded', 'shown'].map(
        (field) => [field, fc.oneof(fc.jsonValue(), fc.constantFrom('all', 'run', 'showLog', 'request', true, 1))],
      ),
    ),
    { requiredKeys: [] },
  ),
);

describe('whatever a page sends', () => {
  for (const [name, parse] of Object.entries(parsers)) {
    it(`is read by ${name} as what the protocol allows, or refused`, () => {
      fc.assert(
        fc.property(message, (value) => {
          const read = parse(value);
          if (read !== undefined) assert.deepEqual(parse(read), read);
        }),
      );
    });
  }
});
