import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ApiError, type ApiErrorDetails, type ErrorReason, FLAWS } from '../../../src/api/errors';
import { errorText } from '../../../src/text/errors';

/** What the API module writes for a log is not what people read. */
const OF_THE_API = 'words of the API module';

const said: readonly (readonly [ErrorReason, ApiErrorDetails, RegExp])[] = [
  [
    'auth',
    { status: 401, operation: 'getIdentity' },
    /: The access token was rejected for getIdentity\. Sign in again\.$/,
  ],
  ['auth', { status: 400 }, /: The credentials were rejected \(400\)\. /],
  [
    'network',
    { cause: { code: 'ECONNRESET' } },
    /: No complete response was received \(ECONNRESET\)\. Check the address/,
  ],
  [
    'network',
    { sent: false, cause: { code: 'ENOTFOUND' } },
    /: The host could not be reached \(ENOTFOUND\)\. Check the address/,
  ],
  ['network', { status: 407 }, /: The proxy requires credentials \(407\)\. /],
  ['certificate', { cause: {} }, /: The host's certificate is not trusted\. /],
  ['invalid', { status: 400, operation: 'listIdentities' }, /: ISC did not accept listIdentities \(400\)\.$/],
  ['refused', { status: 400, operation: 'deleteIdentity' }, /: ISC refuses to delete the identity\./],
  ['badAnswer', { status: 404 }, /: No token endpoint was found at this address \(404\)\. /],
  [
    'badAnswer',
    { status: 502, operation: 'getIdentity' },
    /: A web page was returned instead of ISC's response to getIdentity \(502\)\. /,
  ],
];

describe('words of failed calls', () => {
  for (const [reason, details, words] of said) {
    it(`come from the facts: ${reason} ${JSON.stringify(details)}`, () => {
      const text = errorText(new ApiError(reason, OF_THE_API, details), 'Could not load it');
      assert.match(text, words);
      assert.ok(!text.includes(OF_THE_API), text);
    });
  }

  for (const flaw of FLAWS) {
    it(`say what is wrong with an answer: ${flaw}`, () => {
      const reason = flaw === 'finishedTasksOnly' ? 'unsupported' : 'badAnswer';
      const details = { flaw, flawOf: 'elsewhere.example', status: 200, operation: 'listIdentities' } as const;
      const text = errorText(new ApiError(reason, OF_THE_API, details), 'Could not load it');
      assert.ok(text.startsWith('Could not load it: ') && !text.includes(OF_THE_API), text);
      if (flaw === 'redirected') assert.match(text, /ISC redirected listIdentities to elsewhere\.example;/);
    });
  }

  it('are those of an error of our own, which has them with it', () => {
    for (const reason of ['auth', 'invalid', 'refused', 'badAnswer', 'notFound', 'cancelled'] as const)
      assert.match(
        errorText(new ApiError(reason, 'our own words'), 'Could not do it'),
        /^Could not do it: our own words\./,
      );
  });
});
