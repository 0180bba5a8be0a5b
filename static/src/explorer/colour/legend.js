/**
 * What the frames' colours mean; a press on a value filters by it.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('./frames.js').Frames} Frames
 */
import { fill, h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { toolButton } from '../ui/button.js';
import { NumberRange } from '../ui/number-range.js';
import { css, ramp } from './ramp.js';

const STEPS = 24;

export class Legend {
  /** @param {Explorer} app @param {Frames} frames */
  constructor(app, frames) {
    this.app = app;
    this.frames = frames;
    this.title = h('h2', { class: 'legend-title', dir: 'auto' });
    this.list = h('ul', { class: 'legend-list' });
    this.number = h('div', { class: 'legend-number' });
    /** @type {NumberRange | null} */
    this.range = null;
    this.node = h('section', { class: 'frames-legend', 'aria-label': t('legend.title'), hidden: true, data: { legend: '' } },
      h('div', { class: 'legend-top' }, this.title, toolButton('legend.close', 'close', () => app.update({ colour: '' }), { data: { legendClose: '' } })), this.list, this.number);
    app.listen((topics) => topics.has('meaning') && this.write());
  }

  write() {
    const { meaning } = this.frames;
    this.node.hidden = !meaning;
    if (!meaning) return;
    this.title.textContent = meaning.title;
    fill(this.list, meaning.entries.map((one) => h('li', { class: one.count ? '' : 'empty' },
      h('button', { class: 'legend-entry', type: 'button', 'aria-pressed': String(one.chosen), data: { legendValue: one.value }, on: { click: one.pick } },
        h('span', { class: 'legend-swatch', style: { 'background-color': one.colour } }), h('span', { class: 'facet-name', dir: 'auto' }, one.name), h('span', { class: 'facet-count' }, String(one.count))))));
    const { column } = meaning;
    if (!column) {
      this.range = null;
      return fill(this.number);
    }
    if (this.range?.name !== column.name) {
      this.range = new NumberRange(this.app, column.name, true);
      const ramped = h('div', { class: 'legend-ramp', 'aria-hidden': 'true' }, Array.from({ length: STEPS }, (_, i) => h('span', { style: { 'background-color': css(ramp(i / (STEPS - 1))) } })));
      fill(this.number, this.range.node, ramped);
    }
    this.range.write();
  }
}
