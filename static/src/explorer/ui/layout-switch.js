/**
 * The layouts as small pictures of themselves.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../scene/places.js').Places} Places
 */
import { fill, h } from '../../shared/dom.js';
import { known, t } from '../../shared/strings.js';

const WIDTH = 48;
const HEIGHT = 34;
/** Larger catalogues are drawn from every so many-th image. */
const DRAWN = 6000;

export class LayoutSwitch {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    this.layouts = h('div', { class: 'layouts', role: 'group', 'aria-label': t('layout.group'), data: { layouts: '' } });
    this.drawn = '';
    app.listen((topics) => (topics.has('view') || topics.has('layout')) && this.write());
  }

  write() {
    const { app } = this;
    if (this.drawn !== app.view.name) {
      this.drawn = app.view.name;
      fill(this.layouts, app.view.layouts.map((name) => this.layoutButton(name)));
      this.layouts.hidden = app.view.layouts.length < 2;
    }
    for (const button of this.layouts.children) {
      button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.layout === app.layout));
    }
  }

  /** @param {string} name */
  layoutButton(name) {
    const words = layoutName(name);
    return h(
      'button',
      {
        class: 'layout', type: 'button', title: words, 'aria-label': words, data: { layout: name },
        on: { click: () => this.pick(name) },
      },
      h('canvas', { class: 'miniature', width: WIDTH * 2, height: HEIGHT * 2, 'aria-hidden': 'true' }),
      h('span', { class: 'layout-name' }, words),
    );
  }

  /** @param {string} name */
  pick(name) {
    if (name === this.app.layout) return;
    this.app.update({ layout: name });
    this.app.say(t('say.layout', { name: layoutName(name) }));
  }

  /** @param {number} number from 1 */
  pickNumber(number) {
    const name = this.app.view.layouts[number - 1];
    if (name) this.pick(name);
  }

  /** Draws the small pictures, once the map itself has come to rest. */
  async draw() {
    const { app } = this;
    const view = app.view.name;
    for (const button of [...this.layouts.children]) {
      if (!(button instanceof HTMLElement) || button.dataset.drawn) continue;
      button.dataset.drawn = 'yes';
      const places = await app.placesOf(view, button.dataset.layout ?? '').catch(() => null);
      const canvas = button.querySelector('canvas');
      if (places && canvas) drawMiniature(canvas, places, app);
    }
  }
}

/** @param {string} name @returns {string} */
export function layoutName(name) {
  return known(`layout.${name}`) ? t(`layout.${name}`) : name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Places} places
 * @param {Explorer} app
 */
function drawMiniature(canvas, places, app) {
  const pen = canvas.getContext('2d');
  if (!pen) return;
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
    pen.fillRect(xy[row * 2] * scale + left - width / 2, xy[row * 2 + 1] * scale + top - height / 2, width, height);
  }
}
