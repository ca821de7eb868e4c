import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { contentSecurityPolicy, escape, notice, shell } from '../../../../src/panels/shared/html';

const hostile = `"'><script>alert(1)</script></style></title><img src=x onerror=alert(2)>&`;

function page(changes: Partial<Parameters<typeof shell>[0]> = {}): string {
  return shell({
    cspSource: 'https://panel.example',
    nonce: 'bm9uY2U=',
    load: 'l1',
    language: 'en',
    title: 'Walter White',
    script: 'https://panel.example/dist/webview/identity.js',
    styleSheet: 'https://panel.example/media/panel.css',
    codicons: 'https://panel.example/dist/webview/codicon.css',
    ...changes,
  });
}

describe('page of a panel', () => {
  it('allows its own script by nonce, its own style sheets and fonts, and nothing else', () => {
    assert.equal(
      contentSecurityPolicy('https://panel.example', 'abc'),
      "default-src 'none'; script-src 'nonce-abc'; style-src https://panel.example; font-src https://panel.example",
    );
    assert.doesNotMatch(page(), /unsafe-|data:|\*/);
  });

  it('has one script, which carries the nonce and has no text', () => {
    const scripts = [...page().matchAll(/<script([^>]*)>([^]*?)<\/script>/g)];
    assert.equal(scripts.length, 1);
    assert.match(scripts[0]?.[1] ?? '', /nonce="bm9uY2U="/);
    assert.equal(scripts[0]?.[2], '');
  });

  it('has no inline style and no event handler attribute', () => {
    assert.doesNotMatch(page(), /<style|\sstyle=|\son\w+=/i);
  });

  it('links the icon font under the id that the controls look for', () => {
    assert.match(page(), /<link [^>]*codicon\.css" id="vscode-codicon-stylesheet">/);
  });

  it('escapes whatever is put into it', () => {
    const plain = page();
    for (const place of ['title', 'language', 'script', 'styleSheet', 'codicons', 'cspSource', 'nonce'] as const) {
      const attacked = page({ [place]: hostile });
      assert.doesNotMatch(attacked, /<img/, place);
      for (const character of ['<', '>', '"']) {
        assert.equal(attacked.split(character).length, plain.split(character).length, `${place} ${character}`);
      }
    }
  });

  it('can say one sentence without any script', () => {
    const place = { cspSource: 'https://panel.example', language: 'en', styleSheet: 'https://panel.example/panel.css' };
    const said = notice(place, hostile);
    assert.doesNotMatch(said, /<script|<img|script-src|unsafe-/);
    assert.match(said, /default-src 'none'|default-src &#39;none&#39;/);
    assert.equal(said.split('<').length, notice(place, 'x').split('<').length);
  });

  it('escapes for text and for quoted attributes', () => {
    assert.equal(escape(`<a b="c" d='e'>&`), '&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;');
    assert.equal(escape('Łukasz 李 🙂'), 'Łukasz 李 🙂');
  });
});
