/**
 * What an exhibition shows while nobody is there: a slow flight from the whole to one image after
 * another, through layouts and views. A touch ends it.
 *
 * @typedef {import('../explorer/ui/explorer.js').Explorer} Explorer
 * @typedef {{view: string, layout: string, row: number}} Stop row -1 for the whole
 */
import { h } from '../shared/dom.js';
import { t } from '../shared/strings.js';

const LAYOUTS = ['map', 'clusters', 'landscape', 'grid', 'timeline'];
/** Images that are visited in each layout. */
const VISITS = 3;
/** Time at each stop, the flight among it, in ms. */
const STAY = 9000;
/** How much longer flights take than for a reader. */
const PACE = 4;
/** Side of the image that one flies to, as a share of the window. */
const CLOSE = 0.42;

/**
 * @param {Explorer} app
 * @returns {Stop[]} the way through all views and layouts
 */
export function stops(app) {
  const { catalogue } = app;
  /** @type {Stop[]} */
  const way = [];
  for (const { name, layouts } of catalogue.views) {
    for (const layout of LAYOUTS.filter((one) => layouts.includes(one))) {
      way.push({ view: name, layout, row: -1 });
      // Steps of the golden section: never twice the same, and from all parts of the catalogue.
      for (let i = 0; i < VISITS; i++) way.push({ view: name, layout, row: Math.floor(((way.length * 0.6180339887) % 1) * catalogue.count) });
    }
  }
  return way;
}

export class Attract {
  /** @param {Explorer} app @param {() => void} ended */
  constructor(app, ended) {
    this.app = app;
    this.at = 0;
    this.timer = 0;
    this.way = stops(app);
    this.caption = h('span', { class: 'kiosk-caption', dir: 'auto', data: { kioskCaption: '' } });
    this.node = h('button', { class: 'kiosk-begin', type: 'button', hidden: true, data: { kioskBegin: '' }, on: { click: ended } },
      this.caption,
      h('span', { class: 'kiosk-title', dir: 'auto' }, app.catalogue.title),
      h('span', { class: 'kiosk-touch' }, t('kiosk.begin')));
  }

  get on() {
    return !this.node.hidden;
  }

  start() {
    this.node.hidden = false;
    this.node.focus({ preventScroll: true });
    document.documentElement.classList.add('attracting');
    this.step();
  }

  stop() {
    clearTimeout(this.timer);
    this.node.hidden = true;
    document.documentElement.classList.remove('attracting');
  }

  async step() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.step(), STAY);
    const { app } = this;
    const stop = this.way[this.at++ % this.way.length];
    this.caption.textContent = '';
    if (stop.view !== app.view.name || stop.layout !== app.layout) await app.update({ view: stop.view, layout: stop.layout }, { push: false });
    if (!this.on) return;
    if (stop.row < 0) app.stage.rig.goHome();
    else this.visit(stop.row);
  }

  /** @param {number} row */
  visit(row) {
    const { stage, catalogue } = this.app;
    const { places, rig } = stage;
    if (!places) return;
    const { width, height } = rig.aimFree;
    const [x, y] = places.xy.subarray(row * 2, row * 2 + 2);
    rig.go({ x, y, scale: (CLOSE * Math.min(width, height)) / places.size }, false, PACE);
    this.caption.textContent = [catalogue.titles[row], catalogue.sources[row], catalogue.dates[row]].filter(Boolean).join(', ');
  }
}
