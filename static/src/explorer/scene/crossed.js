/**
 * Layouts that the explorer makes of what is known: columns of a facet, in each the values of a
 * second one; and any two numbers on two axes.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../../shared/contract.js').Facet} Facet
 * @typedef {import('../../shared/contract.js').LayoutFile} LayoutFile
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 * @typedef {NonNullable<LayoutFile['marks']>} Marks
 * @typedef {{other: string, missing: string}} Words
 * @typedef {{name: string, rows: number[]}} Part
 */
import { brief } from './sorted.js';

/** Before the key of one facet, or of two with a dot between. */
const BY = 'by.';
/** Before the names of two numbers with a dot between. */
const OF = 'of.';
/** Values that get a column of their own; the rarer ones stand together. */
const COLUMNS = 60;
const BROAD = 1.6;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** @param {string} first @param {string} [then] "" for one facet alone */
export const byFacets = (first, then = '') => BY + first + (then && `.${then}`);

/** @param {string} x @param {string} y */
export const ofNumbers = (x, y) => `${OF}${x}.${y}`;

/**
 * @param {string} layout
 * @param {Catalogue} catalogue
 * @returns {{facets: Facet[]} | {numbers: [string, string]} | null} what it is made of
 */
export function crossedOf(layout, { facets, numbers = [] }) {
  if (layout.startsWith(BY)) {
    for (const first of facets) {
      if (layout === byFacets(first.key)) return { facets: [first] };
      const then = facets.find((one) => layout === byFacets(first.key, one.key));
      if (then) return { facets: [first, then] };
    }
  }
  if (layout.startsWith(OF)) {
    for (const x of numbers) {
      const y = numbers.find((one) => layout === ofNumbers(x.name, one.name));
      if (y) return { numbers: [x.name, y.name] };
    }
  }
  return null;
}

/** @param {string} layout @param {Catalogue} catalogue */
export const isCrossed = (layout, catalogue) => crossedOf(layout, catalogue) !== null;

/**
 * Columns on one line that can be compared; in each the values of a second facet, one above the other.
 *
 * @param {Facet[]} facets one or two
 * @param {string[]} ids
 * @param {Words} words
 * @returns {LayoutFile}
 */
export function columns([first, then], ids, words) {
  const groups = parts(first, ids.map((_, row) => row), words, COLUMNS).map(({ name, rows }) => ({ name, inner: then ? parts(then, rows, words, Infinity) : [{ name: '', rows }] }));
  const broad = widthOf(groups.map(({ inner }) => inner.map(({ rows }) => rows.length)));
  const [x, y] = [new Array(ids.length), new Array(ids.length)];
  /** @type {Marks} */
  const marks = [];
  groups.forEach(({ name, inner }, number) => {
    const left = number * (broad + 1);
    const middle = left + (broad - 1) / 2;
    marks.push({ x: middle, y: 1.4, text: name, level: 0 });
    let high = 0;
    for (const part of inner) {
      if (then) marks.push({ x: middle, y: -high++, text: part.name, level: 2 });
      part.rows.forEach((row, at) => {
        x[row] = left + (at % broad);
        y[row] = -(high + Math.floor(at / broad));
      });
      high += Math.ceil(part.rows.length / broad);
    }
  });
  const label = [first.label, then?.label].filter(Boolean).join(' / ');
  return framed({ layout: byFacets(first.key, then?.key), label, ids, x, y, size: 0.94, marks });
}

/** @param {Facet} facet @param {number[]} rows @param {Words} words @param {number} most @returns {Part[]} in the order of the facet's values */
function parts(facet, rows, words, most) {
  /** @type {number[][]} */
  const found = facet.values.map(() => []);
  /** @type {number[]} */
  const missing = [];
  for (const row of rows) (found[facet.index[row]] ?? missing).push(row);
  const filled = found.map((own, value) => ({ name: facet.values[value], rows: own })).filter((part) => part.rows.length);
  const kept = new Set([...filled].sort((a, b) => b.rows.length - a.rows.length).slice(0, filled.length > most ? most - 1 : most));
  const others = filled.filter((part) => !kept.has(part)).flatMap((part) => part.rows).sort((a, b) => a - b);
  return [...filled.filter((part) => kept.has(part)), { name: words.other, rows: others }, { name: words.missing, rows: missing }].filter((part) => part.rows.length);
}

/** The width of columns at which the whole is about as broad as screens are. @param {number[][]} sizes */
function widthOf(sizes) {
  const most = Math.max(...sizes.map((own) => own.reduce((a, b) => a + b, 0)));
  let [best, least] = [1, Infinity];
  for (let broad = 1; broad <= Math.ceil(Math.sqrt(most)) + 1; broad++) {
    const high = Math.max(...sizes.map((own) => own.reduce((sum, size) => sum + Math.ceil(size / broad) + Number(own.length > 1), 0)));
    const unfit = Math.abs(Math.log((sizes.length * (broad + 1)) / (high + 2) / BROAD));
    if (unfit < least) [best, least] = [broad, unfit];
  }
  return best;
}

/**
 * Any two numbers, one across and one upwards; who lacks one lies beside the other's axis.
 *
 * @param {NumberColumn} across
 * @param {NumberColumn} up
 * @param {string[]} ids
 * @param {Words} words
 * @returns {LayoutFile}
 */
export function scattered(across, up, ids, words) {
  const size = 0.55 * Math.sqrt(BROAD / Math.max(1, ids.length));
  const gap = 4 * size;
  const [a, b] = [scaleOf(across.values), scaleOf(up.values)];
  const x = ids.map((_, row) => a.at(across.values[row], -gap / BROAD) * BROAD);
  const y = ids.map((_, row) => 1 - b.at(up.values[row], -gap));
  part(x, y, size);
  /** @type {Marks} */
  const marks = [
    ...a.ticks.map(([value, at]) => ({ x: at * BROAD, y: 1 + 1.6 * size, text: brief(value), level: 1 })),
    ...b.ticks.map(([value, at]) => ({ x: -1.6 * size, y: 1 - at, text: brief(value), level: 1 })),
    { x: BROAD / 2, y: 1 + 3.4 * size + Number(b.lacking) * gap, text: `${across.label} →`, level: 0 },
    { x: 0, y: -2.2 * size, text: `↑ ${up.label}`, level: 0 },
  ];
  if (a.lacking) marks.push({ x: -gap, y: -2.2 * size, text: words.missing, level: 0 });
  if (b.lacking) marks.push({ x: BROAD * 0.9, y: 1 + gap + 1.6 * size, text: words.missing, level: 0 });
  /** @type {[number, number][][]} */
  const lines = [[[-0.7 * size, -size], [-0.7 * size, 1 + 0.7 * size], [BROAD + size, 1 + 0.7 * size]]];
  return framed({ layout: ofNumbers(across.name, up.name), label: `${across.label} / ${up.label}`, ids, x, y, size, marks, lines });
}

/** @param {(number | null)[]} values */
function scaleOf(values) {
  const known = values.filter((value) => value !== null && value !== undefined);
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const unit = (/** @type {number} */ value) => (high > low ? (value - low) / (high - low) : 0.5);
  return {
    /** @param {number | null | undefined} value @param {number} lacking */
    at: (value, lacking) => (value === null || value === undefined ? lacking : unit(value)),
    ticks: known.length ? ticks(low, high).map((value) => /** @type {[number, number]} */ ([value, unit(value)])) : [],
    lacking: known.length < values.length,
  };
}

/** @param {number} low @param {number} high @returns {number[]} some five round numbers between */
export function ticks(low, high) {
  if (!(high > low)) return [low];
  const power = 10 ** Math.floor(Math.log10((high - low) / 5));
  const step = power * ([1, 2, 5, 10].find((factor) => (high - low) / (factor * power) <= 6) ?? 10);
  const found = [];
  for (let at = Math.ceil(low / step); at * step <= high; at++) found.push(Number((at * step).toPrecision(12)));
  return found;
}

/** Lays what coincides round its place, for all to be seen. @param {number[]} x @param {number[]} y @param {number} size */
function part(x, y, size) {
  /** @type {Map<string, number>} */
  const taken = new Map();
  for (let row = 0; row < x.length; row++) {
    const key = `${x[row].toFixed(9)} ${y[row].toFixed(9)}`;
    const before = taken.get(key) ?? 0;
    taken.set(key, before + 1);
    x[row] += 0.5 * size * Math.sqrt(before) * Math.cos(before * GOLDEN);
    y[row] += 0.5 * size * Math.sqrt(before) * Math.sin(before * GOLDEN);
  }
}

/**
 * Scales so that the images lie in 0-1.
 *
 * @param {{layout: string, label: string, ids: string[], x: number[], y: number[], size: number, marks: Marks, lines?: [number, number][][]}} made
 * @returns {LayoutFile}
 */
function framed({ layout, label, ids, x, y, size, marks, lines = [] }) {
  const least = (/** @type {number[]} */ values) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const [left, top] = [least(x), least(y)];
  const most = (/** @type {number[]} */ values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const scale = 1 / Math.max(most(x) - left, most(y) - top, size);
  return {
    format: 1, view: '', layout, kind: 'positions', ids, label, note: '', faithful: [], size: size * scale,
    x: x.map((value) => (value - left) * scale), y: y.map((value) => (value - top) * scale),
    marks: marks.map((mark) => ({ ...mark, x: (mark.x - left) * scale, y: (mark.y - top) * scale })),
    lines: lines.map((line) => line.map(([a, b]) => [(a - left) * scale, (b - top) * scale])),
  };
}
