/**
 * What the build says of a pair: its alignment, and how B lies by the lists of relatives.
 *
 * @typedef {import('../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../shared/contract.js').AlignmentEntry} Entry
 * @typedef {import('../shared/data.js').Data} Data
 * @typedef {import('./placing.js').Found} Found
 */
import { reversed } from './matrix.js';
import { turnedRound } from './placing.js';

/** Images of which one file of alignments holds the pairs. */
const PART = 64;

/**
 * @param {Data} data
 * @param {Catalogue} catalogue
 * @param {string} view "" for any
 * @param {number} a row
 * @param {number} b row
 * @returns {Promise<Found | null>} of the view, else of the first that has one; null where there is none
 */
export async function foundFor(data, catalogue, view, a, b) {
  const views = catalogue.views.filter((one) => one.alignments).map(({ name }) => name);
  const order = [...views.filter((name) => name === view), ...views.filter((name) => name !== view)];
  for (const name of order) {
    const file = await data.get(`alignments/${name}/${Math.floor(Math.min(a, b) / PART)}`);
    const entry = (/** @type {{pairs: Entry[]}} */ (file)).pairs.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a));
    if (!entry) continue;
    const found = { ...entry, view: name };
    return entry.a === a ? found : turnedRound(found);
  }
  return null;
}

/**
 * @param {Data} data
 * @param {Catalogue} catalogue
 * @param {string} view "" for the first
 * @param {number} a row
 * @param {number} b row
 * @returns {Promise<number>} orientation of B as A sees it; 0 where neither has the other in its lists
 */
export async function orientationFor(data, catalogue, view, a, b) {
  const there = await listed(data, catalogue, view, a, b);
  if (there !== null) return there;
  const back = await listed(data, catalogue, view, b, a);
  return back === null ? 0 : reversed(back);
}

/** @param {Data} data @param {Catalogue} catalogue @param {string} view @param {number} a @param {number} b @returns {Promise<number | null>} */
async function listed(data, catalogue, view, a, b) {
  const { views } = await data.item(a, catalogue.ids[a]);
  const names = [view, ...catalogue.views.map(({ name }) => name)];
  for (const name of names) {
    const lists = views[name]?.neighbours;
    const near = lists && [...lists.all, ...lists.others].find(({ id }) => id === catalogue.ids[b]);
    if (near) return near.orientation;
  }
  return null;
}
