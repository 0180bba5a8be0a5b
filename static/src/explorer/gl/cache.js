/**
 * Which atlas pages are in which layer of the texture: least recently used leave first.
 * Knows nothing of WebGL, so that it can be tested alone.
 */
export class PageCache {
  /** @param {number} capacity number of layers */
  constructor(capacity) {
    this.capacity = capacity;
    /** @type {Map<number, number>} layer by page, oldest use first */
    this.layers = new Map();
    /** @type {number[]} */
    this.free = Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
  }

  /** @param {number} page */
  has(page) {
    return this.layers.has(page);
  }

  /** Marks a page as just used. @param {number} page */
  touch(page) {
    const layer = this.layers.get(page);
    if (layer === undefined) return;
    this.layers.delete(page);
    this.layers.set(page, layer);
  }

  /**
   * Gives a page a layer, taking the least recently used one that is not kept if none is free.
   *
   * @param {number} page
   * @param {(page: number) => boolean} kept pages that must stay
   * @returns {{layer: number, evicted: number} | null} evicted is -1 if a layer was free; null if
   *   every layer is kept
   */
  take(page, kept) {
    const held = this.layers.get(page);
    if (held !== undefined) {
      this.touch(page);
      return { layer: held, evicted: -1 };
    }
    const layer = this.free.pop();
    if (layer !== undefined) {
      this.layers.set(page, layer);
      return { layer, evicted: -1 };
    }
    for (const [old, oldLayer] of this.layers) {
      if (kept(old)) continue;
      this.layers.delete(old);
      this.layers.set(page, oldLayer);
      return { layer: oldLayer, evicted: old };
    }
    return null;
  }

  /** Forgets all pages, as after a lost context. */
  clear() {
    this.free = Array.from({ length: this.capacity }, (_, i) => this.capacity - 1 - i);
    this.layers.clear();
  }
}
