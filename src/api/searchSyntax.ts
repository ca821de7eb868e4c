/** Finds what surely is wrong with a query of Search, so that it is named where it is and before it is sent. */

type SearchProblem =
  /** A quote without its partner. */
  | 'unclosedQuote'
  /** An opening bracket without its partner. */
  | 'unclosedBracket'
  /** A closing bracket without its partner. */
  | 'unopenedBracket'
  | 'emptyBrackets'
  /** AND, OR without anything before them. */
  | 'nothingBefore'
  /** AND, OR, NOT without anything behind them. */
  | 'nothingAfter'
  /** `field:` without a value. */
  | 'unfinishedField'
  /** A backslash that stands before nothing. */
  | 'nothingEscaped';

export interface SearchMistake {
  readonly problem: SearchProblem;
  /** Where it begins and how long it is, in characters of the text. */
  readonly position: number;
  readonly length: number;
  /** The words at that place. */
  readonly found: string;
}

type TokenKind = 'operand' | 'field' | 'open' | 'close' | 'joins' | 'not';

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
  readonly problem?: SearchProblem;
}

/**
 * In this order: blanks, a phrase, one that is not closed, a range, one that is not closed, a regular expression, brackets, a field,
 * a backslash at the end, a word.
 */
const TOKEN =
  /\s+|("(?:\\[^]|[^"\\])*"[~^\d.]*)|("[^]*)|((?<=^|[\s:(])[[{](?:"(?:\\[^]|[^"\\])*"|\\[^]|[^\]}"\\])*[\]}][~^\d.]*)|((?<=^|[\s:(])[[{])|((?<=^|[\s:(])\/(?:\\[^]|[^/\\])*\/)|([()])|((?:\\[^]|[^\s()":\\])+:)|(\\$)|((?:\\[^]|[^\s()"\\])+)/y;

/**
 * The first mistake of a query, of those that need no knowledge of fields; undefined when there is none of these. Whether it is
 * right is for the service to say: what is not surely wrong is passed.
 */
export function searchMistake(query: string): SearchMistake | undefined {
  const open: Token[] = [];
  let before: Token | undefined;
  for (const token of tokensOf(query)) {
    // An operator, a field and an opening bracket want something behind them.
    const wanting = before && ['joins', 'not', 'field', 'open'].includes(before.kind) ? before : undefined;
    if (token.problem) return mistakeAt(token.problem, token);
    if (token.kind === 'joins') {
      if (before === undefined || wanting?.kind === 'open') return mistakeAt('nothingBefore', token);
      if (wanting) return unfinished(wanting);
    }
    if (token.kind === 'open') open.push(token);
    if (token.kind === 'close') {
      if (!open.pop()) return mistakeAt('unopenedBracket', token);
      if (wanting) return wanting.kind === 'open' ? mistakeAt('emptyBrackets', wanting) : unfinished(wanting);
    }
    before = token;
  }
  if (before && ['joins', 'not', 'field'].includes(before.kind)) return unfinished(before);
  const unclosed = open.at(-1);
  return unclosed && mistakeAt('unclosedBracket', unclosed);
}

/** Up to the first that cannot be read. */
function* tokensOf(query: string): Generator<Token> {
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(query); match !== null; match = pattern.exec(query)) {
    const [text, , quote, , range, , bracket, field, backslash, word] = match;
    if (text.trim() === '') continue;
    const at = match.index;
    if (quote !== undefined) yield { kind: 'operand', text: '"', at, problem: 'unclosedQuote' };
    else if (range !== undefined) yield { kind: 'operand', text, at, problem: 'unclosedBracket' };
    else if (backslash !== undefined) yield { kind: 'operand', text, at, problem: 'nothingEscaped' };
    else if (bracket !== undefined) yield { kind: bracket === '(' ? 'open' : 'close', text, at };
    else yield { kind: field === undefined ? wordKind(word) : 'field', text, at };
  }
}

function wordKind(word: string | undefined): TokenKind {
  if (word === 'AND' || word === 'OR' || word === '&&' || word === '||') return 'joins';
  return word === 'NOT' || word === '!' ? 'not' : 'operand';
}

function unfinished(token: Token): SearchMistake {
  return mistakeAt(token.kind === 'field' ? 'unfinishedField' : 'nothingAfter', token);
}

function mistakeAt(problem: SearchProblem, { text, at }: Token): SearchMistake {
  return { problem, position: at, length: text.length, found: text };
}
