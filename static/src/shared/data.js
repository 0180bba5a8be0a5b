/**
 * Reads the site's data: over http(s) as JSON and WebP files, from file:// (where fetch is
 * refused) as classic scripts that hand their payload to `volvelle.add`.
 *
 * @typedef {import('./contract.js').Item} Item
 */

/** Rows in one part of the items' scripts. */
const PART = 64;

/** @type {Map<string, (payload: any) => void>} Scripts that were asked for and not yet heard. */
const waiting = new Map();

/** @type {Map<string, Promise<any>>} The same, as promises. */
const asked = new Map();

/**
 * What the data scripts call. Payloads nobody waits for are dropped.
 *
 * @param {string} key
 * @param {unknown} payload
 */
export function add(key, payload) {
  waiting.get(key)?.(payload);
  waiting.delete(key);
}

export class Data {
  /**
   * @param {string} root relative path to the site's root, ending in "/"
   * @param {boolean} local whether the page was opened from file://
   */
  constructor(root, local) {
    this.root = root;
    this.local = local;
    /** @type {Map<string, Promise<any>>} */
    this.loaded = new Map();
  }

  /**
   * Gives a data file, loaded once.
   *
   * @param {string} key such as `catalogue` or `layouts/look-map`
   * @returns {Promise<any>}
   */
  get(key) {
    let promise = this.loaded.get(key);
    if (!promise) {
      promise = this.local ? script(this.root, key) : json(`${this.root}api/${key}.json`);
      // What failed may be asked for again: a reader's connection can come back.
      promise.catch(() => this.loaded.delete(key));
      this.loaded.set(key, promise);
    }
    return promise;
  }

  /**
   * @param {number} row
   * @param {string} id
   * @returns {Promise<Item>}
   */
  async item(row, id) {
    if (!this.local) return this.get(`items/${id}`);
    const part = Math.floor(row / PART);
    const items = await this.get(`items/${part}`);
    return items[row - part * PART];
  }

  /**
   * @param {string} key such as `vectors/look`
   * @returns {Promise<ArrayBuffer>} a binary file's content
   */
  async binary(key) {
    if (this.local) return bytesOf(await script(this.root, key)).buffer;
    return (await fetched(`${this.root}api/${key}.bin`)).arrayBuffer();
  }

  /**
   * @param {number} cell side of the level's cells in pixels
   * @param {number} page
   * @param {AbortSignal} signal
   * @returns {Promise<ImageBitmap>} the decoded atlas page
   */
  async page(cell, page, signal) {
    const blob = this.local
      ? fromBase64(await script(this.root, `atlas/${cell}/${page}`))
      : await (await fetched(`${this.root}atlas/${cell}/${page}.webp`, signal)).blob();
    if (signal.aborted) throw new DOMException('No longer needed', 'AbortError');
    return createImageBitmap(blob, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  }
}

/**
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<Response>}
 */
async function fetched(url, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url} could not be read (${response.status}).`);
  return response;
}

/** @param {string} url */
async function json(url) {
  return (await fetched(url)).json();
}

/**
 * Two that ask for one script at a time, as two maps side by side do, are given the same.
 *
 * @param {string} root
 * @param {string} key
 * @returns {Promise<any>}
 */
function script(root, key) {
  let promise = asked.get(key);
  if (!promise) {
    promise = inject(root, key).finally(() => asked.delete(key));
    asked.set(key, promise);
  }
  return promise;
}

/**
 * @param {string} root
 * @param {string} key
 * @returns {Promise<any>}
 */
function inject(root, key) {
  return new Promise((resolve, reject) => {
    const node = document.createElement('script');
    const fail = () => {
      waiting.delete(key);
      node.remove();
      reject(new Error(`data/${key}.js could not be read.`));
    };
    waiting.set(key, resolve);
    node.src = `${root}data/${key}.js`;
    node.onerror = fail;
    // A script that ran without calling `add` is cut off or of another version.
    node.onload = () => (waiting.has(key) ? fail() : node.remove());
    document.head.append(node);
  });
}

/** @param {string} text base64 @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

/** @param {string} text base64 @returns {Blob} */
function fromBase64(text) {
  return new Blob([bytesOf(text)], { type: 'image/webp' });
}
