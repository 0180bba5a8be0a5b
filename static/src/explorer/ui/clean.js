/**
 * Makes a state fit its catalogue: links come from other versions of it, and from anyone.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../../shared/contract.js').State} State
 * @typedef {import('../../shared/contract.js').ViewInfo} ViewInfo
 */
import { isRanking } from '../like/names.js';
import { cleanOrbit } from '../scene/relief.js';
import { isCrossed } from '../scene/crossed.js';
import { SORTED } from '../scene/sorted.js';
import { LANDSCAPE } from '../scene/heights.js';
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
  const layout = hasLayout(state.layout, view, catalogue, state.examples.length > 0) ? state.layout : view.layouts[0];
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
    selected: state.selected.filter((row) => row >= 0 && row < catalogue.count),
    examples: cleanExamples(state.examples, catalogue),
    numbers: Object.fromEntries(Object.entries(state.numbers).filter(([name]) => hasNumber(name, catalogue))),
    colour: hasColour(state.colour, view, catalogue) ? state.colour : '',
    sized: hasNumber(state.sized, catalogue) ? state.sized : '',
    edges: state.edges !== null && Number.isFinite(state.edges) ? state.edges : null,
    beside: state.beside !== view.name && catalogue.views.some((one) => one.name === state.beside) ? state.beside : '',
    orbit: layout === LANDSCAPE && state.orbit ? cleanOrbit(state.orbit) : null,
    odd: hasOdd(state, catalogue) ? state.odd : -1,
  };
}

/** @param {string} name @param {ViewInfo} view @param {Catalogue} catalogue @param {boolean} examples @returns {boolean} */
function hasLayout(name, view, catalogue, examples) {
  if (view.layouts.includes(name)) return true;
  if (name === LANDSCAPE) return view.layouts.includes('map');
  if (isCrossed(name, catalogue)) return true;
  if (isRanking(name)) return examples && Boolean(view.vectors);
  return name.startsWith(SORTED) && hasNumber(name.slice(SORTED.length), catalogue);
}

/** What is unexpected is so beside a chosen image. @param {State} state @param {Catalogue} catalogue */
function hasOdd(state, catalogue) {
  return state.odd >= 0 && state.odd < catalogue.count && catalogue.ids.includes(state.id) && catalogue.ids[state.odd] !== state.id;
}

/** @param {string} name @param {Catalogue} catalogue @returns {boolean} */
function hasNumber(name, catalogue) {
  return (catalogue.numbers ?? []).some((number) => name === number.name);
}

/** @param {string} name @param {ViewInfo} view @param {Catalogue} catalogue @returns {boolean} */
function hasColour(name, view, catalogue) {
  if (name === 'cluster') return clusteringsOf(view).length > 0;
  if (name.startsWith('f.')) return catalogue.facets.some((facet) => name === `f.${facet.key}`);
  return name.startsWith('n.') && hasNumber(name.slice(2), catalogue);
}

/** @param {State['examples']} examples @param {Catalogue} catalogue @returns {State['examples']} */
function cleanExamples(examples, catalogue) {
  const kept = examples.filter(([row, weight]) => row >= 0 && row < catalogue.count && weight);
  return kept.slice(0, LONGEST).map(([row, weight]) => [row, Math.max(-100, Math.min(100, weight))]);
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
