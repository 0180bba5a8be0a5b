/**
 * What the page shows, as the part of the address after #, and what changes it.
 *
 * @typedef {import('./camera.js').Camera} Camera
 * @typedef {import('./matrix.js').Pair} Pair
 * @typedef {typeof MODES[number]} Mode
 * @typedef {object} State
 * @property {string} a id of the first image
 * @property {string} b id of the image that is laid over it
 * @property {string} view the view whose alignment is shown, "" for the first that has one
 * @property {Mode} mode
 * @property {number} edge where the swipe cuts, 0-1
 * @property {number} through how much of B is seen in the onion skin, 0-1
 * @property {number} rate changes of the blink a second
 * @property {number} cut from which darkness on something is ink, 0-1
 * @property {boolean} safe whether the two inks are those for the colour-blind
 * @property {boolean} grid
 * @property {boolean} lies whether B stands beside A as it lies, instead of in the pose of A
 * @property {number} orientation chosen by hand, -1 for none
 * @property {Pair[]} points that were set by hand: none, three or four
 * @property {Camera | null} camera null for the whole
 */
import { decode, encode, round } from '../shared/address.js';
import { reversed } from './matrix.js';

export const MODES = /** @type {const} */ (['side', 'swipe', 'blink', 'onion', 'ink']);

/** Changes a second: three flashes a second are the most that is safe for all to see. */
export const RATES = { least: 0.5, most: 3 };

/** @returns {State} */
export function emptyState() {
  return {
    a: '', b: '', view: '', mode: 'side', edge: 0.5, through: 0.5, rate: 1, cut: 0.75, safe: false, grid: false, lies: false,
    orientation: -1, points: [], camera: null,
  };
}

/** @param {State} state @returns {string} such as `#a=fol-1&b=fol-9&mode=swipe`; what is as ever is left out */
export function toHash(state) {
  const usual = emptyState();
  const parts = [`a=${encode(state.a)}`, `b=${encode(state.b)}`];
  /** @type {(key: string, value: string | number, skip: boolean) => void} */
  const put = (key, value, skip) => void (skip || parts.push(`${key}=${encode(String(value))}`));
  put('view', state.view, !state.view);
  put('mode', state.mode, state.mode === usual.mode);
  put('edge', round(state.edge), state.edge === usual.edge);
  put('through', round(state.through), state.through === usual.through);
  put('rate', round(state.rate), state.rate === usual.rate);
  put('cut', round(state.cut), state.cut === usual.cut);
  put('inks', 'safe', !state.safe);
  put('grid', 1, !state.grid);
  put('lies', 1, !state.lies);
  put('o', state.orientation, state.orientation < 0);
  put('p', state.points.map((pair) => pair.map((value) => Math.round(value * 10) / 10).join(',')).join('!'), !state.points.length);
  const { camera } = state;
  put('at', camera ? [camera.x, camera.y, camera.z].map(round).join(',') : '', !camera);
  return `#${parts.join('&')}`;
}

/** @param {string} hash with or without its # @returns {State} what is malformed or unknown is left out */
export function fromHash(hash) {
  /** @type {Record<string, string>} */
  const told = {};
  for (const part of hash.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at > 0) told[part.slice(0, at)] = decode(part.slice(at + 1));
  }
  const usual = emptyState();
  const share = (/** @type {string} */ key, /** @type {number} */ other) => within(told[key], 0, 1) ?? other;
  return {
    a: told.a ?? '',
    b: told.b ?? '',
    view: told.view ?? '',
    mode: MODES.find((mode) => mode === told.mode) ?? usual.mode,
    edge: share('edge', usual.edge),
    through: share('through', usual.through),
    rate: within(told.rate, RATES.least, RATES.most) ?? usual.rate,
    cut: share('cut', usual.cut),
    safe: told.inks === 'safe',
    grid: told.grid === '1',
    lies: told.lies === '1',
    orientation: /^[0-7]$/.test(told.o ?? '') ? Number(told.o) : -1,
    points: pointsOf(told.p ?? ''),
    camera: cameraOf(told.at ?? ''),
  };
}

/**
 * @typedef {{type: 'set', change: Partial<State>} | {type: 'swap'} | {type: 'turn', from: number} | {type: 'mirror', from: number}
 *   | {type: 'pick', side: 'a' | 'b', id: string} | {type: 'move', at: number, side: 'a' | 'b', x: number, y: number}
 *   | {type: 'drop', at: number} | {type: 'computed'}} Action
 */

/** @param {State} state @param {Action} action @returns {State} */
export function reduce(state, action) {
  switch (action.type) {
    case 'set': return { ...state, ...action.change };
    case 'swap': return swapped(state);
    // A figure that is mirrored in B turns the other way there.
    case 'turn': return byHand(state, action.from < 4 ? (action.from + 3) % 4 : 4 + ((action.from + 1) % 4));
    case 'mirror': return byHand(state, action.from ^ 4);
    case 'pick': return { ...state, [action.side]: action.id, orientation: -1, points: [], camera: null };
    case 'move': return { ...state, points: state.points.map((pair, at) => (at === action.at ? put(pair, action) : pair)) };
    case 'drop': return state.points.length > 3 ? { ...state, points: state.points.filter((_, at) => at !== action.at) } : state;
    case 'computed': return byHand(state, -1);
  }
}

/** @param {State} state @param {number} orientation @returns {State} */
function byHand(state, orientation) {
  return { ...state, orientation, points: [] };
}

/** @param {State} state @returns {State} */
function swapped(state) {
  const points = state.points.map(([x, y, u, v]) => /** @type {Pair} */ ([u, v, x, y]));
  const orientation = state.orientation < 0 ? -1 : reversed(state.orientation);
  return { ...state, a: state.b, b: state.a, points, orientation, camera: null };
}

/** @param {Pair} pair @param {{side: 'a' | 'b', x: number, y: number}} to @returns {Pair} */
function put([x, y, u, v], to) {
  return to.side === 'a' ? [to.x, to.y, u, v] : [x, y, to.x, to.y];
}

/** @param {string | undefined} text @param {number} least @param {number} most @returns {number | null} */
function within(text, least, most) {
  const value = text ? Number(text) : NaN;
  return value >= least && value <= most ? value : null;
}

/** @param {string} text @returns {Pair[]} */
function pointsOf(text) {
  const pairs = text.split('!').map((part) => part.split(',').map((value) => (value ? Number(value) : NaN)));
  const whole = pairs.length >= 3 && pairs.length <= 4 && pairs.every((pair) => pair.length === 4 && pair.every(Number.isFinite));
  return whole ? /** @type {Pair[]} */ (pairs) : [];
}

/** @param {string} text @returns {Camera | null} */
function cameraOf(text) {
  const [x, y, z] = text.split(',').map((value) => (value ? Number(value) : NaN));
  return Number.isFinite(x) && Number.isFinite(y) && z > 0 && z < 1000 ? { x, y, z } : null;
}
