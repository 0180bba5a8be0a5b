/**
 * Short names of images for addresses: six letters made of the id alone, so that a link to many
 * images stays short and still finds them when the catalogue is built anew.
 */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
export const LENGTH = 6;

/** More images than these are not written into an address: it would be refused by many programs. */
export const MOST = 1000;

/** @param {string} text @returns {number} 36 bits of it (cyrb53, by bryc, public domain) */
function bits(text) {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (a & 0x3ffff) * 0x40000 + (b & 0x3ffff);
}

/** @param {string} text @returns {string} six letters made of it */
export function short(text) {
  let rest = bits(text);
  let out = '';
  for (let i = 0; i < LENGTH; i++) {
    out += LETTERS[rest % 64];
    rest = Math.floor(rest / 64);
  }
  return out;
}

/** @param {string} letters @returns {number} the bits that they were made of, -1 where they are none */
function bitsOf(letters) {
  let value = 0;
  for (let i = letters.length - 1; i >= 0; i--) value = value * 64 + LETTERS.indexOf(letters[i]);
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter)) ? value : -1;
}

export class Keys {
  /** @param {string[]} ids */
  constructor(ids) {
    this.ids = ids;
    /** Row by the bits of its key. @type {Map<number, number> | null} -1 where two images share a key */
    this.rows = null;
  }

  read() {
    if (this.rows) return this.rows;
    /** @type {Map<number, number>} */
    const rows = new Map();
    this.ids.forEach((id, row) => {
      const key = bits(id);
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
      const id = this.ids[row];
      if (known.get(bits(id)) === row) text += short(id);
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
      const row = known.get(bitsOf(keys.slice(i, i + LENGTH))) ?? -1;
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
