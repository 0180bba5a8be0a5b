/**
 * What frames and sizes of images say, and whether lines show where they lie close.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { isNumber } from './found.js';

export class FrameChoice {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    const { facets, numbers = [] } = app.catalogue;
    const named = facets.filter(({ key, values }) => !isNumber(key) && values.length > 1);
    this.colour = h('select', { class: 'select', data: { colour: '' }, on: { change: () => app.update({ colour: this.colour.value }) } },
      h('option', { value: '' }, t('colour.none')), app.catalogue.views.some((view) => view.clusters) && h('option', { value: 'cluster' }, t('clusters.title')),
      named.map(({ key, label }) => h('option', { value: `f.${key}` }, label)), numbers.map(({ name, label }) => h('option', { value: `n.${name}` }, label)));
    this.size = h('select', { class: 'select', data: { sized: '' }, on: { change: () => app.update({ sized: this.size.value }) } },
      h('option', { value: '' }, t('size.none')), numbers.map(({ name, label }) => h('option', { value: name }, label)));
    this.dense = h('input', { type: 'checkbox', data: { dense: '' }, on: { change: () => app.update({ dense: this.dense.checked }) } });
    this.node = h('fieldset', { class: 'facet' }, h('legend', {}, t('colour.title')),
      h('label', { class: 'labelled' }, h('span', {}, t('colour.by')), this.colour),
      numbers.length > 0 && h('label', { class: 'labelled' }, h('span', {}, t('size.by')), this.size),
      h('label', { class: 'check' }, this.dense, t('dense.show')));
    app.listen((topics) => (topics.has('colour') || topics.has('view')) && this.write());
    this.write();
  }

  write() {
    const { state } = this.app;
    this.colour.value = state.colour;
    this.size.value = state.sized;
    this.dense.checked = state.dense;
  }
}
