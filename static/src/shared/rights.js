/**
 * What of each picture the site shows, and whose it is.
 *
 * @typedef {import('./contract.js').Catalogue} Catalogue
 * @typedef {{restricted: Set<number>, withheld: Set<number>}} Closed
 */

/** @type {WeakMap<Catalogue, Closed>} */
const known = new WeakMap();

/** @param {Catalogue} catalogue @returns {Closed} */
function closed(catalogue) {
  let found = known.get(catalogue);
  if (!found) {
    const { restricted = [], withheld = [] } = catalogue.closed ?? {};
    found = { restricted: new Set(restricted), withheld: new Set(withheld) };
    known.set(catalogue, found);
  }
  return found;
}

/** @param {Catalogue} catalogue @param {number} row @returns {'open' | 'restricted' | 'withheld'} */
export function accessOf(catalogue, row) {
  const { restricted, withheld } = closed(catalogue);
  if (withheld.has(row)) return 'withheld';
  return restricted.has(row) ? 'restricted' : 'open';
}

/** @param {Catalogue} catalogue @param {number} row @returns {string} the credit line, "" if there is none */
export function creditOf({ credits }, row) {
  return credits?.texts[credits.index[row] ?? -1] ?? '';
}
