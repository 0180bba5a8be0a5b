/**
 * What is said of a relative, in the same words and numbers as on the pages.
 *
 * @typedef {import('./contract.js').ItemView} ItemView
 * @typedef {import('./contract.js').Neighbour} Neighbour
 * @typedef {import('./choice.js').Scope} Scope
 */
import { svg } from './dom.js';
import { t } from './strings.js';

/** From so many unrelated images expected to be as near, a relative may be one of them. */
const CHANCE = 1;
const COUNTS = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

/**
 * @param {number | undefined} share of random pairs, 0-1
 * @returns {string} in per cent, rounded down; "" where it was not measured
 */
export function shareText(share) {
  if (share === undefined) return '';
  const points = Math.round(share * 10_000); // hundredths of a per cent
  if (points >= 10_000) return '> 99.99\u00a0%';
  if (points >= 9_990) return `${(points / 100).toFixed(2)}\u00a0%`;
  return `${(Math.floor(points / 10) / 10).toFixed(1)}\u00a0%`;
}

/** @param {number} orientation 0-7 @returns {string} how a relative lies, "" if it lies the same way */
export function turnWords(orientation) {
  return orientation ? t(`turn.${orientation}`) : '';
}

/** @param {number} orientation 0-7 @returns {string} the CSS transform that lays a relative the same way */
export function turnBack(orientation) {
  const turn = `rotate(${-90 * (orientation % 4)}deg)`;
  return orientation >= 4 ? `scaleX(-1) ${turn}` : turn;
}

/** @param {number} orientation 0-7 @returns {boolean} whether width and height change places */
export function isQuarter(orientation) {
  return orientation % 2 === 1;
}

/**
 * Which views have a relative in their lists.
 *
 * @param {Record<string, ItemView>} seen the image in all views
 * @param {string[]} names of the views, in order
 * @param {Scope} scope
 * @param {string} id of the relative
 * @returns {boolean[]}
 */
export function foundBy(seen, names, scope, id) {
  return names.map((name) => (seen[name]?.neighbours[scope] ?? []).some((near) => near.id === id));
}

/**
 * @param {string[]} labels of all views
 * @param {boolean[]} found
 * @param {number} here number of the view whose list this is
 * @returns {string} such as "also by form"; "" where it is this view alone
 */
export function foundWords(labels, found, here) {
  const others = labels.filter((_, at) => found[at] && at !== here).map((label) => label.toLowerCase());
  if (!others.length) return '';
  if (others.length < labels.length - 1) return t('mark.also', { views: listed(others) });
  return labels.length > 2 ? t('mark.all', { count: COUNTS[labels.length] ?? labels.length }) : t('mark.both');
}

/** @param {string[]} words @returns {string} */
function listed(words) {
  const most = words.slice(0, -1);
  const last = words[words.length - 1];
  return most.length ? `${most.join(', ')} and ${last}` : last;
}

/** @param {boolean[]} found @returns {SVGElement} a dot for each view, filled where it found the relative */
export function dots(found) {
  const circles = found.map((has, at) => svg('circle', { cx: 10 * at + 5, cy: 5, r: 3.25, class: has ? 'on' : null }));
  return svg('svg', { class: 'dots', viewBox: `0 0 ${10 * found.length} 10`, width: 9 * found.length, height: 9, 'aria-hidden': 'true' }, circles);
}

/**
 * @param {Neighbour[]} list best first
 * @returns {number} how many come before the first that may be as near by chance
 */
export function sureOnes(list) {
  const at = list.findIndex((near) => near.chance !== undefined && near.chance >= CHANCE);
  return at < 0 ? list.length : at;
}
