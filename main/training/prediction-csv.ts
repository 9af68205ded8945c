import { boundsOf, decisionOf, predictedValue, type Predictions } from './predict-table.ts';

const rowsAtOnce = 10_000;

/**
 * Predictions as CSV (RFC 4180, LF, UTF-8), one line per row of the input in its order. Numbers are written with the
 * fewest digits that give the same number back.
 */
export function predictionCsv(predictions: Predictions): Uint8Array {
  const { classes, rows, values, within, decisions } = predictions;
  const beside = within ? (classes.length === 0 ? ['low', 'high'] : ['classes']) : [];
  const chosen = decisions ? ['decision', 'expected_cost'] : [];
  const header = ['prediction', ...chosen, ...beside, ...classes.map((label) => `probability_${label}`)]
    .map(quoted)
    .join(',');
  const labels = new Map(classes.map((label) => [label, quoted(label)]));
  const chunks = [Buffer.from(`${header}\n`)];
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(rows, from + rowsAtOnce); row++) {
      const predicted = predictedValue(predictions, row);
      let line = typeof predicted === 'string' ? (labels.get(predicted) ?? '') : String(predicted);
      if (decisions) {
        for (const part of Object.values(decisionOf(predictions, row))) {
          line += `,${typeof part === 'string' ? (labels.get(part) ?? '') : part}`;
        }
      }
      if (within) {
        for (const bound of Object.values(boundsOf(predictions, row))) {
          line += `,${typeof bound === 'string' ? quoted(bound) : bound}`;
        }
      }
      for (let i = 0; i < classes.length; i++) line += `,${values[row * classes.length + i] ?? NaN}`;
      lines.push(line);
    }
    chunks.push(Buffer.from(`${lines.join('\n')}\n`));
  }
  return Buffer.concat(chunks);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}
