/**
 * What to take away where nothing is left: each condition without which images appear.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').State} State
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';

const MOST = 4;

/** @param {Explorer} app */
export function undoing(app) {
  const found = app.matching.undoing().slice(0, MOST);
  if (!found.length) return h('button', { class: 'text-button', type: 'button', data: { undo: 'all' }, on: { click: () => app.update({ query: '', ...NOTHING }) } }, t('undo.all'));
  return h('ul', { class: 'undoing' }, found.map(({ condition, total }) => h('li', {},
    h('button', { class: 'text-button', type: 'button', data: { undo: condition }, on: { click: () => app.update(without(app.state, condition)) } },
      t('undo.one', { name: nameOf(app, condition), n: total })))));
}

/** @type {Partial<State>} */
const NOTHING = { filters: {}, years: null, undated: false, numbers: {}, cluster: 0, torn: false };

/** @param {State} state @param {string} condition @returns {Partial<State>} */
function without(state, condition) {
  const { [condition.slice(2)]: _, ...filters } = state.filters;
  const { [condition.slice(2)]: __, ...numbers } = state.numbers;
  if (condition.startsWith('f.')) return { filters };
  if (condition.startsWith('n.')) return { numbers };
  if (condition === 'years') return { years: null, undated: false };
  if (condition === 'search') return { query: '' };
  return condition === 'cluster' ? { cluster: 0 } : { torn: false };
}

/** @param {Explorer} app @param {string} condition @returns {string} */
function nameOf({ catalogue, state }, condition) {
  const key = condition.slice(2);
  if (condition.startsWith('f.')) return catalogue.facets.find((facet) => facet.key === key)?.label ?? key;
  if (condition.startsWith('n.')) return catalogue.numbers?.find((number) => number.name === key)?.label ?? key;
  if (condition === 'search') return t('chip.search', { query: state.query });
  return t(condition === 'years' ? 'filters.years' : condition === 'cluster' ? 'clusters.title' : 'torn.chip');
}
