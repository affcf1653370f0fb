import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, textOf } from '../../../src/renderer/editor/blocks.ts'
import {
  blocksFromHtml,
  blocksFromPlainText,
  type PastedNode,
  withoutStyles,
} from '../../../src/renderer/editor/pastedBlocks.ts'

/** A small tree in place of a parsed document: [name, attributes, ...children] or a text. */
type Tree = string | readonly [string, Readonly<Record<string, string>>, ...Tree[]]

function node(tree: Tree): PastedNode {
  if (typeof tree === 'string') return { nodeType: 3, nodeName: '#text', nodeValue: tree, childNodes: [] }
  const [name, attributes, ...children] = tree
  return {
    nodeType: 1,
    nodeName: name.toUpperCase(),
    nodeValue: null,
    childNodes: children.map(node),
    getAttribute: (key) => attributes[key] ?? null,
  }
}

const read = (...children: Tree[]): Block[] => blocksFromHtml(node(['body', {}, ...children]))
const shape = (list: readonly Block[]): string[] =>
  list.map(
    (b) => `${b.kind}: ${b.runs.map((r) => `${r.bold ? '*' : ''}${r.italic ? '/' : ''}${r.text}`).join('|')}`,
  )

describe('pasted markup', () => {
  it('keeps paragraphs, bullets, quotations, bold and italic', () => {
    expect(
      shape(
        read(
          ['h2', {}, 'Visit'],
          ['p', {}, 'He said ', ['strong', {}, 'no'], ' and ', ['em', {}, 'left'], '.'],
          ['ul', {}, ['li', {}, ['p', {}, 'first']], ['li', {}, 'second', ['ul', {}, ['li', {}, 'inner']]]],
          ['blockquote', {}, ['p', {}, 'I am fine.']],
          ['p', {}, 'After.'],
        ),
      ),
    ).toEqual([
      'paragraph: *Visit',
      'paragraph: He said |*no| and |/left|.',
      'bullet: first',
      'bullet: second',
      'bullet: inner',
      'quote: I am fine.',
      'paragraph: After.',
    ])
  })

  it('leaves nothing out, however deep a page has put it', () => {
    let deep: Tree = 'at the bottom'
    for (let n = 0; n < 512; n += 1) deep = ['div', {}, deep]
    expect(shape(read(['p', {}, 'above'], deep))).toEqual(['paragraph: above', 'paragraph: at the bottom'])
  })

  it('reads bold from a style, and plain inside the wrapper of Google Docs', () => {
    expect(
      shape(
        read([
          'b',
          { 'data-look': 'font-weight:normal' },
          [
            'p',
            {},
            ['span', { 'data-look': 'font-weight:700;color:#f00' }, 'bold'],
            ['span', { 'data-look': 'font-weight:400' }, ' plain'],
          ],
        ]),
      ),
    ).toEqual(['paragraph: *bold| plain'])
  })

  it('makes bullets of Word’s lists, at any depth and in order, without their signs', () => {
    const item = (level: number, sign: string, text: string): Tree => [
      'p',
      {
        class: 'MsoListParagraphCxSpMiddle',
        'data-look': `margin-left:${level / 2}in;text-indent:-.25in;mso-list:l0 level${level} lfo1`,
      },
      [
        'span',
        { 'data-look': 'mso-list:Ignore' },
        sign,
        ['span', { 'data-look': 'font:7.0pt' }, '\u00a0\u00a0 '],
      ],
      text,
      ['o:p', {}],
    ]
    expect(
      shape(
        read(
          ['p', { class: 'MsoNormal' }, 'Plan'],
          item(1, '·', 'call mother'),
          item(2, 'o', 'on Monday'),
          item(3, '1.', 'before nine'),
          item(1, '·', 'letter'),
          ['p', { class: 'MsoNormal' }, ['o:p', {}, '\u00a0']],
          ['p', { class: 'MsoNormal' }, 'After.'],
        ),
      ),
    ).toEqual([
      'paragraph: Plan',
      'bullet: call mother',
      'bullet: on Monday',
      'bullet: before nine',
      'bullet: letter',
      'paragraph: After.',
    ])
  })

  it('leaves Word’s remarks and struck words behind, and no line where a browser’s copy ends', () => {
    expect(
      shape(
        read(
          [
            'p',
            {},
            'kept',
            ['span', { class: 'MsoCommentReference' }, '[AB1]'],
            ['del', { cite: 'mailto:a', datetime: '2026-01-01T10:00' }, ' struck'],
          ],
          ['br', { class: 'Apple-interchange-newline' }],
          ['div', { 'data-look': 'mso-element:comment-list' }, ['p', {}, 'a remark']],
        ),
      ),
    ).toEqual(['paragraph: kept'])
  })

  it('leaves pictures, scripts, forms and hidden text behind', () => {
    expect(
      shape(
        read(
          [
            'p',
            {},
            'seen',
            ['img', { src: 'x', alt: 'no' }],
            ['span', { 'data-look': 'display:none' }, 'hidden'],
          ],
          ['script', {}, 'alert(1)'],
          ['style', {}, 'p{}'],
          ['textarea', {}, 'typed'],
        ),
      ),
    ).toEqual(['paragraph: seen'])
  })

  it('puts a table row on a line and collapses white space', () => {
    expect(
      shape(
        read([
          'table',
          {},
          [
            'tbody',
            {},
            ['tr', {}, ['td', {}, ' a\n '], ['td', {}, 'b']],
            ['tr', {}, ['td', {}, 'c'], ['td', {}, ' d']],
          ],
        ]),
      ),
    ).toEqual(['paragraph: a \tb', 'paragraph: c\td'])
  })

  it('makes a paragraph of each line of a mail', () => {
    expect(shape(read(['div', {}, 'one', ['br', {}], 'two', ['br', {}], ['br', {}], 'three']))).toEqual([
      'paragraph: one',
      'paragraph: two',
      'paragraph: ',
      'paragraph: three',
    ])
  })

  it('survives any tree, and shows no word that was not there', () => {
    const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string({ maxLength: 8 }),
        fc
          .tuple(
            fc.constantFrom(
              'p',
              'div',
              'li',
              'ul',
              'b',
              'i',
              'br',
              'td',
              'tr',
              'pre',
              'blockquote',
              'script',
              'h1',
            ),
            fc.array(tie('tree'), { maxLength: 4 }),
          )
          .map(([name, children]): Tree => (name === 'br' ? [name, {}] : [name, {}, ...children])),
      ),
    })).tree
    fc.assert(
      fc.property(tree, (t) => {
        const squeezed = (text: string) => text.replace(/[\s\u200b\u00ad\ufeff•>]/gu, '')
        const all = (n: Tree): string =>
          typeof n === 'string'
            ? n
            : n[0] === 'script'
              ? ''
              : n
                  .slice(2)
                  .map((c) => all(c as Tree))
                  .join('')
        expect(squeezed(textOf(read(t)))).toBe(squeezed(all(t).replaceAll('\u0000', '')))
      }),
    )
  })
})

describe('styles in pasted markup', () => {
  it('are kept from applying, in tags and not in words', () => {
    expect(withoutStyles('<p class=a style="color:red">in style="x"</p>')).toBe(
      '<p class=a data-look="color:red">in style="x"</p>',
    )
    expect(withoutStyles("<b\nSTYLE = 'x'>a</b><style>p{}</style><style>open")).toBe(
      "<b\ndata-look = 'x'>a</b>",
    )
  })
})

describe('pasted plain text', () => {
  it('makes bullets of lines that begin like bullets', () => {
    expect(
      shape(blocksFromPlainText('Plan:\r\n- call mother\r\n  * ask about sleep\r\n-5 degrees\r\n')),
    ).toEqual(['paragraph: Plan:', 'bullet: call mother', 'bullet: ask about sleep', 'paragraph: -5 degrees'])
  })
})
