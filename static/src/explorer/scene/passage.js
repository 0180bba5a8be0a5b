/**
 * The passage of all images from one layout to another. It can be interrupted at any moment: the
 * next one starts from where things are. The shader does the same arithmetic for drawing.
 */
import { easeInOut } from './flight.js';

/** Share of the time of one image's move by which the last starts after the first. */
export const STAGGER = 0.45;
/** How far the ways bend, as a share of their length: images turn like a disc. */
export const BOW = 0.09;

export class Passage {
  /** @param {number} count number of images */
  constructor(count) {
    this.count = count;
    /** x, y, size and delay (0-1) of each image at the start. */
    this.from = new Float32Array(count * 4);
    /** x and y at the end. */
    this.to = new Float32Array(count * 2);
    /** The largest size at the start. */
    this.sizeFrom = 0;
    this.sizeTo = 0;
    /** How far the passage is, 0-1. */
    this.progress = 1;
  }

  /**
   * Puts all images at their places without a passage.
   *
   * @param {Float32Array} xy
   * @param {number} size
   */
  jump(xy, size) {
    this.to.set(xy);
    this.sizeTo = size;
    this.sizeFrom = size;
    for (let i = 0; i < this.count; i++) this.depart(i, xy[i * 2], xy[i * 2 + 1], size, 0);
    this.progress = 1;
  }

  /**
   * Starts for new places from where things are now. Images near (x, y) start first.
   *
   * @param {Float32Array} xy
   * @param {number} size
   * @param {number} x
   * @param {number} y
   */
  start(xy, size, x, y) {
    const now = /** @type {[number, number, number]} */ ([0, 0, 0]);
    let furthest = 1e-9;
    let largest = 0;
    const distance = new Float32Array(this.count);
    for (let i = 0; i < this.count; i++) {
      this.place(i, now);
      this.depart(i, now[0], now[1], now[2], 0);
      largest = Math.max(largest, now[2]);
      distance[i] = Math.hypot(now[0] - x, now[1] - y);
      furthest = Math.max(furthest, distance[i]);
    }
    for (let i = 0; i < this.count; i++) this.from[i * 4 + 3] = distance[i] / furthest;
    this.to.set(xy);
    this.sizeFrom = largest;
    this.sizeTo = size;
    this.progress = 0;
  }

  /** @param {number} i @param {number} x @param {number} y @param {number} size @param {number} delay */
  depart(i, x, y, size, delay) {
    const { from } = this;
    from[i * 4] = x;
    from[i * 4 + 1] = y;
    from[i * 4 + 2] = size;
    from[i * 4 + 3] = delay;
  }

  /**
   * @param {number} i
   * @param {[number, number, number]} out gets x, y and size of an image now
   */
  place(i, out) {
    const { from, to } = this;
    if (this.progress >= 1) {
      out[0] = to[i * 2];
      out[1] = to[i * 2 + 1];
      out[2] = this.sizeTo;
      return;
    }
    const t = this.progress * (1 + STAGGER) - from[i * 4 + 3] * STAGGER;
    const e = easeInOut(Math.min(1, Math.max(0, t)));
    const wx = to[i * 2] - from[i * 4];
    const wy = to[i * 2 + 1] - from[i * 4 + 1];
    const bow = 4 * e * (1 - e) * BOW;
    out[0] = from[i * 4] + wx * e - wy * bow;
    out[1] = from[i * 4 + 1] + wy * e + wx * bow;
    out[2] = from[i * 4 + 2] + (this.sizeTo - from[i * 4 + 2]) * e;
  }
}
