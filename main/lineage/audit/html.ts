/** Text that is safe to stand in a page. */
interface Html {
  readonly html: string;
}

/** What a template may hold: text is escaped, pieces made by `html` stay as they are, lists stand one after the other. */
type Piece = string | number | boolean | null | undefined | Html | readonly Piece[];

/** A piece of a page; every value put into it is escaped unless it is such a piece itself. */
export function html(texts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return { html: texts.reduce((before, text, i) => `${before}${written(values[i - 1])}${text}`) };
}

function written(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (isList(piece)) return piece.map(written).join('');
  if (typeof piece === 'object') return piece.html;
  return escaped(String(piece));
}

function isList(piece: Piece): piece is readonly Piece[] {
  return Array.isArray(piece);
}

/** Control characters have no place in a page; they are shown as symbols. */
function escaped(text: string): string {
  return text
    .replaceAll(/(?![\t\n\r])\p{Cc}/gu, (c) => {
      const code = c.codePointAt(0) ?? 0;
      return code < 0x20 ? String.fromCodePoint(0x24_00 + code) : '\ufffd';
    })
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export type { Html, Piece };
