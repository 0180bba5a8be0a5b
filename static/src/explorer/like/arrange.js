/**
 * Layouts of a ranking: a spiral of the most alike in the middle, or rows in reading order.
 *
 * @typedef {import('../../shared/contract.js').LayoutFile} LayoutFile
 */
import { score } from '../../shared/strings.js';
import { RANKED_ROWS } from './names.js';

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
/** Distance of the sunflower's seeds, in sides of a picture's square. */
const STEP = 0.66;
const ASPECT = 1.6;
/** About so many rows say their score. */
const SAID = 10;

/**
 * @param {string} layout
 * @param {string[]} ids
 * @param {Uint32Array} order rows, the most alike first
 * @param {Float32Array} scores by row
 * @param {string} label
 * @returns {LayoutFile}
 */
export function arranged(layout, ids, order, scores, label) {
  const places = layout === RANKED_ROWS ? rows(order, scores) : spiral(order);
  return { format: 1, view: '', layout, kind: 'positions', ids, label, note: '', lines: [], faithful: [], ...places };
}

/** Vogel's sunflower: every image has about the same room. @param {Uint32Array} order */
function spiral(order) {
  const size = 1 / (2 * STEP * Math.sqrt(Math.max(1, order.length)));
  const x = new Array(order.length);
  const y = new Array(order.length);
  order.forEach((row, place) => {
    const far = STEP * size * Math.sqrt(place);
    x[row] = 0.5 + far * Math.cos(place * GOLDEN);
    y[row] = 0.5 + far * Math.sin(place * GOLDEN);
  });
  return { x, y, size, marks: [] };
}

/** @param {Uint32Array} order @param {Float32Array} scores */
function rows(order, scores) {
  const columns = Math.max(1, Math.ceil(Math.sqrt(order.length * ASPECT)));
  const size = 1 / columns;
  const every = Math.max(1, Math.ceil(order.length / columns / SAID));
  const x = new Array(order.length);
  const y = new Array(order.length);
  /** @type {NonNullable<LayoutFile['marks']>} */
  const marks = [];
  order.forEach((row, place) => {
    const line = Math.floor(place / columns);
    x[row] = ((place % columns) + 0.5) * size;
    y[row] = (line + 0.5) * size;
    const said = place % columns === 0 && line % every === 0;
    if (said) marks.push({ x: -size, y: y[row], text: score(scores[row]), level: line % (2 * every) ? 1 : 0 });
  });
  return { x, y, size, marks };
}
