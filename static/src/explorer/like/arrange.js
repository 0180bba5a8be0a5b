/**
 * Layouts of a ranking: a spiral of the most alike in the middle, rings by score, or rows in reading order.
 *
 * @typedef {import('../../shared/contract.js').LayoutFile} LayoutFile
 */
import { score } from '../../shared/strings.js';
import { RANKED_RINGS, RANKED_ROWS } from './names.js';

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
/** Distance of the sunflower's seeds, in sides of a picture's square. */
const STEP = 0.66;
const ASPECT = 1.6;
/** Steps of the score, each with rings of its own, and how far rings and images on them are apart. */
const RINGS = 8;
const RING_STEP = 1.08;
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
  const places = layout === RANKED_ROWS ? rows(order, scores) : layout === RANKED_RINGS ? rings(order, scores) : spiral(order);
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

/**
 * Rings round the most alike: each holds one step of the score, as far out as its images need room.
 * A ring begins above and goes with the clock, the most alike first.
 *
 * @param {Uint32Array} order
 * @param {Float32Array} scores
 */
function rings(order, scores) {
  const x = new Array(order.length);
  const y = new Array(order.length);
  /** @type {NonNullable<LayoutFile['marks']>} */
  const marks = [];
  /** @type {[number, number][][]} */
  const lines = [];
  const [best, least] = [scores[order[0]] ?? 1, scores[order[order.length - 1]] ?? 0];
  const ringOf = (/** @type {number} */ row) => (best > least ? Math.min(RINGS - 1, Math.floor(((best - scores[row]) / (best - least)) * RINGS)) : 0);
  let far = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    const ring = ringOf(order[from]);
    while (to < order.length && ringOf(order[to]) === ring) to++;
    let place = from;
    // The first image alone is the middle.
    if (!from) [x[order[0]], y[order[0]], place, far] = [0, 0, 1, 1.2];
    const inner = far;
    while (place < to) {
      const room = Math.max(1, Math.floor((2 * Math.PI * far) / RING_STEP));
      const some = Math.min(room, to - place);
      for (let k = 0; k < some; k++, place++) {
        const angle = (k / some) * 2 * Math.PI;
        x[order[place]] = far * Math.sin(angle);
        y[order[place]] = -far * Math.cos(angle);
      }
      far += RING_STEP;
    }
    if (far > inner) {
      lines.push(circle(far - RING_STEP / 2 + 0.2));
      marks.push({ x: 0, y: -(far - RING_STEP / 2 + 0.2), text: score(scores[order[to - 1]]), level: 1 });
    }
    far += 0.4;
  }
  const scale = 1 / (2 * Math.max(far, 1));
  const at = (/** @type {number} */ value) => 0.5 + value * scale;
  return {
    x: x.map(at), y: y.map(at), size: scale * 0.94,
    marks: marks.map((mark) => ({ ...mark, x: at(mark.x), y: at(mark.y) })),
    lines: lines.map((line) => line.map(([a, b]) => /** @type {[number, number]} */ ([at(a), at(b)]))),
  };
}

/** @param {number} far @returns {[number, number][]} */
function circle(far) {
  return Array.from({ length: 97 }, (_, i) => [far * Math.sin((i * Math.PI) / 48), -far * Math.cos((i * Math.PI) / 48)]);
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
