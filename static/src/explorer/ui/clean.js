/**
 * Makes a state fit its catalogue: links come from other versions of it, and from anyone.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../../shared/contract.js').State} State
 * @typedef {import('../../shared/contract.js').ViewInfo} ViewInfo
 */
import { SORTED } from '../scene/sorted.js';
import { clusteringOf, clusteringsOf } from './clustering.js';
import { MISSING } from './matching.js';

/** Longer queries and lists of values are cut: nobody types them. */
const LONGEST = 200;

/**
 * @param {State} state
 * @param {Catalogue} catalogue
 * @returns {State} without anything that the catalogue does not have, defaults left out
 */
export function clean(state, catalogue) {
  const view = catalogue.views.find((candidate) => candidate.name === state.view) ?? catalogue.views[0];
  const layout = hasLayout(state.layout, view, catalogue) ? state.layout : view.layouts[0];
  const chosen = clusteringsOf(view).slice(1).some((one) => one.key === state.group) ? state.group : '';
  const clusters = clusteringOf(view, layout, chosen)?.clusters ?? 0;
  return {
    ...state,
    view: view === catalogue.views[0] ? '' : view.name,
    layout: layout === view.layouts[0] ? '' : layout,
    id: catalogue.ids.includes(state.id) ? state.id : '',
    query: state.query.slice(0, LONGEST),
    filters: cleanFilters(state.filters, catalogue),
    group: chosen,
    cluster: state.cluster <= clusters ? state.cluster : 0,
    years: state.years && state.years[0] <= state.years[1] ? state.years : null,
  };
}

/** @param {string} name @param {ViewInfo} view @param {Catalogue} catalogue @returns {boolean} */
function hasLayout(name, view, catalogue) {
  if (view.layouts.includes(name)) return true;
  return (catalogue.numbers ?? []).some((number) => name === SORTED + number.name);
}

/**
 * @param {State['filters']} filters
 * @param {Catalogue} catalogue
 * @returns {State['filters']}
 */
function cleanFilters(filters, catalogue) {
  /** @type {State['filters']} */
  const kept = {};
  for (const facet of catalogue.facets) {
    const known = (filters[facet.key] ?? []).filter((value) => value === MISSING || facet.values.includes(value));
    if (known.length) kept[facet.key] = [...new Set(known)];
  }
  return kept;
}
