/**
 * The conditions that are active now, each with a button that takes it away.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').State} State
 */
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { t } from '../../shared/strings.js';
import { isFound } from './found.js';
import { MISSING } from './matching.js';
import { rangeText } from './number-range.js';
import { undoing } from './undoing.js';
import { yearText } from './years.js';

export class Chips {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    this.node = h('ul', { class: 'chips', data: { chips: '' } });
    app.listen((topics) => topics.has('matches') && this.write());
  }

  write() {
    const { app } = this;
    const { state, catalogue } = app;
    const chips = [];
    // Where the search box shows its words, the style sheet hides this chip.
    if (state.query) chips.push(this.chip(t('chip.search', { query: state.query }), { query: '' }, 'chip-search'));
    for (const facet of catalogue.facets) {
      for (const value of state.filters[facet.key] ?? []) {
        const others = state.filters[facet.key].filter((other) => other !== value);
        const words = value === MISSING ? t('filters.missing') : value;
        const name = value === MISSING || isFound(facet.key) ? `${facet.label}: ${words}` : value;
        chips.push(this.chip(name, { filters: { ...state.filters, [facet.key]: others } }));
      }
    }
    if (state.years) chips.push(this.chip(`${yearText(state.years[0])}–${yearText(state.years[1])}`, { years: null }));
    if (state.undated) chips.push(this.chip(t('chip.undated'), { undated: false }));
    for (const [name, { range, missing }] of Object.entries(state.numbers)) {
      const label = catalogue.numbers?.find((one) => one.name === name)?.label ?? name;
      const words = [range && rangeText(range), missing && t('sort.unknown')].filter(Boolean).join(', ');
      const { [name]: _, ...numbers } = state.numbers;
      chips.push(this.chip(`${label}: ${words}`, { numbers }));
    }
    if (state.torn && app.stage.places?.faithful) chips.push(this.chip(t('torn.chip'), { torn: false }));
    if (state.cluster) {
      const cluster = app.clusters?.clusters.find((one) => one.number === state.cluster);
      chips.push(this.chip(cluster?.name || t('cluster.name', { number: state.cluster }), { cluster: 0 }));
    }
    fill(
      this.node,
      app.matching.active && h('li', { class: 'chip-count', data: { chipCount: '' } }, t('filters.matching', { n: app.matching.total, total: catalogue.count })),
      chips,
      app.matching.active && !app.matching.total && h('li', { class: 'chip-undo', data: { nothing: '' } }, h('p', {}, t('filters.none')), undoing(app)),
    );
  }

  /** @param {string} name @param {Partial<State>} without @param {string} [more] a further class */
  chip(name, without, more = '') {
    const words = t('chip.remove', { name });
    return h(
      'li',
      { class: more },
      h('button', { class: 'chip', type: 'button', 'aria-label': words, title: words, on: { click: () => this.app.update(without) } }, h('bdi', {}, name), icon('close')),
    );
  }
}
