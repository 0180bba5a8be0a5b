/**
 * Brings atlas pages to the texture: the most wanted first, a few at a time, and a few uploads a
 * frame. What is no longer wanted is cancelled; a page that failed is tried once more.
 *
 * @typedef {(page: number, signal: AbortSignal) => Promise<ImageBitmap>} Load
 * @typedef {{has(page: number): boolean, upload(page: number, bitmap: ImageBitmap, now: number,
 *   kept: (page: number) => boolean): boolean, cache: {touch(page: number): void, capacity: number}}} Store
 */

const AT_ONCE = 4;
const TRIES = 2;

export class PageStream {
  /**
   * @param {Load} load
   * @param {() => void} ready called when a page waits to be uploaded
   */
  constructor(load, ready) {
    this.load = load;
    this.ready = ready;
    /** @type {number[]} most wanted first */
    this.order = [];
    /** @type {Set<number>} */
    this.wanted = new Set();
    /** @type {Map<number, AbortController>} */
    this.loading = new Map();
    /** @type {Map<number, ImageBitmap>} */
    this.decoded = new Map();
    /** @type {Map<number, number>} how often a page failed */
    this.failed = new Map();
    /** Called when a page cannot be read, for all tries. */
    this.failing = () => {};
    /** @type {Store | null} null while there is no context */
    this.store = null;
  }

  /** @param {number} page */
  isWanted = (page) => this.wanted.has(page);

  /**
   * Says which pages are needed now, most wanted first; all others are cancelled.
   *
   * @param {number[]} pages
   */
  want(pages) {
    this.order = this.store ? pages.slice(0, this.store.cache.capacity) : pages;
    this.wanted = new Set(this.order);
    // The least wanted are touched first, so that they would leave first.
    for (let i = this.order.length - 1; i >= 0; i--) this.store?.cache.touch(this.order[i]);
    for (const [page, controller] of this.loading) {
      if (this.wanted.has(page)) continue;
      controller.abort();
      this.loading.delete(page);
    }
    for (const [page, bitmap] of this.decoded) {
      if (this.wanted.has(page)) continue;
      bitmap.close();
      this.decoded.delete(page);
    }
    this.pump();
  }

  pump() {
    for (const page of this.order) {
      if (this.loading.size >= AT_ONCE) return;
      const known = this.store?.has(page) || this.loading.has(page) || this.decoded.has(page);
      if (known || (this.failed.get(page) ?? 0) >= TRIES) continue;
      this.start(page);
    }
  }

  /** @param {number} page */
  async start(page) {
    const controller = new AbortController();
    this.loading.set(page, controller);
    try {
      const bitmap = await this.load(page, controller.signal);
      if (controller.signal.aborted) return bitmap.close();
      this.decoded.set(page, bitmap);
      this.ready();
    } catch {
      if (controller.signal.aborted) return;
      const tries = (this.failed.get(page) ?? 0) + 1;
      this.failed.set(page, tries);
      if (tries >= TRIES) this.failing();
    }
    this.loading.delete(page);
    this.pump();
  }

  /**
   * Uploads decoded pages, the most wanted first.
   *
   * @param {number} now seconds
   * @param {number} limit pages a frame
   * @param {number} [time] ms after which no further one is begun
   * @returns {number} how many were uploaded
   */
  upload(now, limit, time = Infinity) {
    if (!this.store || !this.decoded.size) return 0;
    const start = performance.now();
    let done = 0;
    for (const page of this.order) {
      if (done >= limit || performance.now() - start > time) break;
      const bitmap = this.decoded.get(page);
      if (!bitmap) continue;
      this.store.upload(page, bitmap, now, this.isWanted);
      bitmap.close();
      this.decoded.delete(page);
      done++;
    }
    this.pump();
    return done;
  }

  /** @returns {boolean} whether pages wait to be uploaded */
  get waiting() {
    return this.decoded.size > 0;
  }

  /** @returns {boolean} whether nothing wanted is missing or under way */
  get idle() {
    return !this.loading.size && !this.decoded.size;
  }
}
