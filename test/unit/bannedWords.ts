/**
 * What texts do not say, since another word means it (CONTRIBUTING.md, "Words"). Letters may be small or capital unless a
 * group says otherwise.
 */
export const BANNED: readonly RegExp[] = [
  // An identity is an identity, in ISC as here.
  /\bpeople('s)?\b/iu,
  /\bpersons?('s)?\b/iu,
  /\b(nobody|somebody|anybody|everybody)\b/iu,
  /\bwhom\b/iu,

  // One action on many identities is a bulk action.
  /\bbatch(es)?\b/iu,
  /\baction on many\b/iu,

  // Identities below a tenant are a list; views are those of VS Code, Tenants and Tasks.
  /(?<!(?:Tenants|Tasks|this)[_*]* )\bviews?\b/iu,

  // ISC is named.
  /\bthe service\b/iu,

  // "Email", as in the console; "password reset email", as in the API.
  /\be-mails?\b/iu,
  /\bmails?\b/iu,
  /\bpassword-reset\b/iu,

  // Tasks are tracked, runs are resumed, identities are excluded and included.
  /\bfollow(ed|s|ing)?\b/iu,
  /\b(go|goes|going|went) on\b/iu,
  /\b(leave|left|take|taken) (out|in)\b/iu,

  // Word for word from another language.
  /\bany ?more\b/iu,
  /\bby (itself|hand)\b/iu,
  /\blook(s|ed|ing)? (at|before)\b/iu,
  /\bsurely\b/iu,
  /\bpictures?\b/iu,
  /\basked\b/iu,
  /\b(hang|hangs) together\b/iu,
  /\bcall(ed)? back\b/iu,
  /\bis no (csv|utf|operator|access token|id|key)\b/iu,

  // A tool neither begs nor cheers.
  /\b(please|successfully)\b/iu,
  /!/u,

  // American spelling.
  /\b(colours?|behaviours?|licences?|synchronis\w*|organis\w*|recognis\w*|cancelled|whilst)\b/iu,

  // "ID" in sentences; just these spellings of it.
  /\bids\b/u,
  /\bIds?\b/u,
];

/** What is no sentence: code, where links of commands lead, ids of settings; comments and the mark of an image in Markdown. */
export const NO_WORDS: readonly RegExp[] = [
  /```[^]*?```/gu,
  /`[^`]*`/gu,
  /\(command:[^)]*\)/gu,
  /\biscIdentities[.]\w+([.]\w+)*/gu,
  /<!--[^]*?-->/gu,
  /!(?=\[)/gu,
];

/** What is right as it stands. */
export const ALLOWED: readonly { readonly text: RegExp; readonly reason: string }[] = [
  { text: /\bfollow a redirect\b/giu, reason: 'the term of HTTP' },
];
