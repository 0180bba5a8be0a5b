/**
 * Lines round where images lie close: contours of their smoothed density.
 *
 * @typedef {import('../scene/places.js').Places} Places
 */
import { blur2 } from 'd3-array';
import { contours } from 'd3-contour';

const SIDE = 160;
const LEVELS = 5;
/** Reach of an image, in cells. */
const REACH = 9;
/** Empty cells round all, so that lines close. */
const PAD = 28;

/**
 * @typedef {{data: Float64Array, width: number, height: number, cell: number, left: number,
 *   top: number, most: number}} Field density by cell; the corner of the first cell, and the side
 *   of each, in the unit of the layout
 */

/**
 * @param {Places} places
 * @param {(row: number) => boolean} counts whether an image counts
 * @returns {Field} with empty cells all round
 */
export function field(places, counts) {
  const { bounds, xy } = places;
  const cell = Math.max(bounds.width, bounds.height) / SIDE;
  const width = Math.ceil(bounds.width / cell) + 2 * PAD;
  const height = Math.ceil(bounds.height / cell) + 2 * PAD;
  const data = new Float64Array(width * height);
  for (let row = 0; row < xy.length / 2; row++) {
    if (!counts(row)) continue;
    const x = Math.floor((xy[row * 2] - bounds.x) / cell) + PAD;
    const y = Math.floor((xy[row * 2 + 1] - bounds.y) / cell) + PAD;
    if (x >= 0 && y >= 0 && x < width && y < height) data[y * width + x]++;
  }
  blur2({ data, width, height }, REACH);
  const most = data.reduce((a, b) => Math.max(a, b), 0);
  return { data, width, height, cell, left: bounds.x - PAD * cell, top: bounds.y - PAD * cell, most };
}

/**
 * @param {Places} places
 * @param {(row: number) => boolean} counts whether an image counts
 * @returns {string[]} paths in the unit of the layout, the widest first
 */
export function density(places, counts) {
  const { data, width, height, cell, left, top, most } = field(places, counts);
  if (!most) return [];
  const steps = Array.from({ length: LEVELS }, (_, i) => (most * (i + 1)) / (LEVELS + 1));
  const place = (/** @type {[number, number]} */ [x, y]) => `${(left + x * cell).toFixed(4)} ${(top + y * cell).toFixed(4)}`;
  return contours().size([width, height]).thresholds(steps)(data)
    .map(({ coordinates }) => coordinates.flatMap((rings) => rings.map((ring) => `M${ring.map(place).join('L')}Z`)).join(''))
    .filter(Boolean);
}
