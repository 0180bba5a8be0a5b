/**
 * How B is laid over A: as points that were set by hand say, as was chosen by hand, as the build has
 * found, or else frame on frame.
 *
 * @typedef {import('./matrix.js').Matrix} Matrix
 * @typedef {import('./matrix.js').Pair} Pair
 * @typedef {import('./matrix.js').Size} Size
 * @typedef {import('./state.js').State} State
 * @typedef {object} Found what the build says of the pair, from A to B
 * @property {string} view
 * @property {string} model
 * @property {Matrix} matrix pixels of A -> pixels of B
 * @property {number} orientation
 * @property {number} inliers
 * @property {number} residual share of the side
 * @property {number} overlap
 * @property {number} log10_nfa
 * @property {boolean} accepted
 * @property {string} [by] who laid them by hand; missing where the build did
 * @typedef {object} Placing
 * @property {'points' | 'turned' | 'found' | 'frame'} kind
 * @property {string} model
 * @property {Matrix} matrix pixels of A -> pixels of B
 * @property {number} orientation
 * @property {Found | null} found
 * @property {boolean} failed whether points were set that no map answers to
 */
import { apply, determinant, framed, inverse, isUsable, jacobian, reversed, solved } from './matrix.js';

/**
 * @param {State} state
 * @param {Size} a
 * @param {Size} b
 * @param {Found | null} found
 * @param {number} orientation of B by the lists of relatives, 0 where they say nothing
 * @returns {Placing}
 */
export function placed(state, a, b, found, orientation) {
  const by = state.points.length ? solved(state.points) : null;
  const failed = state.points.length > 0 && !isUsable(by, a);
  if (by && !failed) {
    const model = state.points.length === 3 ? 'affine' : 'homography';
    return { kind: 'points', model, matrix: by, orientation: lyingBy(by, a), found, failed };
  }
  if (state.orientation >= 0) return onFrame('turned', a, b, state.orientation, found, failed);
  if (found && isUsable(found.matrix, a)) return { kind: 'found', model: found.model, matrix: found.matrix, orientation: found.orientation, found, failed };
  return onFrame('frame', a, b, orientation, null, failed);
}

/** @param {'turned' | 'frame'} kind @param {Size} a @param {Size} b @param {number} orientation @param {Found | null} found @param {boolean} failed @returns {Placing} */
function onFrame(kind, a, b, orientation, found, failed) {
  return { kind, model: 'similarity', matrix: framed(a, b, orientation), orientation, found, failed };
}

/** @param {Found} found from A to B @returns {Found | null} the same from B to A */
export function turnedRound(found) {
  const matrix = inverse(found.matrix);
  return matrix && { ...found, matrix, orientation: reversed(found.orientation) };
}

/**
 * What a map does to the drawing at the middle of A, in words' worth of numbers.
 *
 * @param {Matrix} matrix
 * @param {Size} a
 * @returns {{scale: number, degrees: number, mirrored: boolean}} how much larger B is drawn, and how
 *   far with the clock it is turned
 */
export function pose(matrix, a) {
  const [p, q, r, s] = jacobian(matrix, a.width / 2, a.height / 2);
  const mirrored = p * s - q * r < 0;
  // Of a mirrored drawing the first axis points the other way before it is turned.
  const degrees = (Math.atan2(mirrored ? -r - q : r - q, mirrored ? -p + s : p + s) * 180) / Math.PI;
  return { scale: Math.sqrt(Math.abs(p * s - q * r)), degrees, mirrored };
}

/** @param {Matrix} matrix @param {Size} a @returns {number} the nearest of the eight orientations */
export function lyingBy(matrix, a) {
  const { degrees, mirrored } = pose(matrix, a);
  return (mirrored ? 4 : 0) + ((Math.round(degrees / 90) + 4) % 4);
}

/**
 * Points to begin with: at the corners of the middle of A, where the present map has them in B, kept
 * inside of both frames.
 *
 * @param {number} count three or four
 * @param {Matrix} matrix
 * @param {Size} a
 * @param {Size} b
 * @returns {Pair[]}
 */
export function firstPoints(count, matrix, a, b) {
  const [near, far] = [0.2, 0.8];
  const corners = [[near, near], [far, near], [far, far], [near, far]].slice(0, count);
  for (const shrink of [1, 0.6, 0.3, 0]) {
    const pairs = corners.map(([u, v]) => {
      const [x, y] = [a.width * (0.5 + (u - 0.5) * shrink), a.height * (0.5 + (v - 0.5) * shrink)];
      return /** @type {Pair} */ ([x, y, ...apply(matrix, x, y)]);
    });
    if (shrink && pairs.every(([, , x, y]) => x >= 0 && y >= 0 && x <= b.width && y <= b.height)) return pairs;
  }
  // Nothing of the middle of A lies over B: begin frame on frame.
  const plain = framed(a, b, determinant(matrix) < 0 ? 4 : 0);
  return corners.map(([u, v]) => /** @type {Pair} */ ([a.width * u, a.height * v, ...apply(plain, a.width * u, a.height * v)]));
}

/** Adds the corner that three points leave open. @param {Pair[]} pairs @param {Matrix} matrix @param {Size} a @returns {Pair[]} */
export function fourthPoint(pairs, matrix, a) {
  const [p, q, r] = pairs;
  const x = Math.min(a.width, Math.max(0, p[0] + r[0] - q[0]));
  const y = Math.min(a.height, Math.max(0, p[1] + r[1] - q[1]));
  return [...pairs, [x, y, ...apply(matrix, x, y)]];
}
