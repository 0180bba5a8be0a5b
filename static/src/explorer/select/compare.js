/**
 * What tells two sets of images apart: values of facets by their shares, numbers by how often one
 * of the first set is larger than one of the second.
 *
 * @typedef {import('../../shared/contract.js').Facet} Facet
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 * @typedef {{kind: 'value', key: string, label: string, value: string, a: number, b: number, ofA: number, ofB: number, strength: number}} ValueFound
 *   a of ofA images of the first set have the value ("" not stated)
 * @typedef {{kind: 'number', key: string, label: string, a: number, b: number, ofA: number, ofB: number, strength: number}} NumberFound
 *   a and b: medians; ofA and ofB: images that have the number
 */

/** Weaker differences are not told: so large a one comes by chance between two halves of anything. */
const LEAST = 0.05;

/**
 * @param {number[]} first rows
 * @param {number[]} second rows
 * @param {Facet[]} facets
 * @param {NumberColumn[]} columns
 * @returns {(ValueFound | NumberFound)[]} strongest first; strength is 0-1, its sign left out
 */
export function compared(first, second, facets, columns) {
  const found = [...facets.flatMap((facet) => ofFacet(first, second, facet)), ...columns.flatMap((column) => ofNumber(first, second, column))];
  return found.filter(({ strength }) => strength >= LEAST).sort((x, y) => y.strength - x.strength);
}

/** @param {number[]} first @param {number[]} second @param {Facet} facet @returns {ValueFound[]} */
function ofFacet(first, second, facet) {
  if (!first.length || !second.length) return [];
  const a = counts(first, facet);
  const b = counts(second, facet);
  return [...facet.values, ''].map((value, i) => ({
    kind: /** @type {const} */ ('value'), key: facet.key, label: facet.label, value, a: a[i], b: b[i], ofA: first.length, ofB: second.length,
    strength: Math.abs(a[i] / first.length - b[i] / second.length),
  }));
}

/** @param {number[]} rows @param {Facet} facet @returns {Uint32Array} by value, the last is not stated */
function counts(rows, { values, index }) {
  const found = new Uint32Array(values.length + 1);
  for (const row of rows) found[index[row] < 0 ? values.length : index[row]]++;
  return found;
}

/** @param {number[]} first @param {number[]} second @param {NumberColumn} column @returns {NumberFound[]} */
function ofNumber(first, second, column) {
  const a = known(first, column);
  const b = known(second, column);
  if (!a.length || !b.length) return [];
  return [{
    kind: 'number', key: column.name, label: column.label, a: median(a), b: median(b), ofA: a.length, ofB: b.length,
    strength: Math.abs(dominance(a, b)),
  }];
}

/** @param {number[]} rows @param {NumberColumn} column @returns {Float64Array} ascending */
function known(rows, { values }) {
  return Float64Array.from(rows.map((row) => values[row]).filter((value) => value !== null && value !== undefined)).sort();
}

/** @param {Float64Array} sorted */
function median(sorted) {
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Cliff's delta (1993): how much more often a number of the first is larger than one of the second
 * than the other way round.
 *
 * @param {Float64Array} a ascending
 * @param {Float64Array} b ascending
 * @returns {number} -1 to 1
 */
export function dominance(a, b) {
  let [sum, below, upTo] = [0, 0, 0];
  for (const value of a) {
    while (below < b.length && b[below] < value) below++;
    while (upTo < b.length && b[upTo] <= value) upTo++;
    sum += below - (b.length - upTo);
  }
  return sum / (a.length * b.length);
}
