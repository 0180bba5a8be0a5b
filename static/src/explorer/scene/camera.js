/**
 * The camera's arithmetic. A camera is the point of the layout in the middle of the free part of
 * the window (what bars and panels leave) and the number of CSS pixels a unit. No DOM in here.
 *
 * @typedef {import('../../shared/contract.js').Box} Box
 * @typedef {{x: number, y: number, scale: number}} Camera
 */

/** Share of the free rectangle that the whole may fill. */
const MARGIN = 0.92;
/** How far out the camera goes, as a share of the scale that shows the whole. */
const LEAST = 0.6;

/**
 * @param {Box} bounds in the unit of the layout
 * @param {Box} free rectangle in CSS pixels
 * @param {number} [margin] share of the free rectangle to fill
 * @returns {Camera} the one that shows the bounds whole and centred
 */
export function fit(bounds, free, margin = MARGIN) {
  const width = Math.max(bounds.width, 1e-6);
  const height = Math.max(bounds.height, 1e-6);
  return {
    x: bounds.x + bounds.width / 2,
    y: bounds.y + bounds.height / 2,
    scale: Math.min(free.width / width, free.height / height) * margin,
  };
}

/**
 * @param {Camera} camera
 * @param {Box} free
 * @param {number} x in the unit of the layout
 * @param {number} y
 * @returns {[number, number]} CSS pixels of the window
 */
export function toScreen(camera, free, x, y) {
  return [
    (x - camera.x) * camera.scale + free.x + free.width / 2,
    (y - camera.y) * camera.scale + free.y + free.height / 2,
  ];
}

/**
 * @param {Camera} camera
 * @param {Box} free
 * @param {number} px CSS pixels of the window
 * @param {number} py
 * @returns {[number, number]} in the unit of the layout
 */
export function toWorld(camera, free, px, py) {
  return [
    (px - free.x - free.width / 2) / camera.scale + camera.x,
    (py - free.y - free.height / 2) / camera.scale + camera.y,
  ];
}

/**
 * Zooms so that what is under a point of the screen stays there.
 *
 * @param {Camera} camera
 * @param {Box} free
 * @param {number} px
 * @param {number} py
 * @param {number} scale the new scale
 * @returns {Camera}
 */
export function zoomAt(camera, free, px, py, scale) {
  const [x, y] = toWorld(camera, free, px, py);
  return placing(free, x, y, px, py, scale);
}

/**
 * @param {Box} free
 * @param {number} x
 * @param {number} y
 * @param {number} px
 * @param {number} py
 * @param {number} scale
 * @returns {Camera} the one at this scale that shows (x, y) at (px, py)
 */
export function placing(free, x, y, px, py, scale) {
  return {
    x: x - (px - free.x - free.width / 2) / scale,
    y: y - (py - free.y - free.height / 2) / scale,
    scale,
  };
}

/**
 * @typedef {{bounds: Box, whole: number, most: number}} Limits bounds of the layout, the scale that
 *   shows the whole, and the largest scale
 */

/**
 * The nearest allowed camera: the middle of the view lies over the images, the scale within limits.
 *
 * @param {Camera} camera
 * @param {Limits} limits
 * @returns {Camera}
 */
export function clampCamera(camera, limits) {
  const { bounds } = limits;
  return {
    x: clamp(camera.x, bounds.x, bounds.x + bounds.width),
    y: clamp(camera.y, bounds.y, bounds.y + bounds.height),
    scale: clamp(camera.scale, limits.whole * LEAST, limits.most),
  };
}

/**
 * Softens what goes beyond the limits: the further, the harder.
 *
 * @param {Camera} camera
 * @param {Limits} limits
 * @returns {Camera}
 */
export function softenCamera(camera, limits) {
  const inside = clampCamera(camera, limits);
  const give = 120 / camera.scale;
  return {
    x: inside.x + rubber(camera.x - inside.x, give),
    y: inside.y + rubber(camera.y - inside.y, give),
    scale: inside.scale * Math.exp(rubber(Math.log(camera.scale / inside.scale), 0.25)),
  };
}

/**
 * Moves a camera as little as needed to bring a box into the free rectangle.
 *
 * @param {Camera} camera
 * @param {Box} free
 * @param {Box} box in the unit of the layout
 * @param {number} margin CSS pixels kept around it
 * @returns {Camera}
 */
export function reveal(camera, free, box, margin) {
  const [left, top] = toScreen(camera, free, box.x, box.y);
  const dx = shift(left, left + box.width * camera.scale, free.x + margin, free.x + free.width - margin);
  const dy = shift(top, top + box.height * camera.scale, free.y + margin, free.y + free.height - margin);
  return { x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale, scale: camera.scale };
}

/** @param {number} low @param {number} high @param {number} from @param {number} to */
function shift(low, high, from, to) {
  if (high - low > to - from) return (from + to) / 2 - (low + high) / 2;
  if (low < from) return from - low;
  return high > to ? to - high : 0;
}

/** @param {number} over @param {number} give */
function rubber(over, give) {
  return give * Math.sign(over) * (1 - 1 / (Math.abs(over) / give + 1));
}

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
