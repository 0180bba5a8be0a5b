/**
 * Draws a lasso or a rectangle on the map: with its tool, or with Shift (rectangle) and Shift and
 * Alt (lasso) held. It listens before the map's own gestures and leaves them what it does not take.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {'' | 'lasso' | 'box' | 'pick'} Tool
 */
import { svg } from '../../shared/dom.js';
import { within } from './region.js';

/** A pointer that strayed less has tapped, in CSS pixels. */
const TAP = 6;
/** Time after which a finger that rests adds what is under it, in ms. */
const PRESS = 550;

export class Lasso {
  /**
   * @param {Explorer} app
   * @param {HTMLElement} map
   * @param {(x: number, y: number, touch: boolean) => number} at the row at a point of the window, or -1
   */
  constructor(app, map, at) {
    this.app = app;
    this.map = map;
    this.at = at;
    /** @type {Tool} */
    this.tool = '';
    /** @type {(tool: Tool) => void} */
    this.changed = () => undefined;
    this.path = svg('path', { class: 'lasso' });
    this.node = svg('svg', { class: 'lasso-layer', 'aria-hidden': 'true' }, this.path);
    /** Corners in CSS pixels of the window. @type {number[]} */
    this.points = [];
    this.pointer = -1;
    /** @type {Tool} */
    this.drawing = '';
    this.less = false;
    this.timer = 0;
    const first = { capture: true };
    map.addEventListener('pointerdown', this.down, first);
    map.addEventListener('pointermove', this.move, first);
    map.addEventListener('pointerup', this.up, first);
    map.addEventListener('pointercancel', () => this.stop(), first);
  }

  /** @param {Tool} tool the same again puts it away */
  use(tool) {
    this.tool = tool === this.tool ? '' : tool;
    this.map.classList.toggle('selecting', this.tool === 'lasso' || this.tool === 'box');
    this.stop();
    this.changed(this.tool);
  }

  /** @param {PointerEvent} event */
  down = (event) => {
    if (this.pointer >= 0) {
      // A second finger moves the map.
      this.stop();
      return;
    }
    if (event.button !== 0 || event.ctrlKey || event.metaKey) return;
    const tool = event.shiftKey ? (event.altKey ? 'lasso' : 'box') : this.tool;
    this.press(event);
    if (tool !== 'lasso' && tool !== 'box') return;
    event.stopImmediatePropagation();
    event.preventDefault();
    this.drawing = tool;
    this.pointer = event.pointerId;
    this.less = event.altKey && !event.shiftKey;
    this.map.setPointerCapture(event.pointerId);
    this.points = [event.clientX, event.clientY];
  };

  /** A finger that rests on an image adds it. @param {PointerEvent} event */
  press(event) {
    clearTimeout(this.timer);
    if (event.pointerType === 'mouse') return;
    const { clientX: x, clientY: y } = event;
    this.timer = setTimeout(() => {
      const row = this.at(x, y, true);
      if (row < 0) return;
      this.app.select([row], 'toggle');
      if (this.tool === '') this.use('pick');
    }, PRESS);
    this.pressed = { x, y };
  }

  /** @param {PointerEvent} event */
  move = (event) => {
    if (this.pressed && Math.hypot(event.clientX - this.pressed.x, event.clientY - this.pressed.y) > TAP) clearTimeout(this.timer);
    if (event.pointerId !== this.pointer) return;
    event.stopImmediatePropagation();
    const [x0, y0] = this.points;
    const [x, y] = [event.clientX, event.clientY];
    if (this.drawing === 'box') this.points = [x0, y0, x, y0, x, y, x0, y];
    else this.points.push(x, y);
    this.draw();
  };

  /** @param {PointerEvent} event */
  up = (event) => {
    clearTimeout(this.timer);
    if (event.pointerId !== this.pointer) return;
    event.stopImmediatePropagation();
    const { points } = this;
    const far = points.some((value, i) => Math.abs(value - points[i % 2]) > TAP);
    const touch = event.pointerType !== 'mouse';
    const { less } = this;
    this.stop();
    if (far) this.take(points, less);
    else {
      const row = this.at(event.clientX, event.clientY, touch);
      if (row >= 0) this.app.select([row], 'toggle');
    }
  };

  stop() {
    clearTimeout(this.timer);
    this.pointer = -1;
    this.points = [];
    this.drawing = '';
    this.draw();
  }

  /** @param {number[]} points @param {boolean} less whether what lies inside is taken away */
  take(points, less) {
    const { stage } = this.app;
    if (!stage.places) return;
    const outline = [];
    for (let i = 0; i < points.length; i += 2) outline.push(...stage.rig.world(points[i], points[i + 1]));
    const rows = within(stage.places.index, outline).filter((row) => stage.sprites.rank[row] && this.app.matching.has(row));
    this.app.select(rows, less ? 'remove' : 'add');
  }

  draw() {
    let path = '';
    for (let i = 0; i < this.points.length; i += 2) path += `${i ? 'L' : 'M'}${this.points[i]} ${this.points[i + 1]}`;
    this.path.setAttribute('d', path && `${path}Z`);
  }
}
