/**
 * The layouts as small pictures of themselves: the first in the bar, others in a list that opens.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../scene/places.js').Places} Places
 */
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { known, t } from '../../shared/strings.js';
import { isRanking } from '../like/names.js';
import { crossedOf, isCrossed } from '../scene/crossed.js';
import { LANDSCAPE } from '../scene/heights.js';
import { SORTED } from '../scene/sorted.js';
import { grouped, shared } from './layout-groups.js';

const WIDTH = 48;
const HEIGHT = 34;
/** Larger catalogues are drawn from every so many-th image. */
const DRAWN = 6000;
/** How much is seen of images that do not match. */
const FAINT = 0.15;

export class LayoutSwitch {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    this.layouts = h('div', { class: 'layouts', role: 'group', 'aria-label': t('layout.group'), data: { layouts: '' } });
    this.words = h('span', { class: 'more-name' });
    this.button = h(
      'button',
      { class: 'layout more-layouts', type: 'button', 'aria-expanded': 'false', 'aria-controls': 'more-layouts', title: t('layout.more'), 'aria-label': t('layout.more'), data: { moreLayouts: '' }, on: { click: () => this.setOpen(Boolean(this.list.hidden)) } },
      this.words, icon('chevronDown'),
    );
    this.list = h('div', { class: 'more-list', id: 'more-layouts', role: 'group', 'aria-label': t('layout.more'), hidden: true });
    this.node = h('div', { class: 'layout-bar' }, this.layouts, this.button, this.list);
    this.drawn = '';
    app.listen((topics) => {
      if (topics.has('view') || topics.has('layout')) this.write();
      // The small pictures are live: what does not match is faint in them, too.
      if (!topics.has('matches')) return;
      for (const button of this.buttons) delete button.dataset.drawn;
      if (app.stage.resting) this.draw();
    });
    document.addEventListener('pointerdown', (event) => {
      if (event.target instanceof Node && !this.node.contains(event.target)) this.setOpen(false);
    });
    this.node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.list.hidden) return;
      event.stopPropagation();
      this.setOpen(false);
      this.button.focus();
    });
  }

  get buttons() {
    return /** @type {HTMLElement[]} */ ([...this.node.querySelectorAll('[data-layout]')]);
  }

  /** @param {boolean} open */
  setOpen(open) {
    this.list.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (open) this.draw();
  }

  write() {
    const { app } = this;
    if (this.drawn !== app.view.name) this.fill();
    for (const button of this.buttons) button.setAttribute('aria-pressed', String(button.dataset.layout === app.layout));
    const apart = this.more.some(({ name }) => name === app.layout) || app.layout.startsWith(SORTED) || isRanking(app.layout) || isCrossed(app.layout, app.catalogue);
    this.words.textContent = apart ? layoutName(app, app.layout) : t('layout.more');
    this.button.classList.toggle('current', apart);
  }

  fill() {
    const { app } = this;
    this.drawn = app.view.name;
    const { bar, more } = shared(offered(app.view.layouts).map((name) => ({ name, label: layoutName(app, name) })));
    this.more = more;
    fill(this.layouts, bar.map(({ name }) => this.layoutButton(name)));
    this.layouts.hidden = app.view.layouts.length < 2;
    this.button.hidden = !more.length;
    fill(this.list, grouped(more).map(([group, found]) => h(
      'div', { class: 'more-group' },
      h('p', { class: 'more-title' }, t(`layout.group.${group}`)),
      found.map(({ name }) => this.layoutButton(name)),
    )));
  }

  /** @type {{name: string, label: string}[]} */
  more = [];

  /** @param {string} name */
  layoutButton(name) {
    const words = layoutName(this.app, name);
    return h(
      'button',
      {
        class: 'layout', type: 'button', title: words, 'aria-label': words, data: { layout: name },
        on: { click: () => this.pick(name) },
      },
      h('canvas', { class: 'miniature', width: WIDTH * 2, height: HEIGHT * 2, 'aria-hidden': 'true' }),
      h('span', { class: 'layout-name', dir: 'auto' }, words),
    );
  }

  /** @param {string} name */
  pick(name) {
    this.setOpen(false);
    if (name === this.app.layout) return;
    this.app.update({ layout: name });
    this.app.say(t('say.layout', { name: layoutName(this.app, name) }));
  }

  /** @param {number} number from 1, in the order in which they stand in the bar and the list */
  pickNumber(number) {
    const name = this.buttons[number - 1]?.dataset.layout;
    if (name) this.pick(name);
  }

  /** Draws the small pictures that can be seen, once the map itself has come to rest. */
  async draw() {
    const { app } = this;
    const view = app.view.name;
    for (const button of this.buttons) {
      if (button.dataset.drawn || (this.list.hidden && this.list.contains(button))) continue;
      button.dataset.drawn = 'yes';
      const places = await app.placesOf(view, button.dataset.layout ?? '').catch(() => null);
      const canvas = button.querySelector('canvas');
      if (places && canvas) drawMiniature(canvas, places, app);
    }
  }
}

/** Layouts of a view with those that are made here, after the maps. @param {string[]} layouts */
function offered(layouts) {
  return layouts.includes('map') ? [...layouts, LANDSCAPE] : layouts;
}

/** @param {Explorer} app @param {string} name @returns {string} */
export function layoutName(app, name) {
  const crossed = crossedOf(name, app.catalogue);
  if (crossed) return crossedName(app, crossed);
  if (isRanking(name)) return t('like.title');
  if (name.startsWith(SORTED)) {
    const number = app.catalogue.numbers?.find((one) => SORTED + one.name === name);
    return t('layout.sorted', { name: number?.label ?? name });
  }
  const { layouts, labels } = app.view;
  const label = labels?.[layouts.indexOf(name)];
  if (label) return label;
  return known(`layout.${name}`) ? t(`layout.${name}`) : name.charAt(0).toUpperCase() + name.slice(1);
}

/** @param {Explorer} app @param {NonNullable<ReturnType<typeof crossedOf>>} of */
function crossedName({ catalogue }, of) {
  if ('facets' in of) return of.facets.map(({ label }) => label).join(' / ');
  return of.numbers.map((name) => catalogue.numbers?.find((one) => one.name === name)?.label ?? name).join(' / ');
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Places} places
 * @param {Explorer} app
 */
function drawMiniature(canvas, places, app) {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const { matching } = app;
  const { bounds, xy, size } = places;
  const { shape, colour } = app.stage.sprites;
  const scale = Math.min((canvas.width - 4) / bounds.width, (canvas.height - 4) / bounds.height);
  const left = (canvas.width - bounds.width * scale) / 2 - bounds.x * scale;
  const top = (canvas.height - bounds.height * scale) / 2 - bounds.y * scale;
  const every = Math.max(1, Math.ceil(xy.length / 2 / DRAWN));
  for (let row = 0; row < xy.length / 2; row += every) {
    const width = Math.max(1.2, shape[row * 2] * size * scale);
    const height = Math.max(1.2, shape[row * 2 + 1] * size * scale);
    pen.fillStyle = `rgb(${colour[row * 4]} ${colour[row * 4 + 1]} ${colour[row * 4 + 2]})`;
    pen.globalAlpha = matching.has(row) ? 1 : FAINT;
    pen.fillRect(xy[row * 2] * scale + left - width / 2, xy[row * 2 + 1] * scale + top - height / 2, width, height);
  }
}
