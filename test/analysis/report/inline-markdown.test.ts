import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computed, recorded } from '../../../src/analysis/provenance.js';
import { htmlComment } from '../../../src/analysis/report/html-comment.js';
import { plainText, sourcesOf, value } from '../../../src/analysis/report/inline.js';
import { inlineMarkdown } from '../../../src/analysis/report/inline-markdown.js';
import { safeAddress } from '../../../src/analysis/report/safe-address.js';

describe('running text in Markdown', () => {
  const nll = value('98.13', recorded('65decb3bf032', 'test.nll', { seq: 41, epoch: 7 }));

  it('has a comment with the source after each number', () => {
    expect(inlineMarkdown(['It reaches ', nll, ' nats.'])).toBe(
      'It reaches 98.13<!-- test.nll of run 65decb3bf032, event 41, epoch 7 --> nats.',
    );
    const mean = value('97.0', computed(['a1', 'b2'], 'mean of test.nll'));
    expect(inlineMarkdown([mean])).toBe('97.0<!-- mean of test.nll of 2 runs: a1, b2 -->');
  });

  it('keeps marks, code and links', () => {
    const text = [
      { kind: 'strong', content: ['best ', nll] } as const,
      { kind: 'code', text: 'a `b`' } as const,
      { kind: 'link', href: 'https://example.org/a b', content: ['there'] } as const,
    ];
    expect(inlineMarkdown(text)).toBe(
      '**best 98.13<!-- test.nll of run 65decb3bf032, event 41, epoch 7 -->**' +
        '`` a `b` ``[there](<https://example.org/a%20b>)',
    );
    expect(plainText(text)).toBe('best 98.13a `b`there');
    expect(sourcesOf(text).map((one) => one.text)).toEqual(['98.13']);
  });

  it('lets no text end a comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('-', '>', '!', 'a', '<') }), (text) => {
        const comment = htmlComment(text);
        expect(comment.slice(4, -3)).not.toMatch(/--|>/);
      }),
    );
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', ' https://a', '//a'])(
    'leads nowhere instead of to %j',
    (href) => {
      expect(safeAddress(href)).toBe('#');
    },
  );

  it('encodes what could end a link, and nothing twice', () => {
    expect(safeAddress('https://a/%20?x=(1)&y=<"\'>\\{}')).toBe(
      'https://a/%20?x=%281%29&y=%3C%22%27%3E%5C%7B%7D',
    );
    expect(safeAddress('https://a/100%')).toBe('https://a/100%25');
  });
});
