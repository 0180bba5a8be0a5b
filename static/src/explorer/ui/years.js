/**
 * The range of years: two sliders under a small histogram.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { h, svg, fill } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';

const BARS = 40;
const HEIGHT = 40;

/**
 * How many images fall on each of `bars` equal parts of the years `first` to `last`. Each counts
 * once, spread evenly over the years that its date may mean; what lies outside is left out.
 *
 * @param {Iterable<[number, number]>} spans first and last year, both included
 * @param {number} first
 * @param {number} last
 * @param {number} bars
 * @returns {Float64Array} of `bars` numbers
 */
export function histogram(spans, first, last, bars) {
  const counts = new Float64Array(bars);
  const width = (last - first + 1) / bars;
  for (const [from, to] of spans) {
    const [begin, end] = [(from - first) / width, (to + 1 - first) / width];
    const stop = Math.min(bars, Math.ceil(end));
    for (let bar = Math.max(0, Math.floor(begin)); bar < stop; bar++) {
      const shared = Math.min(end, bar + 1) - Math.max(begin, bar);
      counts[bar] += Math.max(0, shared) / (end - begin);
    }
  }
  return counts;
}

/** @param {number} year astronomical: 0 is 1 BCE */
export function yearText(year) {
  return year > 0 ? String(year) : `${1 - year}\u00a0BCE`;
}

export class Years {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    const spans = app.catalogue.years.filter((span) => span !== null);
    this.first = spans.reduce((least, span) => Math.min(least, span[0]), Infinity);
    this.last = spans.reduce((most, span) => Math.max(most, span[1]), -Infinity);
    this.from = this.slider('filters.from', 'from');
    this.to = this.slider('filters.to', 'to');
    this.bars = svg('svg', { class: 'years-bars', viewBox: `0 0 ${BARS} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    this.undated = h('input', { type: 'checkbox', data: { undated: '' }, on: { change: () => app.update({ undated: this.undated.checked }) } });
    this.undatedCount = h('span', { class: 'facet-count' });
    this.undatedRow = h('label', { class: 'check', hidden: !app.catalogue.years.includes(null) }, this.undated, h('span', { class: 'facet-name missing' }, t('filters.undated')), this.undatedCount);
    this.label = h('output', { class: 'years-label' });
    this.node = h(
      'fieldset',
      { class: 'facet years', data: { facetYears: '' } },
      h('legend', {}, t('filters.years')),
      this.label,
      h('div', { class: 'years-range' }, this.bars, this.from, this.to),
      this.undatedRow,
    );
    this.node.hidden = this.first >= this.last;
  }

  /** @param {string} words @param {'from' | 'to'} end */
  slider(words, end) {
    return h('input', {
      type: 'range', min: this.first, max: this.last, step: 1, 'aria-label': t(words), data: { years: end },
      on: { input: () => this.drag(end), change: () => this.commit() },
    });
  }

  /** @returns {[number, number]} */
  get range() {
    return [Number(this.from.value), Number(this.to.value)];
  }

  /** Neither end passes the other. @param {'from' | 'to'} end */
  drag(end) {
    const [from, to] = this.range;
    if (from > to) {
      if (end === 'from') this.from.value = String(to);
      else this.to.value = String(from);
    }
    this.mark();
  }

  commit() {
    const [from, to] = this.range;
    this.app.update({ years: from <= this.first && to >= this.last ? null : [from, to] });
  }

  write() {
    const [from, to] = this.app.state.years ?? [this.first, this.last];
    this.from.value = String(from);
    this.to.value = String(to);
    this.draw();
    this.mark();
  }

  /** How many images of the rest fall on each part of the range. */
  draw() {
    const { matching, catalogue } = this.app;
    /** @type {[number, number][]} */
    const spans = [];
    let none = 0;
    matching.without('years', (row) => {
      const span = catalogue.years[row];
      if (span) spans.push(span);
      else none++;
    });
    const counts = histogram(spans, this.first, this.last, BARS);
    this.undatedCount.textContent = String(none);
    this.undated.checked = this.app.state.undated;
    const most = Math.max(...counts, 1e-9);
    fill(
      this.bars,
      ...[...counts].map((count, i) => {
        const height = count ? Math.max(1.5, (count / most) * HEIGHT) : 0;
        return svg('rect', { x: i + 0.1, width: 0.8, y: HEIGHT - height, height });
      }),
    );
  }

  mark() {
    const [from, to] = this.range;
    this.label.textContent = from === to ? yearText(from) : `${yearText(from)}–${yearText(to)}`;
    this.from.setAttribute('aria-valuetext', yearText(from));
    this.to.setAttribute('aria-valuetext', yearText(to));
    const width = (this.last - this.first + 1) / BARS;
    [...this.bars.children].forEach((bar, i) => {
      const start = this.first + i * width;
      bar.classList.toggle('out', start + width <= from || start > to);
    });
  }
}
