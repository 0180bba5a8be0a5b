/**
 * Projective maps of the plane as nine numbers, row by row, acting on columns (x, y, 1).
 *
 * @typedef {number[]} Matrix
 * @typedef {[number, number]} Point
 * @typedef {[number, number, number, number]} Pair a point of A and the point of B that answers to it
 * @typedef {{width: number, height: number}} Size
 */

/** @type {Matrix} */
export const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** How much smaller than the frame a determinant may be before the map counts as flat. */
const FLAT = 1e-9;

/** @param {Matrix} a @param {Matrix} b @returns {Matrix} first b, then a */
export function multiply(a, b) {
  const out = new Array(9).fill(0);
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) {
      for (let k = 0; k < 3; k++) out[3 * r + c] += a[3 * r + k] * b[3 * k + c];
    }
  }
  return out;
}

/** @param {Matrix} m */
export function determinant(m) {
  return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

/** @param {Matrix} m @returns {Matrix | null} null where there is none */
export function inverse(m) {
  const det = determinant(m);
  if (!det || !Number.isFinite(det)) return null;
  const [a, b, c, d, e, f, g, h, i] = m;
  return [
    e * i - f * h, c * h - b * i, b * f - c * e,
    f * g - d * i, a * i - c * g, c * d - a * f,
    d * h - e * g, b * g - a * h, a * e - b * d,
  ].map((value) => value / det);
}

/** @param {Matrix} m @param {number} x @param {number} y @returns {Point} */
export function apply(m, x, y) {
  const w = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w];
}

/** @param {number} sx @param {number} sy @param {number} [dx] @param {number} [dy] @returns {Matrix} */
export function scaling(sx, sy, dx = 0, dy = 0) {
  return [sx, 0, dx, 0, sy, dy, 0, 0, 1];
}

/** @param {Matrix} m @param {number} x @param {number} y @returns {[number, number, number, number]} how the map stretches near a point: dx/dx, dx/dy, dy/dx, dy/dy */
export function jacobian(m, x, y) {
  const w = m[6] * x + m[7] * y + m[8];
  const [u, v] = apply(m, x, y);
  return [(m[0] - u * m[6]) / w, (m[1] - u * m[7]) / w, (m[3] - v * m[6]) / w, (m[4] - v * m[7]) / w];
}

/** @param {Matrix} m @param {number} x @param {number} y @returns {number} how many times longer lengths become near a point, on average */
export function stretch(m, x, y) {
  const [a, b, c, d] = jacobian(m, x, y);
  return Math.sqrt(Math.abs(a * d - b * c));
}

/** @param {Matrix} m @returns {string} the same map as a CSS transform with its origin at 0 0 */
export function cssMatrix(m) {
  const [a, b, c, d, e, f, g, h, i] = m.map((value) => Number(value.toPrecision(12)));
  return `matrix3d(${a},${d},0,${g},${b},${e},0,${h},0,0,1,0,${c},${f},0,${i})`;
}

/**
 * Whether a map can be shown: finite, and no corner of the frame goes to infinity or behind it.
 *
 * @param {Matrix | null} m
 * @param {Size} frame
 * @returns {m is Matrix}
 */
export function isUsable(m, { width, height }) {
  if (!m || m.length !== 9 || !m.every(Number.isFinite)) return false;
  const corners = /** @type {Point[]} */ ([[0, 0], [width, 0], [0, height], [width, height]]);
  const depths = corners.map(([x, y]) => m[6] * x + m[7] * y + m[8]);
  const largest = Math.max(...depths.map(Math.abs));
  if (!depths.every((depth) => depth * depths[0] > 0 && Math.abs(depth) > 1e-3 * largest)) return false;
  const [a, b, c, d] = jacobian(m, width / 2, height / 2);
  const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
  return size > FLAT && Math.abs(a * d - b * c) > 1e-4 * size * size;
}

/**
 * The map of a frame onto another, proportions kept, middle on middle.
 *
 * @param {Size} a
 * @param {Size} b
 * @param {number} orientation how B lies, 0-7: mirrored left to right if 4 or more, then turned
 *   with the clock by 90° times the rest
 * @returns {Matrix} pixels of A -> pixels of B
 */
export function framed(a, b, orientation = 0) {
  const turns = orientation % 4;
  const [width, height] = turns % 2 ? [a.height, a.width] : [a.width, a.height];
  const size = Math.min(b.width / width, b.height / height);
  const [cos, sin] = [[1, 0], [0, 1], [-1, 0], [0, -1]][turns];
  const flip = orientation >= 4 ? -1 : 1;
  const centred = scaling(1, 1, -a.width / 2, -a.height / 2);
  return multiply([size * cos * flip, -size * sin, b.width / 2, size * sin * flip, size * cos, b.height / 2, 0, 0, 1], centred);
}

/** @param {number} orientation of B as A sees it @returns {number} of A as B sees it */
export function reversed(orientation) {
  return orientation >= 4 ? orientation : (4 - orientation) % 4;
}

/**
 * The map that takes each point of A exactly to its point of B: affine for three pairs, a homography
 * for four (the direct linear transform, on points moved and scaled to the unit circle).
 *
 * @param {Pair[]} pairs three or four
 * @returns {Matrix | null} null where they do not tell, as when three lie on a line
 */
export function solved(pairs) {
  if (pairs.length !== 3 && pairs.length !== 4) return null;
  const na = evened(pairs.map(([x, y]) => [x, y]));
  const nb = evened(pairs.map(([, , x, y]) => [x, y]));
  const back = inverse(nb);
  if (!back) return null;
  const moved = pairs.map(([x, y, u, v]) => [...apply(na, x, y), ...apply(nb, u, v)]);
  const found = gauss(pairs.length === 3 ? affineRows(moved) : homographyRows(moved));
  if (!found) return null;
  const inner = pairs.length === 3 ? [...found, 0, 0, 1] : [...found, 1];
  const matrix = multiply(multiply(back, inner), na);
  if (!matrix.every(Number.isFinite) || !matrix[8]) return null;
  return matrix.map((value) => value / matrix[8]);
}

/** @param {number[][]} moved */
function affineRows(moved) {
  return moved.flatMap(([x, y, u, v]) => [[x, y, 1, 0, 0, 0, u], [0, 0, 0, x, y, 1, v]]);
}

/** @param {number[][]} moved */
function homographyRows(moved) {
  return moved.flatMap(([x, y, u, v]) => [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]);
}

/** @param {Point[]} points @returns {Matrix} moves them about the origin, at mean distance 1 */
function evened(points) {
  const middle = [0, 1].map((at) => points.reduce((sum, point) => sum + point[at], 0) / points.length);
  const far = points.reduce((sum, [x, y]) => sum + Math.hypot(x - middle[0], y - middle[1]), 0) / points.length || 1;
  return scaling(1 / far, 1 / far, -middle[0] / far, -middle[1] / far);
}

/** Gauss with the largest pivot. @param {number[][]} rows of n numbers and the right side @returns {number[] | null} */
function gauss(rows) {
  const n = rows.length;
  for (let at = 0; at < n; at++) {
    let best = at;
    for (let r = at + 1; r < n; r++) if (Math.abs(rows[r][at]) > Math.abs(rows[best][at])) best = r;
    if (!(Math.abs(rows[best][at]) > FLAT)) return null;
    [rows[at], rows[best]] = [rows[best], rows[at]];
    for (let r = 0; r < n; r++) {
      const times = r === at ? 0 : rows[r][at] / rows[at][at];
      if (times) for (let c = at; c <= n; c++) rows[r][c] -= times * rows[at][c];
    }
  }
  return rows.map((row, at) => row[n] / row[at]);
}
