/**
 * One facet in the drawer: its values with counts that respect all other conditions.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { fill, h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { MISSING } from './matching.js';

/** Lists longer than this by more than two are cut until asked for. */
const SHORT = 8;

export class FacetList {
  /**
   * @param {Explorer} app
   * @param {number} number of the facet
   */
  constructor(app, number) {
    this.app = app;
    this.number = number;
    this.facet = app.catalogue.facets[number];
    this.whole = false;
    this.list = h('ul', { class: 'facet-values' });
    this.more = h('button', { type: 'button', class: 'text-button facet-more', on: { click: () => this.toggle() } });
    this.node = h(
      'fieldset',
      { class: 'facet', data: { facet: this.facet.key } },
      h('legend', { dir: 'auto' }, this.facet.label),
      this.list,
      this.more,
    );
    /** @type {Map<string, {node: HTMLElement, box: HTMLInputElement, count: HTMLElement}>} */
    this.entries = new Map();
  }

  toggle() {
    this.whole = !this.whole;
    this.write();
  }

  write() {
    const { facet, app } = this;
    const chosen = app.state.filters[facet.key] ?? [];
    const counts = app.matching.counts(this.number);
    const missing = facet.values.length;
    const values = facet.values.map((value, i) => ({ value, count: counts[i] }));
    if (facet.index.includes(-1)) values.push({ value: MISSING, count: counts[missing] });
    const order = this.whole ? values : shortest(values, chosen);
    const most = Math.max(1, ...counts);
    fill(this.list, order.map(({ value, count }) => this.entry(value, count, most, chosen.includes(value))));
    this.more.hidden = values.length <= SHORT + 2;
    fill(this.more, this.whole ? t('filters.fewer') : t('filters.all', { n: values.length }));
  }

  /**
   * @param {string} value
   * @param {number} count
   * @param {number} most largest count of the facet
   * @param {boolean} checked
   */
  entry(value, count, most, checked) {
    let entry = this.entries.get(value);
    if (!entry) {
      const box = h('input', { type: 'checkbox', data: { value }, on: { change: () => this.pick(value, box.checked) } });
      const counter = h('span', { class: 'facet-count' });
      const name = value === MISSING ? h('span', { class: 'facet-name missing' }, t('filters.missing')) : h('span', { class: 'facet-name', dir: 'auto' }, value);
      const node = h('li', {}, h('label', { class: 'check' }, box, name, counter));
      entry = { node, box, count: counter };
      this.entries.set(value, entry);
    }
    entry.box.checked = checked;
    entry.count.textContent = String(count);
    entry.node.classList.toggle('empty', count === 0 && !checked);
    entry.node.style.setProperty('--share', String(count / most));
    return entry.node;
  }

  /** @param {string} value @param {boolean} on */
  pick(value, on) {
    const { key } = this.facet;
    const { filters } = this.app.state;
    const others = (filters[key] ?? []).filter((other) => other !== value);
    this.app.update({ filters: { ...filters, [key]: on ? [...others, value] : others } });
  }
}

/**
 * The most frequent values in their own order; chosen ones always stay.
 *
 * @param {{value: string, count: number}[]} values
 * @param {string[]} chosen
 */
function shortest(values, chosen) {
  if (values.length <= SHORT + 2) return values;
  const ranked = [...values].sort((a, b) => b.count - a.count).slice(0, SHORT);
  const kept = new Set([...ranked.map((entry) => entry.value), ...chosen]);
  return values.filter((entry) => kept.has(entry.value));
}
