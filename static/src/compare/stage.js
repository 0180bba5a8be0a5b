/**
 * The two pictures on their stage, in two panes that lie side by side or over each other.
 *
 * @typedef {import('./matrix.js').Matrix} Matrix
 * @typedef {import('./matrix.js').Point} Point
 * @typedef {import('./matrix.js').Size} Size
 * @typedef {import('./placing.js').Placing} Placing
 * @typedef {import('./state.js').State} State
 * @typedef {'a' | 'b'} Side
 */
import { h, svg } from '../shared/dom.js';
import { seen, seenAsItLies, seenInPose, whole } from './camera.js';
import { gridPath } from './grid.js';
import { INKS } from './inks.js';
import { apply, IDENTITY, inverse } from './matrix.js';
import { Sheet } from './sheet.js';
import { t } from './words.js';

/** From so many CSS pixels on panes lie beside each other, below that one under the other. */
const WIDE = 560;

class Pane {
  /** @param {Side} side */
  constructor(side) {
    this.side = side;
    this.sheet = new Sheet();
    this.grid = svg('path', { class: 'over-lines' });
    this.handles = h('div', { class: 'over-handles' });
    this.cross = h('i', { class: 'over-cross', hidden: true });
    this.node = h('div', { class: `over-pane over-${side}` },
      this.sheet.node, svg('svg', { class: 'over-grid', 'aria-hidden': 'true' }, this.grid), this.cross, h('span', { class: 'over-tag', 'aria-hidden': 'true' }, side.toUpperCase()), this.handles);
    /** @type {Matrix} pixels of its picture -> CSS pixels of the pane */
    this.matrix = IDENTITY;
  }

  /** @param {Point | null} at pixels of its picture */
  point(at) {
    this.cross.hidden = !at;
    if (!at) return;
    const [x, y] = apply(this.matrix, ...at);
    this.cross.style.transform = `translate(${x}px, ${y}px)`;
  }
}

export class Stage {
  /** @param {() => void} changed called when the stage has another size */
  constructor(changed) {
    this.a = new Pane('a');
    this.b = new Pane('b');
    this.edge = h('div', { class: 'over-edge', 'aria-hidden': 'true' });
    this.node = h('div', { class: 'over-stage', role: 'application', tabindex: '0', 'aria-label': t('over.stage'), data: { stage: '' } }, this.a.node, this.b.node, this.edge);
    /** @type {Size} */
    this.pane = { width: 1, height: 1 };
    this.frames = 0;
    /** @type {(() => void)[]} */
    this.listeners = [];
    new ResizeObserver(() => {
      this.measure();
      changed();
    }).observe(this.node);
  }

  /** @param {() => void} listener called after the panes were laid anew */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** Where each pane lies is the style sheet's; how large it is, is read once it changes. */
  measure() {
    this.node.classList.toggle('wide', this.node.clientWidth >= WIDE);
    this.pane = { width: this.a.node.clientWidth || 1, height: this.a.node.clientHeight || 1 };
  }

  /**
   * @param {State} state
   * @param {Placing} placing
   * @param {boolean} editing whether points are set: then B stands as it lies
   */
  show(state, placing, editing) {
    const { a, b } = this;
    if (this.node.dataset.mode !== state.mode) {
      this.node.dataset.mode = state.mode;
      this.measure();
    }
    const camera = state.camera ?? whole(a.sheet.size);
    const aside = state.mode === 'side' && (state.lies || editing);
    a.matrix = seen(camera, a.sheet.size, this.pane);
    b.matrix = aside
      ? seenAsItLies(camera, a.sheet.size, this.pane, placing.matrix)
      : seenInPose(camera, a.sheet.size, this.pane, placing.matrix);
    a.sheet.show(a.matrix);
    b.sheet.show(b.matrix);
    this.node.style.setProperty('--edge', `${100 * state.edge}%`);
    b.node.style.opacity = state.mode === 'onion' ? String(state.through) : '';
    this.inked(state);
    a.grid.setAttribute('d', state.grid ? gridPath(a.sheet.size, a.matrix) : '');
    b.grid.setAttribute('d', state.grid ? gridPath(b.sheet.size, b.matrix) : '');
    this.frames++;
    this.listeners.forEach((listener) => listener());
  }

  /** @param {State} state */
  inked(state) {
    const inks = state.safe ? INKS.safe : INKS.usual;
    const ink = (/** @type {string} */ colour) => (state.mode === 'ink' ? { cut: state.cut, colour } : null);
    this.a.sheet.setInk(ink(inks.a));
    this.b.sheet.setInk(ink(inks.b));
  }

  /** @param {EventTarget | null} target @returns {Pane} the one that is pointed at */
  under(target) {
    return target instanceof Node && this.b.node.contains(target) ? this.b : this.a;
  }

  /** @param {Pane} pane @param {number} clientX @param {number} clientY @returns {Point} in CSS pixels of the pane */
  within(pane, clientX, clientY) {
    const box = pane.node.getBoundingClientRect();
    return [clientX - box.left - pane.node.clientLeft, clientY - box.top - pane.node.clientTop];
  }

  /**
   * @param {Pane} pane
   * @param {Point} at CSS pixels of the pane
   * @param {Matrix} matrix pixels of A -> pixels of B
   * @returns {{a: Point, b: Point} | null} the places in both pictures that answer to it
   */
  places(pane, at, matrix) {
    const back = inverse(pane.matrix);
    const home = inverse(matrix);
    if (!back || !home) return null;
    const own = apply(back, ...at);
    return pane === this.a ? { a: own, b: apply(matrix, ...own) } : { a: apply(home, ...own), b: own };
  }

  /** @param {{a: Point, b: Point} | null} places */
  point(places) {
    this.a.point(places?.a ?? null);
    this.b.point(places?.b ?? null);
  }
}
