/**
 * Which layouts stand in the bar, and how the others are grouped.
 *
 * @typedef {{name: string, label: string}} Named
 * @typedef {'maps' | 'grids' | 'clusters' | 'facts'} Group
 */

/** So many stand in the bar where there are more than `FEW`. */
const SHOWN = 4;
const FEW = 5;
/** The order in which the bar is filled. */
const FIRST = ['map', 'grid', 'clusters', 'timeline'];

/**
 * @param {Named[]} layouts in the order of showing
 * @returns {{bar: Named[], more: Named[]}}
 */
export function shared(layouts) {
  if (layouts.length <= FEW) return { bar: layouts, more: [] };
  const ranked = [...layouts].sort((a, b) => rank(a.name) - rank(b.name));
  const chosen = new Set(ranked.slice(0, SHOWN));
  return { bar: layouts.filter((one) => chosen.has(one)), more: layouts.filter((one) => !chosen.has(one)) };
}

/** @param {string} name */
function rank(name) {
  const at = FIRST.indexOf(name);
  return at < 0 ? FIRST.length : at;
}

/**
 * @param {Named[]} layouts
 * @returns {[Group, Named[]][]} those that have any
 */
export function grouped(layouts) {
  /** @type {Group[]} */
  const order = ['maps', 'grids', 'clusters', 'facts'];
  return order
    .map((group) => /** @type {[Group, Named[]]} */ ([group, layouts.filter((one) => groupOf(one.name) === group)]))
    .filter(([, found]) => found.length);
}

/** @param {string} name @returns {Group} */
export function groupOf(name) {
  if (name === 'grid' || name === 'flas' || name.endsWith('-grid')) return 'grids';
  if (name.split('-')[0] === 'clusters') return 'clusters';
  return /^(map|tsne|pca|landscape|graph)(-|$)/.test(name) ? 'maps' : 'facts';
}
