import { plural } from '../../ui/text/format.ts';
import { defineWords } from '../../ui/text/words.ts';

export const words = defineWords(
  {
    title: 'Query',
    data: 'Data',
    editor: 'SQL',
    run: 'Run',
    runHint: 'Run (Ctrl+Enter)',
    stop: 'Stop',
    running: 'Running the query',
    theQuery: 'The query',
    tables: 'Tables',
    noTables: 'No datasets yet: import one first.',
    insert: (name: string) => `look at ${name}`,
    rows: (count: number) => plural(count, 'row'),
    shown: (shown: number, count: number) =>
      shown < count
        ? `first ${shown.toLocaleString()} of ${count.toLocaleString()} rows`
        : plural(count, 'row'),
    read: (names: string) => `read ${names}`,
    results: 'Result of the query',
    missing: 'missing',
    nothing: 'No rows.',
    empty:
      'Write one SELECT over your datasets: each is a table of its name, an older version is "NAME@2" in quotes. Nothing is changed, and no file or network is reached.',
    saveAs: 'Keep as dataset',
    saveHint: 'name, such as monthly-totals',
    save: 'Keep',
    saved: (name: string, version: number) => `${name} version ${version}`,
    savedAbout: (count: number) =>
      `${plural(count, 'row')} kept; its lineage names the SQL and what it read.`,
    same: 'The same rows were there already; nothing was stored.',
    open: 'Open',
  },
  {
    title: 'Abfrage',
    data: 'Daten',
    editor: 'SQL',
    run: 'Ausführen',
    runHint: 'Ausführen (Strg+Enter)',
    stop: 'Anhalten',
    running: 'Die Abfrage läuft',
    theQuery: 'Die Abfrage',
    tables: 'Tabellen',
    noTables: 'Noch keine Datensätze: zuerst einen importieren.',
    insert: (name) => `${name} ansehen`,
    rows: (count) => `${count.toLocaleString()} ${count === 1 ? 'Zeile' : 'Zeilen'}`,
    shown: (shown, count) =>
      shown < count
        ? `die ersten ${shown.toLocaleString()} von ${count.toLocaleString()} Zeilen`
        : `${count.toLocaleString()} ${count === 1 ? 'Zeile' : 'Zeilen'}`,
    read: (names) => `gelesen: ${names}`,
    results: 'Ergebnis der Abfrage',
    missing: 'fehlt',
    nothing: 'Keine Zeilen.',
    empty:
      'Ein SELECT über die Datensätze: jeder ist eine Tabelle seines Namens, eine ältere Version ist "NAME@2" in Anführungszeichen. Nichts wird geändert, keine Datei und kein Netz erreicht.',
    saveAs: 'Als Datensatz behalten',
    saveHint: 'Name, etwa monatssummen',
    save: 'Behalten',
    saved: (name, version) => `${name} Version ${version}`,
    savedAbout: (count) =>
      `${count.toLocaleString()} ${count === 1 ? 'Zeile' : 'Zeilen'} behalten; die Herkunft nennt das SQL und was gelesen wurde.`,
    same: 'Dieselben Zeilen waren schon da; nichts wurde gespeichert.',
    open: 'Öffnen',
  },
);
