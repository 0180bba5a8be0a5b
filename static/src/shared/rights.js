/**
 * What of each picture the site shows, and whose it is.
 *
 * @typedef {import('./contract.js').Catalogue} Catalogue
 * @typedef {{restricted: Set<number>, withheld: Set<number>, hosted: Set<number>}} Closed
 */

/** @type {WeakMap<Catalogue, Closed>} */
const known = new WeakMap();

/** @param {Catalogue} catalogue @returns {Closed} */
function closed(catalogue) {
  let found = known.get(catalogue);
  if (!found) {
    const { restricted = [], withheld = [], hosted = [] } = catalogue.closed ?? {};
    found = { restricted: new Set(restricted), withheld: new Set(withheld), hosted: new Set(hosted) };
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

/** Whether the site has a display copy. @param {Catalogue} catalogue @param {number} row */
export const isLarge = (catalogue, row) => accessOf(catalogue, row) === 'open' && !closed(catalogue).hosted.has(row);

/** @param {Catalogue} catalogue @param {number} row @returns {string} the credit line, "" if there is none */
export function creditOf({ credits }, row) {
  return credits?.texts[credits.index[row] ?? -1] ?? '';
}
