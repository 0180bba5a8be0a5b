/**
 * The atlas pages on the graphics card: one texture array, and a table that tells the shader which
 * page is in which layer and since when.
 */
import { PageCache } from './cache.js';
import { layerCount, pageOffsets } from './atlas-info.js';

const SIDE = 1024;
const TABLE_WIDTH = 256;

/** @typedef {import('../../shared/contract.js').AtlasLevel} AtlasLevel */

export class Pages {
  /**
   * @param {WebGL2RenderingContext} gl
   * @param {AtlasLevel[]} levels
   * @param {number} budget bytes for the texture
   */
  constructor(gl, levels, budget) {
    this.gl = gl;
    this.offsets = pageOffsets(levels);
    this.total = this.offsets[levels.length];
    const limit = gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS) ?? 256;
    this.cache = new PageCache(layerCount(budget, this.total, limit));
    this.rows = Math.max(1, Math.ceil(this.total / TABLE_WIDTH));
    this.table = new Float32Array(TABLE_WIDTH * this.rows * 2);
    this.texture = gl.createTexture();
    this.tableTexture = gl.createTexture();
    this.allocate();
  }

  allocate() {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.texture);
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.RGBA8, SIDE, SIDE, this.cache.capacity);
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) {
      gl.texParameteri(gl.TEXTURE_2D_ARRAY, side, gl.CLAMP_TO_EDGE);
    }
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D_ARRAY, filter, gl.LINEAR);
    }
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.tableTexture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RG32F, TABLE_WIDTH, this.rows);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    }
    this.sendTable();
  }

  /** @param {number} page numbered through all levels */
  has(page) {
    return this.cache.has(page);
  }

  /**
   * Puts a decoded page into the texture.
   *
   * @param {number} page numbered through all levels
   * @param {ImageBitmap} bitmap
   * @param {number} now seconds; the page fades in from here
   * @param {(page: number) => boolean} kept pages that must not leave for it
   * @returns {boolean} false if there was no room
   */
  upload(page, bitmap, now, kept) {
    const taken = this.cache.take(page, kept);
    if (!taken) return false;
    const { gl } = this;
    const width = Math.min(SIDE, bitmap.width);
    const height = Math.min(SIDE, bitmap.height);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.texture);
    gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, taken.layer, width, height, 1, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    if (taken.evicted >= 0) this.table[taken.evicted * 2] = 0;
    this.table[page * 2] = taken.layer + 1;
    this.table[page * 2 + 1] = now;
    this.sendTable();
    return true;
  }

  sendTable() {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.tableTexture);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, TABLE_WIDTH, this.rows, gl.RG, gl.FLOAT, this.table);
  }

  bind() {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.texture);
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.tableTexture);
  }
}
