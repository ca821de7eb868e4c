import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { checkSorters, parseFilter } from '../../../src/api/filterParser';
import { filterMistakeText } from '../../../src/text/filterMistakes';
import { useLanguage } from '../../../src/text/l10n';

const WRONG = [
  ['', 'The filter is empty.'],
  ['('.repeat(60), 'The filter is nested too deeply.'],
  ['name eq "Ada', 'The closing double quote is missing.'],
  ['name co "Ada"', '"name" does not support co. Use eq or sw.'],
  ['name like "Ada"', 'Unknown operator "like". Use eq or sw with name.'],
  ['protected eq 1', '"protected" must be compared with true or false.'],
  ['protected eq', 'The filter is incomplete. Expected true or false.'],
  ['name eq "A" name', 'Expected "and" or "or", found name.'],
] as const;

describe('words of mistakes in filters', () => {
  afterEach(() => useLanguage('en', fillIn));

  for (const [filter, said] of WRONG) {
    it(`"${filter.slice(0, 20)}": ${said}`, () => {
      const parsed = parseFilter(filter);
      assert.ok(!parsed.ok);
      assert.equal(filterMistakeText(parsed.mistake), said);
    });
  }

  it('name what could be used', () => {
    const parsed = parseFilter('nam eq "A"');
    assert.match(parsed.ok ? '' : filterMistakeText(parsed.mistake), /^Unknown field "nam"\. Use id, /);
    const sorters = checkSorters('-nam');
    assert.match(sorters ? filterMistakeText(sorters) : '', /^"-nam" cannot be used for sorting\. Use .+, each with/);
  });

  it('are all of the display language', () => {
    useLanguage('de', (text, _, values) => `[${fillIn(text, undefined, values)}]`);
    for (const [filter] of WRONG) {
      const parsed = parseFilter(filter);
      assert.match(parsed.ok ? '' : filterMistakeText(parsed.mistake), /^\[.+\]$/);
    }
  });
});

function fillIn(text: string, _: unknown, values: readonly unknown[]): string {
  return text.replace(/\{(\d+)\}/g, (__, n: string) => String(values[Number(n)]));
}
