/**
 * Lays the images out in rows by one of their numbers.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { SORTED } from '../scene/sorted.js';

export class SortChoice {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    const numbers = app.catalogue.numbers ?? [];
    const options = numbers.map(({ name, label }) => h('option', { value: name }, label));
    this.select = h('select', { class: 'select', data: { sort: '' }, on: { change: () => this.pick() } }, h('option', { value: '' }, t('sort.none')), options);
    this.said = h('p', { class: 'facet-said' });
    this.node = h('fieldset', { class: 'facet', hidden: !numbers.length }, h('legend', {}, t('sort.title')), h('label', {}, h('span', { class: 'unseen' }, t('sort.title')), this.select), this.said);
    app.listen((topics) => topics.has('layout') && this.write());
  }

  get sortedBy() {
    return this.app.layout.startsWith(SORTED) ? this.app.layout.slice(SORTED.length) : '';
  }

  write() {
    const name = this.sortedBy;
    this.select.value = name;
    this.said.textContent = this.app.catalogue.numbers?.find((number) => number.name === name)?.meaning ?? '';
  }

  pick() {
    const { value } = this.select;
    this.app.update({ layout: value ? SORTED + value : '' });
    if (value) this.app.say(t('say.layout', { name: this.select.selectedOptions[0]?.textContent ?? value }));
  }
}
