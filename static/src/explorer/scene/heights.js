/**
 * The ground of the landscape: the smoothed density of the images as heights.
 *
 * @typedef {import('./places.js').Places} Places
 * @typedef {import('../colour/density.js').Field} Field
 * @typedef {import('./stage.js').Stage} Stage
 */
import { cleanOrbit, FIRST } from './relief.js';
import { t } from '../../shared/strings.js';
import { field } from '../colour/density.js';
import { Said } from '../ui/said.js';

/** The layout that is the map with its density as heights. */
export const LANDSCAPE = 'landscape';
/** Height of the highest hill, as a share of the longer side of the map. */
const HIGHEST = 0.15;
/** Heights go with this power of the density: small groups are hills, too. */
const POWER = 0.7;

export class Heights {
  /** @param {Places} places */
  constructor(places) {
    this.field = field(places, () => true);
    const { bounds, xy } = places;
    const { most } = this.field;
    this.unit = most ? (HIGHEST * Math.max(bounds.width, bounds.height)) / most ** POWER : 0;
    /** Of the images, by row. */
    this.rows = new Float32Array(xy.length / 2);
    for (let row = 0; row < this.rows.length; row++) this.rows[row] = this.at(xy[row * 2], xy[row * 2 + 1]);
  }

  /** @param {number} density @returns {number} in the unit of the layout */
  of(density) {
    return Math.max(0, density) ** POWER * this.unit;
  }

  /** @param {number} x in the unit of the layout @param {number} y @returns {number} in the same unit, between the four nearest cells */
  at(x, y) {
    const { data, width, height, cell, left, top } = this.field;
    const [u, v] = [(x - left) / cell - 0.5, (y - top) / cell - 0.5];
    const [c, r] = [Math.max(0, Math.min(width - 2, Math.floor(u))), Math.max(0, Math.min(height - 2, Math.floor(v)))];
    const [fx, fy] = [Math.max(0, Math.min(1, u - c)), Math.max(0, Math.min(1, v - r))];
    const near = (/** @type {number} */ dx, /** @type {number} */ dy) => data[(r + dy) * width + c + dx];
    const above = near(0, 0) * (1 - fx) + near(1, 0) * fx;
    const below = near(0, 1) * (1 - fx) + near(1, 1) * fx;
    return this.of(above * (1 - fy) + below * fy);
  }
}

/** The ground of each map that was shown as a landscape. @type {WeakMap<Float32Array, Heights>} */
const known = new WeakMap();

/**
 * Lets images stand where the layout is the landscape, and lie where it is not.
 *
 * @param {Stage} stage
 * @param {Places} places that come
 * @param {[number, number] | null} orbit
 * @param {boolean} jump
 * @throws {Said} where the device cannot draw a ground
 */
export function standOn(stage, places, orbit, jump) {
  if (places.name !== LANDSCAPE) return stage.setRelief(null, null, jump);
  const heights = known.get(places.xy) ?? new Heights(places);
  known.set(places.xy, heights);
  try {
    stage.setRelief(heights, orbit, jump);
  } catch {
    throw new Said(t('landscape.failed'));
  }
}

/** @param {import('./relief.js').Relief} relief @returns {[number, number] | null} null for how it is seen at first */
export function orbitOf({ aim }) {
  const orbit = cleanOrbit([aim.turn, aim.tilt]);
  return orbit[0] === FIRST.turn && orbit[1] === FIRST.tilt ? null : orbit;
}
