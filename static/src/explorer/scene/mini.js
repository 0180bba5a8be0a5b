/**
 * A miniature of the whole map with the window on it, while the map is zoomed in. A press or a drag
 * moves there; arrow keys on the map do the same.
 *
 * @typedef {import('./stage.js').Stage} Stage
 */
import { h } from '../../shared/dom.js';

const SIDE = 132;
/** Larger catalogues are drawn from every so many-th image. */
const DRAWN = 8000;

export class Mini {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.canvas = h('canvas', { class: 'mini-map' });
    this.frame = h('div', { class: 'mini-frame' });
    this.node = h('div', { class: 'mini', 'aria-hidden': 'true', hidden: true, data: { mini: '' } }, this.canvas, this.frame);
    /** @type {import('./places.js').Places | null} */
    this.drawn = null;
    this.scale = 1;
    this.node.addEventListener('pointerdown', (event) => {
      this.node.setPointerCapture(event.pointerId);
      this.go(event);
    });
    this.node.addEventListener('pointermove', (event) => this.node.hasPointerCapture(event.pointerId) && this.go(event));
    stage.listeners.add((kind) => (kind === 'frame' ? this.follow() : this.update()));
  }

  /** @param {PointerEvent} event */
  go(event) {
    const { places, rig } = this.stage;
    if (!places) return;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / this.scale + places.bounds.x, (event.clientY - box.top) / this.scale + places.bounds.y];
    rig.go({ x, y, scale: rig.camera.scale }, true);
  }

  update() {
    const { places, rig } = this.stage;
    const wanted = Boolean(places) && !rig.home && rig.zoom > 1.3;
    this.node.hidden = !wanted;
    if (wanted && places && this.drawn !== places) this.draw(places);
    this.follow();
  }

  /** @param {import('./places.js').Places} places */
  draw(places) {
    this.drawn = places;
    const { bounds, xy, size } = places;
    const { shape, colour } = this.stage.sprites;
    this.scale = SIDE / Math.max(bounds.width, bounds.height);
    const [width, height] = [bounds.width * this.scale, bounds.height * this.scale];
    this.canvas.width = Math.max(1, Math.round(width * 2));
    this.canvas.height = Math.max(1, Math.round(height * 2));
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const pen = this.canvas.getContext('2d');
    if (!pen) return;
    const every = Math.max(1, Math.ceil(xy.length / 2 / DRAWN));
    const fine = this.scale * 2;
    for (let row = 0; row < xy.length / 2; row += every) {
      const [w, h2] = [Math.max(1.2, shape[row * 2] * size * fine), Math.max(1.2, shape[row * 2 + 1] * size * fine)];
      pen.fillStyle = `rgb(${colour[row * 4]} ${colour[row * 4 + 1]} ${colour[row * 4 + 2]})`;
      pen.fillRect((xy[row * 2] - bounds.x) * fine - w / 2, (xy[row * 2 + 1] - bounds.y) * fine - h2 / 2, w, h2);
    }
  }

  follow() {
    const { places, rig } = this.stage;
    if (this.node.hidden || !places) return;
    const { bounds } = places;
    const { free } = rig;
    const [left, top] = rig.world(free.x, free.y);
    const [right, bottom] = rig.world(free.x + free.width, free.y + free.height);
    const cut = (/** @type {number} */ value, /** @type {number} */ from, /** @type {number} */ long) => Math.max(0, Math.min(long, value - from)) * this.scale;
    const [x0, x1, y0, y1] = [cut(left, bounds.x, bounds.width), cut(right, bounds.x, bounds.width), cut(top, bounds.y, bounds.height), cut(bottom, bounds.y, bounds.height)];
    this.frame.style.transform = `translate(${x0}px, ${y0}px)`;
    this.frame.style.width = `${Math.max(4, x1 - x0)}px`;
    this.frame.style.height = `${Math.max(4, y1 - y0)}px`;
  }
}
