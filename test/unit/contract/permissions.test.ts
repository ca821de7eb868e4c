import assert from 'node:assert/strict';
import { OPERATIONS, type DemoOperation, type Operation } from '../../../src/demo/http/operations';
import { documentsFound, readDocument, SPEC_VERSIONS, type SpecVersion } from './documents';

/** Where the demo tenant follows an operation's description, which says more than its security entry does. */
const SAID_IN_WORDS: readonly string[] = ['listEntitlementsByIdentity', 'synchronizeAttributesForIdentity in beta'];

describe('permissions of the demo tenant', () => {
  const of = (version: SpecVersion): [DemoOperation, Operation][] =>
    (Object.entries(OPERATIONS) as [DemoOperation, Operation][]).filter(([, { versions }]) =>
      versions.includes(version),
    );

  if (!documentsFound) {
    it('are not compared: the published documents are not here', () => {
      const total = SPEC_VERSIONS.reduce((sum, version) => sum + of(version).length, 0);
      process.stdout.write(`      contract documents not found: ${String(total)} checks not run\n`);
    });
    return;
  }

  for (const version of SPEC_VERSIONS) {
    it(`are as documented in ${version}`, () => {
      const document = readDocument(version);
      for (const [name, operation] of of(version)) {
        const {
          scopes,
          levels = [],
          app = false,
        } = (version === 'beta' && operation.betaPermission) || operation.permission;
        const documented = document.access(name);
        assert.ok(documented, `${name} is not in the ${version} document`);
        assert.equal(version !== 'beta' && operation.experimental === true, documented.experimental, name);
        if (SAID_IN_WORDS.some((known) => known === name || known === `${name} in ${version}`)) continue;
        // An operation without an entry of its own falls back to the scope for everything.
        assert.deepEqual([...scopes].sort(), [...(documented.scopes ?? ['sp:scopes:all'])].sort(), name);
        assert.deepEqual([...levels].sort(), [...documented.levels].sort(), name);
        assert.equal(app, documented.app, name);
      }
    });
  }
});
