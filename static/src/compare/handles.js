/**
 * The points by which B is laid over A by hand, as buttons on the pictures: dragged, or nudged by the
 * arrow keys. Over each other only those of A are shown: a point of B is held, its place on A is moved.
 *
 * @typedef {import('./app.js').App} App
 */
import { fill, h } from '../shared/dom.js';
import { apply, inverse } from './matrix.js';
import { t } from './words.js';

const FAR = 10; // CSS pixels at a press with Shift

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Handles {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {Record<'a' | 'b', HTMLButtonElement[]>} */
    this.buttons = { a: [], b: [] };
    app.listen(() => this.write());
    // The panes' matrices are told once a frame; the points follow them.
    app.stage.listen(() => this.follow());
  }

  write() {
    const { app } = this;
    const shown = app.editing ? app.state.points.length : 0;
    for (const side of /** @type {const} */ (['a', 'b'])) {
      const count = side === 'b' && app.state.mode !== 'side' ? 0 : shown;
      if (this.buttons[side].length === count) continue;
      this.buttons[side] = Array.from({ length: count }, (_, at) => this.button(side, at));
      fill(app.stage[side].handles, this.buttons[side]);
    }
  }

  follow() {
    const { app } = this;
    for (const side of /** @type {const} */ (['a', 'b'])) {
      this.buttons[side].forEach((button, at) => {
        const pair = app.state.points[at];
        if (!pair) return;
        const [x, y] = apply(app.stage[side].matrix, ...ownPoint(pair, side));
        button.style.transform = `translate(${x}px, ${y}px)`;
      });
    }
  }

  /** @param {'a' | 'b'} side @param {number} at */
  button(side, at) {
    const words = t('over.hand.point', { n: at + 1, name: side.toUpperCase() });
    const button = h('button', { class: 'over-handle', type: 'button', 'aria-label': words, title: words, data: { handle: `${side}${at}` } }, String(at + 1));
    button.addEventListener('keydown', (event) => this.key(event, side, at));
    button.addEventListener('pointerdown', (event) => {
      if (event.button) return;
      event.stopPropagation();
      button.setPointerCapture(event.pointerId);
      let [x, y] = [event.clientX, event.clientY];
      button.onpointermove = (moved) => {
        this.nudge(side, at, moved.clientX - x, moved.clientY - y);
        [x, y] = [moved.clientX, moved.clientY];
      };
      button.onlostpointercapture = () => (button.onpointermove = null);
    });
    return button;
  }

  /** @param {KeyboardEvent} event @param {'a' | 'b'} side @param {number} at */
  key(event, side, at) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const way = WAYS[event.key];
    if (way) {
      const far = event.shiftKey ? FAR : 1;
      this.nudge(side, at, way[0] * far, way[1] * far);
    } else if (event.key === 'Delete' && this.app.state.points.length > 3) {
      this.app.act({ type: 'drop', at });
      this.buttons[side][0]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Moves a point by CSS pixels, within its picture. @param {'a' | 'b'} side @param {number} at @param {number} dx @param {number} dy */
  nudge(side, at, dx, dy) {
    const { app } = this;
    const pair = app.state.points[at];
    const { matrix } = app.stage[side];
    const back = inverse(matrix);
    if (!pair || !back) return;
    const [x, y] = apply(matrix, ...ownPoint(pair, side));
    const [u, v] = apply(back, x + dx, y + dy);
    const { width, height } = app.sizeOf(side);
    app.act({ type: 'move', at, side, x: Math.min(width, Math.max(0, u)), y: Math.min(height, Math.max(0, v)) });
    // The next nudge, in the same frame, begins where this one ended.
    app.show();
  }
}

/** @param {import('./matrix.js').Pair} pair @param {'a' | 'b'} side @returns {import('./matrix.js').Point} */
function ownPoint([x, y, u, v], side) {
  return side === 'a' ? [x, y] : [u, v];
}
