/** An alignment by hand as a line of alignments.csv, which the next build takes in. */

export const COLUMNS = ['image', 'image', 'model', 'm11', 'm12', 'm13', 'm21', 'm22', 'm23', 'm31', 'm32', 'm33', 'who', 'when', 'note'];

/** Digits of a matrix entry: enough to lay 8,000 pixels within a hundredth of one. */
const DIGITS = 12;

/**
 * @param {string} a id
 * @param {string} b id
 * @param {{model: string, matrix: number[]}} laid pixels of the original of A -> of B
 * @param {{who: string, when: string, note: string}} said
 * @returns {string} the line, without its end
 */
export function csvLine(a, b, { model, matrix }, { who, when, note }) {
  return [a, b, model, ...matrix.map((value) => String(Number(value.toPrecision(DIGITS)))), who, when, note].map(field).join(',');
}

/** @returns {string} the line of column names */
export function csvHead() {
  return COLUMNS.join(',');
}

/** @param {string} text */
function field(text) {
  const one = text.replace(/\s+/g, ' ').trim();
  return /[",]/.test(one) ? `"${one.replace(/"/g, '""')}"` : one;
}
