/**
 * The grid of a frame, as a map warps it: straight lines stay straight under every projective map,
 * so two ends tell each.
 *
 * @typedef {import('./matrix.js').Matrix} Matrix
 * @typedef {import('./matrix.js').Size} Size
 */
import { apply } from './matrix.js';

/** Cells along the longer side. */
const CELLS = 10;

/**
 * @param {Size} frame
 * @param {Matrix} matrix pixels of the frame -> CSS pixels
 * @returns {string} the path of an SVG
 */
export function gridPath({ width, height }, matrix) {
  const cell = Math.max(width, height) / CELLS;
  /** @type {string[]} */
  const parts = [];
  const line = (/** @type {[number, number]} */ from, /** @type {[number, number]} */ to) => {
    const [[x, y], [u, v]] = [apply(matrix, ...from), apply(matrix, ...to)];
    if ([x, y, u, v].every(Number.isFinite)) parts.push(`M${x.toFixed(1)} ${y.toFixed(1)}L${u.toFixed(1)} ${v.toFixed(1)}`);
  };
  for (const x of steps(width, cell)) line([x, 0], [x, height]);
  for (const y of steps(height, cell)) line([0, y], [width, y]);
  return parts.join('');
}

/** @param {number} length @param {number} cell @returns {number[]} both ends among them */
function steps(length, cell) {
  const count = Math.max(1, Math.round(length / cell));
  return Array.from({ length: count + 1 }, (_, at) => (at * length) / count);
}
