/**
 * What is known of each image for drawing it, as typed arrays by row.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 */
import { shapeOf } from '../gl/atlas-info.js';

export class Sprites {
  /** @param {Catalogue} catalogue */
  constructor(catalogue) {
    const { count } = catalogue;
    /** Width and height as a share of the square. */
    this.shape = new Float32Array(count * 2);
    this.colour = new Uint8Array(count * 4);
    /** Frames: red, green, blue; 0 none, 128 plain, 255 selected. */
    this.mark = new Uint8Array(count * 4);
    this.slot = Uint32Array.from(catalogue.atlas.slots);
    /** Of the ground under each image in the landscape, in the unit of the layout. */
    this.height = new Float32Array(count);
    /** How fully an image is shown, 0-255: before and after the last change. */
    this.lit = new Uint8Array(count * 2).fill(255);
    /** How fully an image is shown when all has come to rest. */
    this.rank = new Uint8Array(count).fill(255);
    this.catalogue = catalogue;
    for (let row = 0; row < count; row++) {
      this.shape.set(shapeOf(catalogue.width[row], catalogue.height[row]), row * 2);
      const rgb = catalogue.colour[row];
      this.colour.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255], row * 4);
    }
  }

  /** Sets how large images are. @param {Float32Array | null} sizes by row, of their squares; null for whole ones */
  scale(sizes) {
    const { width, height } = this.catalogue;
    for (let row = 0; row < width.length; row++) {
      const [w, h] = shapeOf(width[row], height[row]);
      const size = sizes ? sizes[row] : 1;
      this.shape[row * 2] = w * size;
      this.shape[row * 2 + 1] = h * size;
    }
  }

  /**
   * Sets how fully images are to be shown, from what is shown now.
   *
   * @param {Uint8Array} shown by row
   * @param {number} done how far the last change had come, 0-1
   * @param {boolean} jump whether the change is instant
   * @returns {boolean} whether anything changed
   */
  light(shown, done, jump) {
    if (shown.every((value, row) => value === this.rank[row])) return false;
    for (let row = 0; row < shown.length; row++) {
      const from = this.lit[row * 2];
      const to = this.lit[row * 2 + 1];
      this.lit[row * 2] = jump ? shown[row] : Math.round(from + (to - from) * done);
      this.lit[row * 2 + 1] = shown[row];
    }
    this.rank.set(shown);
    return true;
  }
}
