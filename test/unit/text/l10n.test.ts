import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { formatDateTime, formatDuration, formatList, formatNumber, formatTime } from '../../../src/text/dates';
import { capital, plural, t, useLanguage } from '../../../src/text/l10n';

const fill = (text: string, values: readonly unknown[]): string =>
  text.replace(/\{(\d+)\}/g, (_, n: string) => String(values[Number(n)]));

/** As `ui/language.ts` asks VS Code: by text and form, else by text. */
function speak(language: string, bundle: Record<string, string> = {}): void {
  useLanguage(language, (text, form, values) =>
    fill(bundle[`${text}/${String(form)}`] ?? bundle[text] ?? text, values),
  );
}

const roles = (n: number): string => plural(n, { one: () => t('1 role'), other: () => t('{0} roles', n) });

describe('plural', () => {
  afterEach(() => speak('en'));

  it('has one text for exactly one, another for all other numbers', () => {
    speak('en');
    assert.deepEqual([0, 1, 2, 21].map(roles), ['0 roles', '1 role', '2 roles', '21 roles']);
  });

  it('takes the form a language has for a number, when its translation has one', () => {
    speak('pl', {
      '1 role': '1 rola',
      '{0} roles': '{0} roli',
      '{0} roles/few': '{0} role',
      '{0} roles/many': '{0} ról',
    });
    assert.deepEqual([0, 1, 2, 5, 22].map(roles), ['0 ról', '1 rola', '2 role', '5 ról', '22 role']);
    speak('fr', { '1 role': '1 rôle', '{0} roles': '{0} rôles', '{0} roles/one': '{0} rôle' });
    assert.deepEqual([0, 1, 2].map(roles), ['0 rôle', '1 rôle', '2 rôles']);
  });

  it('asks for no form outside, and for its own within another', () => {
    speak('pl', { 'a/few': 'wrong', '{0} roles/few': '{0} role', '{0} in {1}/many': '{0}, many in {1}' });
    assert.equal(plural(5, { one: () => t('x'), other: () => t('{0} in {1}', roles(2), 'a') }), '2 role, many in a');
    assert.throws(() => plural(2, { one: () => t('x'), other: () => assert.fail() }));
    assert.equal(t('a'), 'a');
  });
});

describe('numbers and lists', () => {
  afterEach(() => speak('en'));

  it('are those of the language', () => {
    speak('de');
    assert.equal(formatNumber(12431), '12.431');
    assert.equal(formatList(['a', 'b', 'c']), 'a, b und c');
    assert.equal(formatDuration(7500), '2 Stunden, 5 Minuten');
    speak('en');
    assert.equal(formatList(['a', 'b', 'c']), 'a, b, c');
    assert.equal(formatList(['a', 'b', 'c'], 'conjunction'), 'a, b and c');
    assert.equal(formatDuration(7500), '2 hours 5 minutes');
  });

  it('have one clock: a time alone is that of a date with its time, with the zone', () => {
    for (const language of ['en', 'de', 'fr', 'en-US', 'ja']) {
      speak(language);
      for (const hour of [2, 14]) {
        const time = Date.UTC(2026, 0, 1, hour, 59, 7);
        const whole = formatDateTime(new Date(time).toISOString());
        const minutes = whole.replace(/(\D59)\D07/, '$1');
        assert.ok(minutes.endsWith(formatTime(time)), `${language}: ${whole}, ${formatTime(time)}`);
      }
    }
    speak('en');
    assert.match(formatTime(Date.UTC(2026, 0, 1, 2, 59)), /^\d\d:\d\d [A-Z]/);
  });

  it('so is the capital of a sentence', () => {
    speak('tr');
    assert.equal(capital(t('invite')), 'İnvite');
    speak('en');
    assert.equal(capital(t('invite')), 'Invite');
  });
});
