import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import ts from 'typescript';

const pages = readdirSync('src/panels', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/panels/${file.replaceAll('\\', '/')}`)
  .filter((file) => /\/page\/.*\.ts$/.test(file));

/** Stands where a template has a value. */
const VALUE = '\u0001';
const SPOKEN = /\b(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt)="([^"]*)"/g;

/** Words in the page's own templates: between tags, and in attributes that are shown or said. */
function wordsOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && /^(html|svg)$/.test(node.tag.getText())) {
      const { template } = node;
      const text = ts.isNoSubstitutionTemplateLiteral(template)
        ? template.text
        : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join(VALUE);
      const said = [...text.matchAll(SPOKEN)].map(([, value = '']) => value);
      for (const words of [text.replace(/<[^>]*>/g, ' '), ...said])
        if (/\p{L}{2}/u.test(words)) found.push(`${file}: ${words.replaceAll(VALUE, '…').trim()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true));
  return found;
}

describe('pages', () => {
  it('have no words of their own: all come from the host, in the display language', () => {
    assert.ok(pages.length > 10, String(pages.length));
    assert.deepEqual(pages.flatMap(wordsOf), []);
  });
});
