/**
 * What one would not look for: relatives that lie far apart on the map, or are of times far apart.
 *
 * @typedef {import('./edges.js').Edges} Edges
 * @typedef {{first: number, second: number, why: 'far' | 'date', much: number}} Found much: how
 *   far apart, as a share of the map's longer side, or years
 */

/** Pairs among this share of the nearest are near enough to be a surprise. */
const NEAR = 0.25;
/** So far apart on the map, as a share of its longer side, is unexpected. */
const FAR = 0.3;
/** So many years apart are unexpected. */
const YEARS = 100;
const MOST = 200;

/**
 * @param {Edges} edges of the view
 * @param {Float32Array} xy places on its map
 * @param {([number, number] | null)[]} years
 * @param {(row: number) => boolean} counts whether an image may be shown
 * @returns {Found[]} the most surprising first, each image once
 */
export function unexpected(edges, xy, years, counts) {
  /** @type {(Found & {weight: number})[]} */
  const found = [];
  for (let at = 0; at < edges.length * NEAR; at++) {
    const [first, second] = [edges.first[at], edges.second[at]];
    if (!counts(first) || !counts(second)) continue;
    const far = Math.hypot(xy[first * 2] - xy[second * 2], xy[first * 2 + 1] - xy[second * 2 + 1]);
    const gap = gapOf(years[first], years[second]);
    const [a, b] = [far / FAR, gap / YEARS];
    if (Math.max(a, b) < 1) continue;
    found.push({ first, second, why: a >= b ? 'far' : 'date', much: a >= b ? far : gap, weight: Math.max(a, b) });
  }
  found.sort((a, b) => b.weight - a.weight || a.first - b.first || a.second - b.second);
  /** @type {Set<number>} */
  const seen = new Set();
  /** @type {Found[]} */
  const kept = [];
  for (const { weight: _, ...one } of found) {
    if (seen.has(one.first) || seen.has(one.second)) continue;
    seen.add(one.first).add(one.second);
    if (kept.push(one) >= MOST) break;
  }
  return kept;
}

/** @param {[number, number] | null} a @param {[number, number] | null} b @returns {number} years between two spans, 0 where they touch or one is unknown */
export function gapOf(a, b) {
  return a && b ? Math.max(0, b[0] - a[1], a[0] - b[1]) : 0;
}

/**
 * Why two images are an unexpected pair, found anew from what is known of them.
 *
 * @param {number} first row
 * @param {number} second row
 * @param {Float32Array} xy places on the map
 * @param {([number, number] | null)[]} years
 * @returns {{why: 'far' | 'date', much: number}}
 */
export function reason(first, second, xy, years) {
  const far = Math.hypot(xy[first * 2] - xy[second * 2], xy[first * 2 + 1] - xy[second * 2 + 1]);
  const gap = gapOf(years[first], years[second]);
  return far / FAR >= gap / YEARS ? { why: 'far', much: far } : { why: 'date', much: gap };
}

/**
 * The next step of a walk: the nearest relative that was not seen, rather of another source; where
 * all were seen, the next image that was not.
 *
 * @param {Edges} edges
 * @param {number} row
 * @param {Set<number>} seen
 * @param {string[]} sources
 * @param {(row: number) => boolean} counts whether an image may be gone to
 * @returns {{row: number, at: number, place: number} | null} number of the pair, -1 for a leap, and
 *   which nearest relative it is, from 1; null where there is nowhere to go
 */
export function nextStep(edges, row, seen, sources, counts) {
  const around = edges.of(row).map((at, place) => ({ row: edges.other(at, row), at, place: place + 1 }));
  const open = around.filter((one) => !seen.has(one.row) && counts(one.row));
  const abroad = open.find((one) => sources[one.row] !== sources[row]);
  if (open.length) return abroad ?? open[0];
  for (let step = 1; step < edges.count; step++) {
    const other = (row + step) % edges.count;
    if (!seen.has(other) && counts(other)) return { row: other, at: -1, place: 0 };
  }
  return null;
}
