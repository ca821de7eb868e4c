import { ApiError } from '../api/errors';
import { mayHaveHappened } from '../api/uncertainty';
import { formatDuration, formatList, formatNumber } from './dates';
import { ownershipText } from './ownership';
import { joined, plain, type PlainText } from './plain';
import { capital, t } from './l10n';

/**
 * One sentence (or two) for a failed call: what failed, why, what to do.
 *
 * @param error anything thrown; an ApiError is explained from its facts, anything else by its message.
 * @param what the thing that failed, as a clause: "Could not load the identities of Acme".
 * @param rejected what to do about credentials that are rejected, where that is not to sign in again
 * @returns plain text without secrets, ending in a full stop. A tracking id is quoted at its end when there is one.
 */
export function errorText(error: unknown, what: string, rejected?: PlainText): PlainText {
  const { why, next: usual } = explain(error, rejected);
  // A write may have happened although its answer never came: "Try again" could send a second mail.
  const next = mayHaveHappened(error)
    ? t('The request may have taken effect anyway: check before you try again.')
    : usual;
  const tracking = ApiError.is(error) && error.details.trackingId;
  return plain(
    [`${what}: ${stop(why)}`, next && stop(next), tracking && t('Tracking ID {0}.', tracking)]
      .filter(Boolean)
      .join(' '),
  );
}

/**
 * Why a call failed, alone, for a list whose lines say already what they are about.
 *
 * @returns as `errorText`, without the clause that says what failed
 */
export function errorReason(error: unknown): PlainText {
  const { why } = explain(error);
  const owned = ApiError.is(error) ? ownershipText(error.details.associations ?? []) : '';
  const text = owned === '' ? why : owned;
  return plain(stop(capital(plain(text))));
}

interface Explanation {
  readonly why: string;
  readonly next?: string;
}

function explain(error: unknown, rejected = t('Sign in again.')): Explanation {
  if (!ApiError.is(error)) return { why: error instanceof Error ? error.message : String(error) };
  const { details } = error;
  const said = details.causes?.[0];
  switch (error.reason) {
    case 'auth':
      if (details.givenFor !== undefined) return { why: error.message, next: t('Confirm the new address.') };
      return {
        why: said ? t('ISC rejected the credentials ({0})', said) : answerText(error),
        next: joined([details.clockAheadMs !== undefined && clockWords(details.clockAheadMs), rejected]),
      };
    case 'forbidden':
      return { why: missingPermissionText(details), next: t('Use a token that meets this requirement.') };
    case 'notFound':
      if (details.status !== 404) return { why: error.message };
      // A list is not deleted: the address, or the version, has no such thing.
      return details.ofMany
        ? { why: t('ISC found nothing at this address'), next: t("Check the tenant's address and API version.") }
        : { why: t('not found in ISC'), next: t('It may have been deleted. Refresh the list.') };
    case 'refused':
    case 'invalid':
      return { why: said ?? answerText(error) };
    case 'rateLimited':
      return {
        why:
          details.operation === 'synchronizeAttributesForIdentity'
            ? t('ISC synchronizes an identity at most once every 10 seconds')
            : t('ISC allows 100 requests per 10 seconds for these credentials'),
        next:
          details.retryAfterMs === undefined
            ? t('Try again in a few seconds.')
            : t('Try again in {0} s.', formatNumber(Math.ceil(details.retryAfterMs / 1000))),
      };
    case 'readOnly':
      return { why: t('the tenant is read-only'), next: t('Unlock it first.') };
    case 'network':
      return { why: answerText(error), next: t('Check the address and the network or proxy.') };
    case 'certificate':
      return {
        why: answerText(error),
        next: t('If a proxy replaces certificates, add its CA to the system or to NODE_EXTRA_CA_CERTS.'),
      };
    case 'timeout':
      return { why: t('no response in time'), next: t('Try again, or increase iscIdentities.requestTimeout.') };
    case 'server':
      return {
        why: t('ISC returned an error ({0})', said ?? `HTTP ${String(details.status)}`),
        next: t('Try again later.'),
      };
    case 'badAnswer':
      return {
        why: answerText(error),
        next: t('The response may come from a proxy or a wrong address instead of ISC.'),
      };
    case 'unsupported':
      return { why: flawText(error) ?? error.message };
    case 'cancelled':
      return { why: error.message };
  }
}

/**
 * What an answer, or none, is worded as: by status and code, which only the API module has. An error of our own has its words
 * with it.
 */
function answerText(error: ApiError): string {
  const { reason, message, cause } = error;
  const { status, operation, sent } = error.details;
  const code = (cause as { code?: string } | undefined)?.code;
  if (reason === 'network' || reason === 'certificate') {
    if (status === 407) return t('The proxy requires credentials (407).');
    // Only what surely never left this machine did not reach the host.
    const lost = sent === false ? t('The host could not be reached') : t('No complete response was received');
    const what = reason === 'network' ? lost : t("The host's certificate is not trusted");
    return code === undefined ? what : t('{0} ({1})', what, code);
  }
  const flaw = flawText(error);
  if (flaw !== undefined) return flaw;
  if (status === undefined) return message;
  const what = operation ?? t('the token request');
  switch (reason) {
    case 'auth':
      return operation === undefined
        ? t('The credentials were rejected ({0}).', status)
        : t('The access token was rejected for {0}.', what);
    case 'refused':
      return t('ISC refuses to delete the identity.');
    case 'invalid':
      return t('ISC did not accept {0} ({1}).', what, status);
    case 'badAnswer':
      if (status === 404 && operation === undefined) return t('No token endpoint was found at this address (404).');
      return status >= 400
        ? t("A web page was returned instead of ISC's response to {0} ({1}).", what, status)
        : message;
    default:
      return message;
  }
}

/** What is wrong with an answer, in words; undefined where the API module told no flaw. */
function flawText({ details: { flaw, flawOf = '', operation } }: ApiError): PlainText | undefined {
  const what = operation ?? t('the token request');
  switch (flaw) {
    case undefined:
      return undefined;
    case 'redirected':
      return t('ISC redirected {0} to {1}; redirects are not allowed.', what, flawOf);
    case 'webPage':
      return t("A web page was returned instead of ISC's response ({0}).", what);
    case 'noToken':
      return t('The response of the token endpoint contains no access token.');
    case 'unsendableToken':
      return t('The token endpoint returned a token that cannot be sent.');
    case 'notJson':
      return t('The response is not the expected JSON ({0}).', what);
    case 'tooDeep':
      return t('The response is nested too deeply ({0}).', what);
    case 'tooLarge':
      return t('The response to {0} is larger than {1} MB.', what, flawOf);
    case 'notCompressed':
      return t('The response to {0} is not compressed as declared.', what);
    case 'notAList':
      return t('The response is not a list ({0}).', what);
    case 'unexpected':
      return t('The response to {0} is not in the expected form.', what);
    case 'tooManyRows':
      return t('More rows were returned than requested ({0}).', what);
    case 'sameRows':
      return t('The list does not advance: the same rows are returned again and again.');
    case 'otherIdentity':
      return t('A different identity was returned than requested.');
    case 'finishedTasksOnly':
      return t('This API version lists only finished tasks ({0}).', what);
  }
}

/** What the service's own clock says about this machine's. */
function clockWords(aheadMs: number): PlainText {
  const by = formatDuration(Math.abs(aheadMs) / 1000);
  return aheadMs > 0
    ? t("This machine's clock is {0} ahead of the ISC clock: correct it first.", by)
    : t("This machine's clock is {0} behind the ISC clock: correct it first.", by);
}

/** What is missing, as far as the token itself tells; else everything the operation needs (a 403 never says which). */
export function missingPermissionText({
  scopes = [],
  userLevels = [],
  lacks = [],
}: Pick<ApiError['details'], 'scopes' | 'userLevels' | 'lacks'>): PlainText {
  const scope = t('the scope {0}', either(scopes.map((name) => `\`${name}\``)));
  const level = t('a user with level {0}', either(userLevels));
  const known = lacks.map(
    (lack) => ({ scope, userLevel: level, user: t('a user (it belongs to an API client)') })[lack],
  );
  const needed = [...(scopes.length > 0 ? [scope] : []), ...(userLevels.length > 0 ? [level] : [])];
  if (known.length > 0) return t('the token lacks {0}', formatList(known, 'conjunction'));
  if (needed.length > 0) return t('the token needs {0}', formatList(needed, 'conjunction'));
  return t('the token does not allow it');
}

function either(values: readonly string[]): PlainText {
  return formatList(values, 'disjunction');
}

function stop(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
