/**
 * The explorer's state as the part of the address after #, so that a link shows what its sender saw.
 *
 * @typedef {import('./contract.js').State} State
 * @typedef {{write: (rows: number[]) => string, find: (text: string) => {rows: number[], lost: number}}} Keys
 *   names of images; without them an address tells of no selection and no examples
 */

/** Between the values of one facet; inside a value it is percent-encoded. */
const OR = '|';

/** Keys of an address, besides `f.<facet>` and `n.<number>`. */
const KNOWN = new Set('v l i q g c years torn hide x y z undated col size dense like sel edges beside orbit wander odd'.split(' '));

/** @returns {State} the state of an address that says nothing */
export function emptyState() {
  return {
    view: '', layout: '', id: '', query: '', filters: {}, group: '', cluster: 0, years: null,
    torn: false, hide: false, camera: null, selected: [], examples: [], numbers: {}, undated: false,
    colour: '', sized: '', dense: false, edges: null, beside: '', orbit: null, wander: false, odd: -1,
  };
}

/**
 * @param {State} state
 * @param {Keys | null} [keys]
 * @param {number} [most] selected images; more are left out
 * @returns {string} such as `#v=look&l=grid&i=fol-12`, "" for the empty state
 */
export function toHash(state, keys = null, most = Infinity) {
  /** @type {string[]} */
  const parts = [];
  /** @type {(key: string, value: string | number) => void} */
  const put = (key, value) => void parts.push(`${key}=${encode(String(value))}`);
  if (state.view) put('v', state.view);
  if (state.layout) put('l', state.layout);
  if (state.id) put('i', state.id);
  if (state.query) put('q', state.query);
  for (const key of Object.keys(state.filters).sort()) {
    const values = state.filters[key];
    if (values.length) parts.push(`f.${encode(key)}=${values.map(encode).join(OR)}`);
  }
  if (state.group) put('g', state.group);
  if (state.cluster) put('c', state.cluster);
  if (state.years) put('years', `${state.years[0]}..${state.years[1]}`);
  if (state.undated) put('undated', 1);
  for (const name of Object.keys(state.numbers).sort()) parts.push(`n.${encode(name)}=${rangeText(state.numbers[name])}`);
  if (state.colour) put('col', state.colour);
  if (state.sized) put('size', state.sized);
  if (state.dense) put('dense', 1);
  if (state.edges !== null) put('edges', round(state.edges));
  if (state.beside) put('beside', state.beside);
  if (state.orbit) put('orbit', state.orbit.map((angle) => Math.round(angle)).join(','));
  if (state.wander) put('wander', 1);
  if (keys && state.odd >= 0) put('odd', keys.write([state.odd]));
  if (keys && state.examples.length) put('like', state.examples.map(([row, weight]) => `${keys.write([row])}*${weight}`).join(','));
  if (keys && state.selected.length && state.selected.length <= most) put('sel', keys.write(state.selected));
  if (state.torn) put('torn', 1);
  if (state.hide) put('hide', 1);
  if (state.camera) {
    put('x', round(state.camera.x));
    put('y', round(state.camera.y));
    put('z', round(state.camera.z));
  }
  return parts.length ? `#${parts.join('&')}` : '';
}

/**
 * Reads an address; what is malformed or unknown is left out.
 *
 * @param {string} hash with or without its #
 * @param {Keys | null} [keys]
 * @returns {State}
 */
export function fromHash(hash, keys = null) {
  return read(hash, keys).state;
}

/**
 * @param {string} hash with or without its #
 * @param {Keys | null} [keys]
 * @returns {{state: State, bad: string[], lost: number}} bad: parts that say nothing that is
 *   understood; lost: images that are not in the catalogue
 */
export function read(hash, keys = null) {
  /** @type {string[]} */
  const bad = [];
  const state = emptyState();
  /** @type {Record<string, string>} */
  const plain = {};
  for (const part of hash.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at < 1) {
      if (part && part !== '&') bad.push(part);
      continue;
    }
    const key = decode(part.slice(0, at));
    const value = part.slice(at + 1);
    if (key.startsWith('n.')) {
      const range = rangeOf(value);
      if (range) state.numbers[key.slice(2)] = range;
      else bad.push(key);
    } else if (key.startsWith('f.')) state.filters[key.slice(2)] = value.split(OR).map(decode);
    else if (KNOWN.has(key)) plain[key] = decode(value);
    else bad.push(key);
  }
  state.view = plain.v ?? '';
  state.layout = plain.l ?? '';
  state.id = plain.i ?? '';
  state.query = plain.q ?? '';
  state.group = plain.g ?? '';
  state.cluster = /^\d{1,6}$/.test(plain.c ?? '') ? Number(plain.c) : 0;
  state.years = span(plain.years ?? '');
  state.torn = plain.torn === '1';
  state.hide = plain.hide === '1';
  state.camera = camera(plain);
  state.undated = plain.undated === '1';
  state.colour = plain.col ?? '';
  state.sized = plain.size ?? '';
  state.dense = plain.dense === '1';
  state.edges = plain.edges && Number.isFinite(Number(plain.edges)) ? Number(plain.edges) : null;
  state.beside = plain.beside ?? '';
  state.orbit = orbit(plain.orbit ?? '');
  state.wander = plain.wander === '1';
  const lost = keys ? findImages(state, plain, keys) : 0;
  if (plain.c && !state.cluster) bad.push('c');
  if (plain.edges && state.edges === null) bad.push('edges');
  if (plain.orbit && !state.orbit) bad.push('orbit');
  if (plain.years && !state.years) bad.push('years');
  if ((plain.x || plain.y || plain.z) && !state.camera) bad.push('x, y, z');
  return { state, bad, lost };
}

/** Reads the selection and the examples. @param {State} state @param {Record<string, string>} plain @param {Keys} keys */
function findImages(state, plain, keys) {
  const selected = keys.find(plain.sel ?? '');
  state.selected = selected.rows;
  let { lost } = selected;
  const odd = keys.find(plain.odd ?? '');
  state.odd = odd.rows[0] ?? -1;
  lost += odd.lost;
  for (const part of (plain.like ?? '').split(',').filter(Boolean)) {
    const [name, weight] = part.split('*');
    const [row] = keys.find(name).rows;
    const value = Math.round(Number(weight));
    if (row === undefined) lost++;
    else if (value) state.examples.push([row, value]);
  }
  return lost;
}

/** @param {State['numbers'][string]} range @returns {string} such as `0.1..0.5`, `0.1..0.5|` with missing ones, `|` only those */
function rangeText({ range, missing }) {
  return (range ? `${round(range[0])}..${round(range[1])}` : '') + (missing ? OR : '');
}

/** @param {string} text @returns {State['numbers'][string] | null} */
function rangeOf(text) {
  const missing = text.endsWith(OR);
  const [low, high, more] = (missing ? text.slice(0, -1) : text).split('..');
  if (missing && !low && high === undefined) return { range: null, missing };
  const [from, to] = [Number(low), Number(high)];
  const whole = low && high && more === undefined && Number.isFinite(from) && Number.isFinite(to) && from <= to;
  return whole ? { range: [from, to], missing } : null;
}

/** @param {string} text @returns {[number, number] | null} */
function span(text) {
  const match = /^(-?\d{1,6})\.\.(-?\d{1,6})$/.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/** @param {string} text @returns {State['orbit']} turn and tilt in degrees */
function orbit(text) {
  const match = /^(-?\d{1,3}),(\d{1,2})$/.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/** @param {Record<string, string>} plain @returns {State['camera']} */
function camera(plain) {
  const [x, y, z] = [plain.x, plain.y, plain.z].map((text) => (text ? Number(text) : NaN));
  const whole = Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z) && z > 0;
  return whole ? { x, y, z } : null;
}

/** Leaves readable what is allowed after #, encodes what would part keys and values. @param {string} text */
export function encode(text) {
  return encodeURIComponent(text).replace(/%20/g, '+').replace(/%2C/g, ',').replace(/%3A/g, ':');
}

/** @param {string} text */
export function decode(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return '';
  }
}

/** @param {number} value */
export function round(value) {
  return Number(value.toPrecision(6));
}
