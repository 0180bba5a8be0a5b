/**
 * Lines on the map from the chosen image to its neighbours, and frames round them.
 *
 * @typedef {import('./stage.js').Stage} Stage
 * @typedef {import('../../shared/contract.js').Box} Box
 */
import { fill, svg } from '../../shared/dom.js';

export class Lines {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.chosen = -1;
    /** @type {number[]} */
    this.rows = [];
    this.hot = -1;
    /** @type {SVGElement[]} */
    this.curves = [];
    /** @type {SVGElement[]} */
    this.frames = [];
    this.mark = svg('rect', { class: 'frame chosen' });
    this.node = svg('svg', { class: 'lines', 'aria-hidden': 'true' });
    stage.listeners.add((kind) => kind === 'frame' && this.follow());
  }

  /**
   * @param {number} chosen row, -1 for none
   * @param {number[]} rows its neighbours, nearest first
   * @param {string} [key] changes when the lines should be drawn anew
   */
  show(chosen, rows, key = '') {
    const next = `${chosen} ${rows.join(' ')} ${key}`;
    if (this.node.dataset.key === next) return;
    this.node.dataset.key = next;
    this.chosen = chosen;
    this.rows = rows;
    this.hot = -1;
    this.curves = rows.map((_, i) =>
      svg('path', { class: 'line', pathLength: '1', style: { '--delay': `${i * 14}ms`, '--near': String(1 - i / 28) } }),
    );
    this.frames = rows.map(() => svg('rect', { class: 'frame' }));
    fill(this.node, ...this.curves, ...this.frames, chosen >= 0 && this.mark);
    this.follow();
  }

  /** Makes one neighbour stand out. @param {number} row -1 for none */
  light(row) {
    if (row === this.hot) return;
    this.hot = row;
    this.rows.forEach((other, i) => {
      this.curves[i].classList.toggle('hot', other === row);
      this.frames[i].classList.toggle('hot', other === row);
    });
    this.node.classList.toggle('has-hot', this.rows.includes(row));
  }

  follow() {
    if (this.chosen < 0) return;
    const { stage } = this;
    const from = stage.boxOf(this.chosen);
    setFrame(this.mark, from, 3);
    this.rows.forEach((row, i) => {
      const to = stage.boxOf(row);
      const shown = stage.sprites.rank[row] > 0 ? 'visible' : 'hidden';
      this.curves[i].style.visibility = shown;
      this.frames[i].style.visibility = shown;
      this.curves[i].setAttribute('d', curve(from, to));
      setFrame(this.frames[i], to, 1.5);
    });
  }
}

/** @param {SVGElement} node @param {Box} box @param {number} out */
function setFrame(node, box, out) {
  node.setAttribute('x', (box.x - out).toFixed(1));
  node.setAttribute('y', (box.y - out).toFixed(1));
  node.setAttribute('width', (box.width + 2 * out).toFixed(1));
  node.setAttribute('height', (box.height + 2 * out).toFixed(1));
}

/**
 * A slightly bent line between the edges of two boxes: all bend the same way, like a fan.
 *
 * @param {Box} a
 * @param {Box} b
 * @returns {string} an SVG path
 */
export function curve(a, b) {
  const from = [a.x + a.width / 2, a.y + a.height / 2];
  const to = [b.x + b.width / 2, b.y + b.height / 2];
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const bend = [from[0] + dx / 2 - dy * 0.14, from[1] + dy / 2 + dx * 0.14];
  const start = edge(a, from, bend);
  const end = edge(b, to, bend);
  return `M${start}Q${bend[0].toFixed(1)} ${bend[1].toFixed(1)} ${end}`;
}

/** @param {Box} box @param {number[]} centre @param {number[]} towards @returns {string} */
function edge(box, centre, towards) {
  const [dx, dy] = [towards[0] - centre[0], towards[1] - centre[1]];
  const k = Math.min((box.width / 2 + 3) / Math.max(Math.abs(dx), 1e-6), (box.height / 2 + 3) / Math.max(Math.abs(dy), 1e-6), 1);
  return `${(centre[0] + dx * k).toFixed(1)} ${(centre[1] + dy * k).toFixed(1)}`;
}
