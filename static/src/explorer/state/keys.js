/**
 * Short names of images for addresses: six letters made of the id alone, so that a link to many
 * images stays short and still finds them when the catalogue is built anew.
 */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
export const LENGTH = 6;

/** More images than these are not written into an address: it would be refused by many programs. */
export const MOST = 1000;

/** @param {string} text @returns {string} 36 bits of it, as six letters (cyrb53, by bryc, public domain) */
export function short(text) {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  let out = '';
  for (const part of [a >>> 0, b >>> 0]) for (let i = 0; i < 3; i++) out += LETTERS[(part >>> (6 * i)) & 63];
  return out;
}

export class Keys {
  /** @param {string[]} ids */
  constructor(ids) {
    this.ids = ids;
    /** @type {Map<string, number> | null} -1 where two images share a key */
    this.rows = null;
  }

  read() {
    if (this.rows) return this.rows;
    /** @type {Map<string, number>} */
    const rows = new Map();
    this.ids.forEach((id, row) => {
      const key = short(id);
      rows.set(key, rows.has(key) ? -1 : row);
    });
    this.rows = rows;
    return rows;
  }

  /**
   * @param {number[]} rows
   * @returns {string} their keys, one after another; after a dot each id whose key is not its own
   */
  write(rows) {
    const known = this.read();
    /** @type {string[]} */
    const apart = [];
    let text = '';
    for (const row of rows) {
      const key = short(this.ids[row]);
      if (known.get(key) === row) text += key;
      else apart.push(`.${this.ids[row]}`);
    }
    return text + apart.join('');
  }

  /**
   * @param {string} text as `write` gives it
   * @returns {{rows: number[], lost: number}} rows, ascending; how many are not in the catalogue
   */
  find(text) {
    const [keys, ...apart] = text.split('.');
    const known = this.read();
    /** @type {Set<number>} */
    const rows = new Set();
    let lost = 0;
    for (let i = 0; i < keys.length; i += LENGTH) {
      const row = known.get(keys.slice(i, i + LENGTH)) ?? -1;
      if (row >= 0) rows.add(row);
      else lost++;
    }
    for (const id of apart) {
      const row = this.ids.indexOf(id);
      if (row >= 0) rows.add(row);
      else lost++;
    }
    return { rows: [...rows].sort((a, b) => a - b), lost };
  }
}
