import assert from 'node:assert/strict';
import { ApiError } from '../../src/api/errors';
import { connectionMarkdown } from '../../src/commands/tenants/connectionReport';
import { assignmentState, assignmentText } from '../../src/text/assignment';
import { formatAge } from '../../src/text/dates';
import { errorText } from '../../src/text/errors';
import { identityStatusLabel } from '../../src/text/state';

suite('words', () => {
  const what = 'Could not do it';

  test('say what failed, why, and what to do', () => {
    const cases: readonly [ApiError, RegExp][] = [
      [
        new ApiError('notFound', 'This tenant is no longer connected.'),
        /^Could not do it: This tenant is no longer connected\.$/,
      ],
      [
        new ApiError('notFound', 'x', { status: 404, operation: 'listIdentities', ofMany: true }),
        /ISC found nothing at this address\. Check the tenant's address and API version/,
      ],
      [new ApiError('notFound', 'x', { status: 404 }), /not found in ISC\. It may have been deleted/],
      [
        new ApiError('forbidden', 'x', { scopes: ['a:b', 'c:d'], userLevels: ['ORG_ADMIN'], lacks: ['scope'] }),
        /the token lacks the scope `a:b` or `c:d`\. Use a token/,
      ],
      [
        new ApiError('forbidden', 'x', { scopes: ['a:b'], userLevels: ['ORG_ADMIN'] }),
        /needs the scope `a:b` and a user with level ORG_ADMIN/,
      ],
      [new ApiError('rateLimited', 'x', { retryAfterMs: 5_200 }), /100 requests per 10 seconds.*Try again in 6 s\./],
      [
        new ApiError('rateLimited', 'x', { operation: 'synchronizeAttributesForIdentity', retryAfterMs: 900 }),
        /at most once every 10 seconds\. Try again in 1 s\./,
      ],
      [new ApiError('readOnly', 'x'), /the tenant is read-only\. Unlock it first\./],
      [
        new ApiError('server', 'x', { status: 503, trackingId: 'abc' }),
        /HTTP 503.*Try again later\. Tracking ID abc\./,
      ],
      [new ApiError('invalid', 'x', { causes: ['Bad filter', 'more'] }), /^Could not do it: Bad filter\.$/],
    ];
    for (const [error, said] of cases) assert.match(errorText(error, what), said);
    assert.equal(errorText(new Error('odd'), what), 'Could not do it: odd.');
  });

  test('name the state of a person, known or not', () => {
    assert.equal(identityStatusLabel({ processingState: 'ERROR', identityStatus: 'ACTIVE' }).word, 'processing error');
    assert.equal(identityStatusLabel({ processingState: 'OK', identityStatus: 'LOCKED' }).word, 'locked');
    assert.equal(identityStatusLabel({ identityStatus: 'BRAND_NEW' }).word, 'BRAND_NEW');
    assert.equal(identityStatusLabel({}).word, 'status unknown');
  });

  test('count days by the calendar', () => {
    const now = new Date(2026, 10, 21, 20, 0).getTime();
    assert.equal(formatAge(new Date(2026, 10, 23, 1, 0).toISOString(), now), 'in 2 days');
    assert.equal(formatAge(new Date(2026, 10, 20, 19, 0).toISOString(), now), 'yesterday');
    assert.equal(formatAge('no date', now), 'no date');
  });

  test('mark a role assignment that ends soon, has ended or starts later, to the moment', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
    const icon = (removeDate: string | null, startDate: string | null = null): string | undefined =>
      assignmentState({ removeDate, startDate }, now)?.icon;
    assert.equal(icon(at(-1)), 'circle-slash');
    assert.equal(icon(at(1)), 'warning');
    assert.equal(icon(at(14 * 24)), 'warning');
    assert.equal(icon(at(14 * 24 + 1)), undefined);
    assert.equal(icon(null, at(30)), 'clock');
    assert.equal(icon(null, at(-30)), undefined);
    assert.equal(icon(null), undefined);
    const assignment = { id: 'a', role: { id: 'r' }, addedDate: '2025-07-11T00:00:00Z', removeDate: at(-5) };
    assert.deepEqual(assignmentText(assignment, now), ['ended 5 hours ago', 'since 11 Jul 2025']);
    // What has not begun is not "since" its adding, also when it ends soon.
    const later = { ...assignment, startDate: at(24), removeDate: at(48) };
    assert.doesNotMatch(assignmentText(later, now).join(), /since/);
  });

  test('write the connection report as text, never as markup', () => {
    const tenant = {
      id: 'x',
      name: '<img src=x> [a](b) | c',
      baseUrl: 'https://acme.api.identitynow.com',
      version: 'v2024',
      environment: 'production',
      readOnly: true,
      kind: 'isc',
      auth: 'pat',
    } as const;
    const report = {
      info: { ok: true, value: { tenantName: '**bold** `x`' } },
      claims: { ok: false, error: new ApiError('auth', 'no') },
      operations: [],
    } as const;
    const text = connectionMarkdown(tenant, report, undefined);
    assert.doesNotMatch(text, /<img|\[a\]|\*\*bold/);
    assert.match(text, /\| Environment \| production \|/);
  });
});
