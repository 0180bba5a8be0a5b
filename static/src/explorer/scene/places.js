/**
 * Layouts made ready for drawing and picking.
 *
 * @typedef {import('../../shared/contract.js').LayoutFile} LayoutFile
 * @typedef {import('../../shared/contract.js').Box} Box
 */
import { PlaceIndex } from './place-index.js';

export class Places {
  /**
   * @param {LayoutFile} file
   * @param {string[]} ids of the catalogue, in order of its rows
   */
  constructor(file, ids) {
    this.name = file.layout;
    this.size = file.size > 0 ? file.size : 1 / Math.sqrt(Math.max(1, ids.length));
    this.xy = inOrder(file, ids);
    this.label = file.label ?? '';
    this.note = file.note ?? '';
    this.marks = file.marks ?? [];
    this.lines = file.lines ?? [];
    /** By row, or null where it was not measured. @type {Float32Array | null} */
    this.faithful = faithfulOf(file, ids);
    this.bounds = around(boundsOf(this.xy, this.size), this.marks);
    this.index = new PlaceIndex(this.xy, this.size);
  }
}

/**
 * @param {LayoutFile} file
 * @param {string[]} ids
 * @returns {Float32Array} x and y by row; a row without a place goes to the middle
 */
function inOrder(file, ids) {
  const xy = new Float32Array(ids.length * 2).fill(0.5);
  const same = file.ids === ids || (file.ids.length === ids.length && file.ids.every((id, i) => id === ids[i]));
  const rows = same ? null : new Map(ids.map((id, i) => [id, i]));
  file.ids.forEach((id, i) => {
    const row = rows ? rows.get(id) : i;
    if (row === undefined) return;
    xy[row * 2] = file.x[i];
    xy[row * 2 + 1] = file.y[i];
  });
  return xy;
}

/**
 * @param {LayoutFile} file
 * @param {string[]} ids
 * @returns {Float32Array | null}
 */
function faithfulOf(file, ids) {
  if (!file.faithful?.length) return null;
  const rows = new Map(ids.map((id, i) => [id, i]));
  const found = new Float32Array(ids.length).fill(1);
  file.ids.forEach((id, i) => {
    const row = rows.get(id);
    if (row !== undefined) found[row] = file.faithful?.[i] ?? 1;
  });
  return found;
}

/** @param {Box} box @param {{x: number, y: number}[]} points @returns {Box} that holds the points, too */
function around(box, points) {
  let [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height];
  // Words are wider than the point at which they stand.
  const pad = points.length ? 0.03 * Math.max(box.width, box.height) : 0;
  for (const { x, y } of points) {
    [left, right] = [Math.min(left, x - pad), Math.max(right, x + pad)];
    [top, bottom] = [Math.min(top, y - pad / 3), Math.max(bottom, y + pad / 3)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * @param {Float32Array} xy centres
 * @param {number} size side of each image's square
 * @param {Iterable<number>} [rows] all if missing
 * @returns {Box} that holds the squares whole
 */
export function boundsOf(xy, size, rows) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const row of rows ?? range(xy.length / 2)) {
    const [x, y] = [xy[row * 2], xy[row * 2 + 1]];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left - size / 2, y: top - size / 2, width: right - left + size, height: bottom - top + size };
}

/** @param {number} count */
function* range(count) {
  for (let i = 0; i < count; i++) yield i;
}
