import { fail } from '../../../../preload/contract/errors.ts';
import { writeZip, type ZipParts } from './zip.ts';

export interface ChosenSheet {
  /** The workbook with that sheet's content alone, to be parsed. */
  readonly workbook: Buffer;
  readonly sheets: readonly string[];
  readonly sheet: string;
}

const emptySheet = Buffer.from(
  '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>',
);

/** Takes the sheet that was asked for, else the first, out of a workbook; the others are never unpacked. */
export function chooseSheet(path: string, parts: ZipParts, wanted: string | undefined): ChosenSheet {
  if (!parts.names.includes('xl/workbook.xml'))
    throw new RangeError('it is a zip archive, but no Excel workbook');
  const book = parts.get('xl/workbook.xml');
  const links = parts.get('xl/_rels/workbook.xml.rels');
  const targets = new Map(
    elements(links.toString('utf8'), 'Relationship').map((link) => [
      link.get('Id') ?? '',
      targetOf(link.get('Target') ?? ''),
    ]),
  );
  const found = elements(book.toString('utf8'), 'sheet').map((sheet) => ({
    name: sheet.get('name') ?? '',
    part: targets.get(sheet.get('r:id') ?? '') ?? '',
  }));
  const sheets = found.map(({ name }) => name);
  const chosen = wanted === undefined ? found[0] : found.find(({ name }) => name === wanted);
  if (!chosen)
    throw fail('import-choice', { path, what: 'sheet', wanted: wanted ?? null, known: sheets.slice(0, 100) });
  const others = new Set(found.map(({ part }) => part).filter((part) => part !== chosen.part));
  const needed = parts.names.filter(
    (name) =>
      /^\[Content_Types\]\.xml$|^_rels\/|^xl\/(?:_rels\/|workbook\.xml|sharedStrings\.xml|styles\.xml)/.test(
        name,
      ) || name === chosen.part,
  );
  const kept = needed.map(
    (name) =>
      [
        name,
        name === 'xl/workbook.xml' ? book : name.endsWith('workbook.xml.rels') ? links : parts.get(name),
      ] as const,
  );
  return {
    workbook: writeZip([...kept, ...[...others].filter(Boolean).map((name) => [name, emptySheet] as const)]),
    sheets,
    sheet: chosen.name,
  };
}

function targetOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** The attributes of every element of a name. */
function elements(xml: string, name: string): Map<string, string>[] {
  const pattern = new RegExp(`<(?:\\w+:)?${name}\\s([^<>]*)>`, 'g');
  return [...xml.matchAll(pattern)].map(
    ([, attributes = '']) =>
      new Map(
        [...attributes.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, key = '', a, b]) => [
          key,
          unescaped(a ?? b ?? ''),
        ]),
      ),
  );
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, word?: string) => {
      const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
      if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      return (word && named[word]) ?? whole;
    },
  );
}
