/**
 * Where the names of clusters, or of a facet's values, stand on a map.
 *
 * @typedef {import('../../shared/contract.js').Mark} Mark
 */

/** Names at most. */
const MOST = 60;
/** A group that is strewn over more than this share of the map has no place of its own. */
const STREWN = 0.5;

/**
 * @param {Float32Array} xy of all images
 * @param {Int32Array} labels by row, -1 for none
 * @param {string[]} names by label
 * @param {(row: number) => boolean} counts
 * @returns {Mark[]} at the medians of their images; large groups are of a lower level
 */
export function regions(xy, labels, names, counts) {
  /** @type {number[][]} */
  const members = names.map(() => []);
  labels.forEach((label, row) => {
    if (label >= 0 && counts(row)) members[label].push(row);
  });
  const spread = deviation(xy, members.flat());
  const order = members.map((rows, label) => ({ rows, label }))
    .filter(({ rows }) => rows.length > 1 && deviation(xy, rows) < STREWN * spread * 1.6)
    .sort((a, b) => b.rows.length - a.rows.length || a.label - b.label).slice(0, MOST);
  return order.map(({ rows, label }, place) => ({
    x: median(rows.map((row) => xy[row * 2])), y: median(rows.map((row) => xy[row * 2 + 1])),
    text: names[label], level: place < 8 ? 0 : place < 24 ? 1 : 2,
  }));
}

/** @param {number[]} values */
function median(values) {
  return Float64Array.from(values).sort()[values.length >> 1];
}

/** Median distance from the middle. @param {Float32Array} xy @param {number[]} rows */
function deviation(xy, rows) {
  if (!rows.length) return 0;
  const [x, y] = [median(rows.map((row) => xy[row * 2])), median(rows.map((row) => xy[row * 2 + 1]))];
  return median(rows.map((row) => Math.hypot(xy[row * 2] - x, xy[row * 2 + 1] - y)));
}
