/**
 * The explorer's state as the part of the address after #, so that a link shows what its sender saw.
 *
 * @typedef {import('./contract.js').State} State
 */

/** Between the values of one facet; inside a value it is percent-encoded. */
const OR = '|';

/** @returns {State} the state of an address that says nothing */
export function emptyState() {
  return {
    view: '', layout: '', id: '', query: '', filters: {}, group: '', cluster: 0, years: null,
    torn: false, hide: false, camera: null,
  };
}

/**
 * @param {State} state
 * @returns {string} such as `#v=look&l=grid&i=fol-12`, "" for the empty state
 */
export function toHash(state) {
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
 * @returns {State}
 */
export function fromHash(hash) {
  const state = emptyState();
  /** @type {Record<string, string>} */
  const plain = {};
  for (const part of hash.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const key = decode(part.slice(0, at));
    const value = part.slice(at + 1);
    if (key.startsWith('f.')) state.filters[key.slice(2)] = value.split(OR).map(decode);
    else plain[key] = decode(value);
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
  return state;
}

/** @param {string} text @returns {[number, number] | null} */
function span(text) {
  const match = /^(-?\d{1,6})\.\.(-?\d{1,6})$/.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/** @param {Record<string, string>} plain @returns {State['camera']} */
function camera(plain) {
  const [x, y, z] = [plain.x, plain.y, plain.z].map((text) => (text ? Number(text) : NaN));
  const whole = Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z) && z > 0;
  return whole ? { x, y, z } : null;
}

/** Leaves readable what is allowed after #, encodes what would part keys and values. @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replace(/%20/g, '+').replace(/%2C/g, ',').replace(/%3A/g, ':');
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return '';
  }
}

/** @param {number} value */
function round(value) {
  return Number(value.toPrecision(6));
}
