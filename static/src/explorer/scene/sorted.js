/**
 * A layout that the explorer makes itself: images in rows, by one of their numbers.
 *
 * @typedef {import('../../shared/contract.js').LayoutFile} LayoutFile
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 */

/** Layouts with this before the name of a number are made here. */
export const SORTED = 'sort.';

/** Columns to rows of the whole. */
const ASPECT = 1.6;
/** About so many rows say where they begin. */
const SAID = 12;

/**
 * @param {NumberColumn} column values by row, null where unknown
 * @param {string[]} ids
 * @param {string} unknown what stands above images without the number
 * @returns {LayoutFile} smallest first, in reading order; those without the number come after a gap
 */
export function sorted(column, ids, unknown) {
  const { values } = column;
  const rows = ids.map((_, row) => row);
  const known = rows.filter((row) => values[row] !== null && values[row] !== undefined);
  const rest = rows.filter((row) => values[row] === null || values[row] === undefined);
  known.sort((a, b) => Number(values[a]) - Number(values[b]) || a - b);
  const columns = Math.max(1, Math.ceil(Math.sqrt(ids.length * ASPECT)));
  const size = 1 / columns;
  const x = new Array(ids.length).fill(0);
  const y = new Array(ids.length).fill(0);
  const lines = Math.ceil(known.length / columns);
  const every = Math.max(1, Math.ceil(lines / SAID));
  /** @type {LayoutFile['marks']} */
  const marks = [];
  known.forEach((row, place) => {
    const line = Math.floor(place / columns);
    x[row] = ((place % columns) + 0.5) * size;
    y[row] = (line + 0.5) * size;
    const first = place % columns === 0 && line % every === 0;
    if (first) marks.push({ x: -size, y: y[row], text: brief(Number(values[row])), level: line % (2 * every) ? 1 : 0 });
  });
  rest.forEach((row, place) => {
    x[row] = ((place % columns) + 0.5) * size;
    y[row] = (lines + 1.5 + Math.floor(place / columns)) * size;
  });
  if (rest.length) marks.push({ x: 0.5, y: (lines + 0.5) * size, text: unknown, level: 0 });
  return {
    format: 1, view: '', layout: SORTED + column.name, kind: 'positions', ids, x, y, size,
    label: column.label, note: column.meaning, marks, lines: [], faithful: [],
  };
}

/** @param {number} value @returns {string} three figures, with a true minus sign */
export function brief(value) {
  const text = Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  return text.replace('-', '\u2212');
}
