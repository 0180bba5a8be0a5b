/**
 * A number on images as a condition: a histogram between two sliders, and what has no such number.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 */
import { fill, h, svg } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { rangeOf } from '../colour/frames.js';
import { brief } from '../scene/sorted.js';

const BARS = 40;
const HEIGHT = 40;
const STEPS = 200;

/**
 * @param {Iterable<number>} values
 * @param {number} low
 * @param {number} high
 * @param {number} bars
 * @returns {Uint32Array} how many fall on each of `bars` equal parts; the last holds its upper end
 */
export function binned(values, low, high, bars) {
  const counts = new Uint32Array(bars);
  for (const value of values) {
    if (value < low || value > high) continue;
    counts[Math.min(bars - 1, Math.floor(((value - low) / (high - low || 1)) * bars))]++;
  }
  return counts;
}

export class NumberRange {
  /** @param {Explorer} app @param {string} name of the number @param {boolean} [bare] whether its title stands elsewhere */
  constructor(app, name, bare = false) {
    this.app = app;
    this.name = name;
    const info = app.catalogue.numbers?.find((one) => one.name === name);
    this.title = info?.label ?? name;
    /** @type {NumberColumn | null} */
    this.column = null;
    this.low = 0;
    this.high = 1;
    this.from = this.slider('number.from', 'from');
    this.to = this.slider('number.to', 'to');
    this.bars = svg('svg', { class: 'years-bars', viewBox: `0 0 ${BARS} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    this.label = h('output', { class: 'years-label' });
    this.missing = h('input', { type: 'checkbox', data: { numberMissing: name }, on: { change: () => this.commit() } });
    this.missingCount = h('span', { class: 'facet-count' });
    this.missingRow = h('label', { class: 'check', hidden: true }, this.missing, h('span', { class: 'facet-name missing' }, t('sort.unknown')), this.missingCount);
    this.node = h('fieldset', { class: 'facet years', disabled: true, data: { numberRange: name } },
      h('legend', { class: bare ? 'unseen' : '' }, this.title), this.label, h('div', { class: 'years-range' }, this.bars, this.from, this.to), this.missingRow);
  }

  /** @param {string} words @param {'from' | 'to'} end */
  slider(words, end) {
    return h('input', {
      type: 'range', min: 0, max: STEPS, step: 1, 'aria-label': `${this.title}: ${t(words)}`, data: { numberEnd: end },
      on: { input: () => this.drag(end), change: () => this.commit() },
    });
  }

  /** @param {'from' | 'to'} end */
  drag(end) {
    if (Number(this.from.value) > Number(this.to.value)) {
      if (end === 'from') this.from.value = this.to.value;
      else this.to.value = this.from.value;
    }
    this.mark();
  }

  /** @returns {[number, number]} */
  get ends() {
    const value = (/** @type {HTMLInputElement} */ slider) => this.low + ((this.high - this.low) * Number(slider.value)) / STEPS;
    return [value(this.from), value(this.to)];
  }

  commit() {
    const whole = Number(this.from.value) === 0 && Number(this.to.value) === STEPS;
    const missing = this.missing.checked;
    const [low, high] = this.ends;
    // Rounded outwards, so that the address is short and the ends stay inside.
    const range = /** @type {[number, number]} */ ([rounded(low, Math.floor), rounded(high, Math.ceil)]);
    const none = whole && !missing;
    this.app.dispatch({ type: 'range', name: this.name, range: none ? null : { range: whole ? null : range, missing } });
  }

  async write() {
    const { app } = this;
    if (!this.column) {
      this.column = await app.layouts.number(this.name).catch(() => null);
      if (!this.column) {
        this.node.hidden = true;
        return;
      }
      [this.low, this.high] = rangeOf(this.column.values);
      this.node.disabled = false;
    }
    const chosen = app.state.numbers[this.name];
    const place = (/** @type {number} */ value) => String(Math.round(((value - this.low) / (this.high - this.low || 1)) * STEPS));
    this.from.value = chosen?.range ? place(chosen.range[0]) : '0';
    this.to.value = chosen?.range ? place(chosen.range[1]) : String(STEPS);
    this.missing.checked = chosen?.missing ?? false;
    this.draw(this.column.values);
    this.mark();
  }

  /** @param {(number | null)[]} values */
  draw(values) {
    /** @type {number[]} */
    const shown = [];
    let none = 0;
    this.app.matching.without(`n.${this.name}`, (row) => {
      const value = values[row];
      if (value === null || value === undefined) none++;
      else shown.push(value);
    });
    const counts = binned(shown, this.low, this.high, BARS);
    const most = Math.max(...counts, 1);
    fill(this.bars, ...[...counts].map((count, i) => {
      const height = count ? Math.max(1.5, (count / most) * HEIGHT) : 0;
      return svg('rect', { x: i + 0.1, width: 0.8, y: HEIGHT - height, height });
    }));
    this.missingCount.textContent = String(none);
    this.missingRow.hidden = !values.some((value) => value === null || value === undefined);
  }

  mark() {
    const [low, high] = this.ends;
    this.label.textContent = rangeText([low, high]);
    this.from.setAttribute('aria-valuetext', brief(low));
    this.to.setAttribute('aria-valuetext', brief(high));
    [...this.bars.children].forEach((bar, i) => {
      const at = ((i + 0.5) / BARS) * STEPS;
      bar.classList.toggle('out', at < Number(this.from.value) || at > Number(this.to.value));
    });
  }
}

/** @param {[number, number]} range @returns {string} */
export function rangeText([low, high]) {
  return `${brief(low)} – ${brief(high)}`;
}

/** @param {number} value @param {(value: number) => number} way */
function rounded(value, way) {
  if (!value) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 4);
  return Number((way(value / unit) * unit).toPrecision(6));
}
