/**
 * Which clustering of a view is meant: the one that a layout of clusters shows, else the reader's
 * choice, else the main one.
 *
 * @typedef {import('../../shared/contract.js').ClusteringInfo} ClusteringInfo
 * @typedef {import('../../shared/contract.js').ViewInfo} ViewInfo
 */

/** @param {ViewInfo} view @returns {ClusteringInfo[]} the main one first; [] where there are no clusters */
export function clusteringsOf(view) {
  if (view.clusterings?.length) return view.clusterings;
  return view.clusters ? [{ key: view.name, name: '', label: '', method: '', clusters: view.clusters }] : [];
}

/**
 * @param {ViewInfo} view
 * @param {string} layout
 * @param {string} group key that the reader chose, "" for the main one
 * @returns {ClusteringInfo | null}
 */
export function clusteringOf(view, layout, group) {
  const found = clusteringsOf(view);
  const main = found[0] ?? null;
  if (layout === 'clusters') return main;
  const shown = found.slice(1).find((one) => layout === `clusters-${one.name}`);
  return shown ?? found.find((one) => one.key === group) ?? main;
}

/** @param {ViewInfo} view @param {string} key @returns {string} its name for readers */
export function clusteringName(view, key) {
  const one = clusteringsOf(view).find((other) => other.key === key);
  const text = one?.label || one?.name || (one?.method ?? '').split(/ over | of | \(|,/)[0];
  return text ? text[0].toUpperCase() + text.slice(1) : '';
}

/** @param {string} layout @returns {boolean} whether it lays clusters out as islands */
export function hasIslands(layout) {
  return layout === 'clusters' || layout.startsWith('clusters-');
}
