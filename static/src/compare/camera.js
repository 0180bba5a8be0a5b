/**
 * Where the eyes are: over a point of A, closer or farther. All panes share it.
 *
 * @typedef {import('./matrix.js').Matrix} Matrix
 * @typedef {import('./matrix.js').Size} Size
 * @typedef {{x: number, y: number, z: number}} Camera middle in pixels of A, and zoom; 1 shows the whole
 */
import { apply, inverse, multiply, scaling, stretch } from './matrix.js';

/** Share of a pane that the whole of A fills. */
const FILLED = 0.94;
const CLOSEST = 64;
const FARTHEST = 0.25;

/** @param {Size} a @returns {Camera} over the middle of A, all of it in sight */
export function whole(a) {
  return { x: a.width / 2, y: a.height / 2, z: 1 };
}

/** @param {Camera} camera @param {Size} a @param {Size} pane @returns {number} CSS pixels a pixel of A */
export function scaleOf({ z }, a, pane) {
  return z * FILLED * Math.min(pane.width / a.width, pane.height / a.height);
}

/** @param {Camera} camera @param {Size} a @param {Size} pane @returns {Matrix} pixels of A -> CSS pixels of a pane */
export function seen(camera, a, pane) {
  const size = scaleOf(camera, a, pane);
  return scaling(size, size, pane.width / 2 - size * camera.x, pane.height / 2 - size * camera.y);
}

/**
 * B as it lies in its own frame: the point that answers to the middle stands in the middle, and the
 * drawing is as large as that of A.
 *
 * @param {Camera} camera
 * @param {Size} a
 * @param {Size} pane
 * @param {Matrix} matrix pixels of A -> pixels of B
 * @returns {Matrix} pixels of B -> CSS pixels
 */
export function seenAsItLies(camera, a, pane, matrix) {
  const size = scaleOf(camera, a, pane) / stretch(matrix, camera.x, camera.y);
  const [x, y] = apply(matrix, camera.x, camera.y);
  return scaling(size, size, pane.width / 2 - size * x, pane.height / 2 - size * y);
}

/** @param {Camera} camera @param {Size} a @param {Size} pane @param {Matrix} matrix @returns {Matrix} pixels of B, brought to the pose of A -> CSS pixels */
export function seenInPose(camera, a, pane, matrix) {
  return multiply(seen(camera, a, pane), inverse(matrix) ?? scaling(1, 1));
}

/**
 * @param {Camera} camera
 * @param {Size} a
 * @param {Size} pane
 * @param {number} by times closer
 * @param {number} [px] CSS pixels that stay under the pointer; the middle if left out
 * @param {number} [py]
 * @returns {Camera}
 */
export function zoomed(camera, a, pane, by, px = pane.width / 2, py = pane.height / 2) {
  const z = Math.min(CLOSEST, Math.max(FARTHEST, camera.z * by));
  const before = scaleOf(camera, a, pane);
  const after = scaleOf({ ...camera, z }, a, pane);
  const [dx, dy] = [px - pane.width / 2, py - pane.height / 2];
  return kept({ x: camera.x + dx / before - dx / after, y: camera.y + dy / before - dy / after, z }, a);
}

/** @param {Camera} camera @param {Size} a @param {Size} pane @param {number} dx CSS pixels that the pictures move @param {number} dy @returns {Camera} */
export function moved(camera, a, pane, dx, dy) {
  const size = scaleOf(camera, a, pane);
  return kept({ ...camera, x: camera.x - dx / size, y: camera.y - dy / size }, a);
}

/** The middle of the window stays over A, so that nobody gets lost. @param {Camera} camera @param {Size} a @returns {Camera} */
function kept(camera, { width, height }) {
  return { ...camera, x: Math.min(width, Math.max(0, camera.x)), y: Math.min(height, Math.max(0, camera.y)) };
}
