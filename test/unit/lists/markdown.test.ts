import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { columnsFor } from '../../../src/lists/columns';
import { identitiesMarkdown } from '../../../src/lists/export/markdown';

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
}

type Reader = new (options: { readonly html: boolean; readonly linkify: boolean }) => {
  parse(text: string, env: object): readonly Token[];
  readonly linkify: { set(options: { readonly fuzzyLink: boolean; readonly fuzzyEmail: boolean }): void };
};

// Without types of its own.
const require = createRequire(import.meta.url);
const MarkdownIt = require('markdown-it') as Reader;
/** As ticket systems read: HTML passes, and addresses that begin with a protocol become links by themselves. */
const reader = new MarkdownIt({ html: true, linkify: true });
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Cells as a reader of Markdown shows them; what is no text in one fails. */
function cellsOf(markdown: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const { type, children, content } of reader.parse(markdown, {})) {
    if (type === 'tr_open') rows.push([]);
    else if (type === 'inline') {
      const kinds = new Set(children?.map((child) => child.type));
      kinds.delete('text');
      kinds.delete('text_special');
      assert.deepEqual([...kinds], [], content);
      rows.at(-1)?.push(children?.map((child) => child.content).join('') ?? '');
    } else assert.match(type, /^(table|thead|tbody|tr|th|td)_(open|close)$/);
  }
  return rows;
}

// eslint-disable-next-line no-control-regex
const asShown = (text: string): string => text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '|',
          '\\',
          '`',
          '``',
          '*',
          '**',
          '_',
          '[a](b)',
          '![x](y)',
          '<b>',
          '</b>',
          '<!--',
          '&amp;',
          '&#60;',
          '~~',
          '$',
          '\n',
        ],
        ...[
          '\r\n',
          '#',
          '-',
          '+ ',
          '1. ',
          '> ',
          'http://x.y',
          'HTTPS://X',
          'www.x.de',
          'a@b.de',
          'ä',
          'ש',
          ' ',
          '---',
          '\t',
        ],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

describe('a Markdown table', () => {
  it('is read back cell by cell as it was, with nothing that a reader makes something of', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, nasty), { minLength: 1, maxLength: 5 }), nasty, (cells, heading) => {
        const columns = columnsFor([], ['attributes.one', `attributes.${heading}`]).filter(({ key }) =>
          ['name', 'attributes.one', `attributes.${heading}`].includes(key),
        );
        const rows = cells.map(([name, one]) => ({ identity: { id: 'i', name, attributes: { one, [heading]: one } } }));
        const expected = [
          columns.map(({ label }) => asShown(label)),
          ...rows.map(({ identity }) => columns.map(({ valueOf }) => asShown(String(valueOf(identity) ?? '')))),
        ];
        assert.deepEqual(cellsOf(identitiesMarkdown(columns, rows)), expected);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves names and addresses as they are read', () => {
    const columns = columnsFor([]).filter(({ key }) => ['name', 'email'].includes(key));
    const identity = { id: 'i', name: 'Zoë O’Neil-Smith (R&D)', emailAddress: 'zoe.oneil-smith@example.com' };
    assert.equal(
      identitiesMarkdown(columns, [{ identity }]),
      '| Name | Email |\n| --- | --- |\n| Zoë O’Neil-Smith (R\\&D) | zoe.oneil-smith@example.com |\n',
    );
  });
});
