/**
 * Pairs of relatives as the site publishes them: 36 bytes of head, rows of both ends, scores.
 * Highest score first, so that all pairs of at least a score are the first so many.
 */
import { t } from '../../shared/strings.js';
import { Said } from '../ui/said.js';

const HEAD = 36;
const FORMAT = 1;
const STEPS = 65535;

export class Edges {
  /**
   * @param {number} count number of images
   * @param {Uint32Array} first rows
   * @param {Uint32Array} second rows
   * @param {Uint16Array} steps scores, descending
   * @param {number} low @param {number} high
   */
  constructor(count, first, second, steps, low, high) {
    this.count = count;
    this.first = first;
    this.second = second;
    this.steps = steps;
    this.low = low;
    this.high = high;
    /** @type {number[][] | null} */
    this.around = null;
  }

  get length() {
    return this.first.length;
  }

  /** @param {number} at @returns {number} */
  score(at) {
    return this.low + (this.steps[at] / STEPS) * (this.high - this.low);
  }

  /** @param {number} least @returns {number} how many pairs have at least this score */
  reaching(least) {
    let [from, to] = [0, this.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      // Scores were rounded to steps: half a step less is the same score.
      if (this.score(middle) >= least - (this.high - this.low) / STEPS / 2) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** @param {number} row @returns {number[]} numbers of its pairs, nearest relative first */
  of(row) {
    if (!this.around) {
      this.around = Array.from({ length: this.count }, () => []);
      for (let at = 0; at < this.length; at++) {
        this.around[this.first[at]].push(at);
        this.around[this.second[at]].push(at);
      }
    }
    return this.around[row] ?? [];
  }

  /** @param {number} at @param {number} row one of its ends @returns {number} the other */
  other(at, row) {
    return this.first[at] === row ? this.second[at] : this.first[at];
  }
}

/**
 * @param {ArrayBuffer} buffer
 * @param {{count: number, version: string}} expected of the catalogue
 * @returns {Edges}
 * @throws {Said} what is wrong with the file
 */
export function parseEdges(buffer, expected) {
  const view = new DataView(buffer);
  const letters = (/** @type {number} */ from, /** @type {number} */ count) => String.fromCharCode(...new Uint8Array(buffer, from, count));
  if (buffer.byteLength < HEAD || letters(0, 4) !== 'VLVE' || view.getUint8(5) !== 2) throw new Said(t('edges.damaged'));
  const [count, pairs] = [view.getUint32(8, true), view.getUint32(24, true)];
  if (view.getUint8(4) !== FORMAT || letters(12, 12) !== expected.version || count !== expected.count) throw new Said(t('edges.version'));
  if (buffer.byteLength !== HEAD + 10 * pairs) throw new Said(t('edges.damaged'));
  const rows = new Uint32Array(buffer, HEAD, 2 * pairs);
  if (rows.some((row) => row >= count)) throw new Said(t('edges.damaged'));
  return new Edges(count, rows.subarray(0, pairs), rows.subarray(pairs), new Uint16Array(buffer, HEAD + 8 * pairs, pairs), view.getFloat32(28, true), view.getFloat32(32, true));
}
