/**
 * Names of the islands in the clusters layout, as links to the clusters' pages.
 *
 * @typedef {import('./stage.js').Stage} Stage
 * @typedef {import('../../shared/contract.js').Box} Box
 * @typedef {{number: number, name: string, href: string, rows: number[]}} Island
 */
import { h, fill } from '../../shared/dom.js';
import { clamp, toScreen } from './camera.js';
import { boundsOf } from './places.js';

/** An island narrower than this on screen has no label, in CSS pixels. */
const LEAST = 26;
/** From this width of the middling island names are shown, before only numbers. */
const NAMED = 84;
/** A name may be wider than its island, up to this width. */
const ROOM = 120;

export class Islands {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.node = h('div', { class: 'islands' });
    /** @type {{box: Box, node: HTMLElement}[]} */
    this.labels = [];
    /** Width of the middling island, in the unit of the layout. */
    this.middling = 0;
    stage.listeners.add((kind) => kind === 'frame' && this.follow());
  }

  /**
   * Places the labels for the current layout.
   *
   * @param {Island[]} islands none takes the labels away
   */
  show(islands) {
    const { places } = this.stage;
    this.labels = !places ? [] : islands.filter((island) => island.rows.length).map((island) => ({
      box: boundsOf(places.xy, places.size, island.rows),
      node: h(
        'a',
        { class: 'island', href: island.href, draggable: 'false', tabindex: '-1', data: { cluster: String(island.number) } },
        h('span', { class: 'island-number' }, String(island.number)),
        h('span', { class: 'island-name', dir: 'auto' }, island.name),
        h('span', { class: 'island-size' }, String(island.rows.length)),
      ),
    }));
    const widths = this.labels.map((label) => label.box.width).sort((a, b) => a - b);
    this.middling = widths[widths.length >> 1] ?? 0;
    fill(this.node, ...this.labels.map((label) => label.node));
    this.follow();
  }

  follow() {
    if (!this.labels.length) return;
    const { rig, passage } = this.stage;
    this.node.classList.toggle('passing', passage.progress < 1);
    const named = this.middling * rig.camera.scale > NAMED;
    this.node.classList.toggle('named', named);
    for (const { box, node } of this.labels) {
      const [x, y] = toScreen(rig.camera, rig.free, box.x + box.width / 2, box.y);
      const width = box.width * rig.camera.scale;
      node.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -100%)`;
      node.style.maxWidth = `${Math.max(width, named ? ROOM : LEAST).toFixed(0)}px`;
      node.style.opacity = clamp((width - LEAST) / 20, 0, 1).toFixed(2);
      node.style.visibility = width < LEAST ? 'hidden' : 'visible';
    }
  }
}
