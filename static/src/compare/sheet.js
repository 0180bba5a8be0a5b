/**
 * One picture in its pane: the display copy, or the same in one ink, laid by a CSS transform, which
 * browsers compose without drawing anything anew.
 *
 * @typedef {import('./matrix.js').Matrix} Matrix
 * @typedef {import('./matrix.js').Size} Size
 */
import { h } from '../shared/dom.js';
import { inInk } from './inks.js';
import { cssMatrix, multiply, scaling } from './matrix.js';

/** Longest side of a picture in ink while its cut is moved, and at rest. */
const MOVING = 1024;
const RESTING = 4096;
/** At rest on a small device, whose memory is small too. */
const RESTING_SMALL = 2048;
const PAUSE = 220; // ms until it is drawn finely

export class Sheet {
  constructor() {
    this.image = h('img', { class: 'over-picture', alt: '', draggable: 'false' });
    this.node = h('div', { class: 'over-sheet' }, this.image);
    /** @type {Size} of the original */
    this.size = { width: 1, height: 1 };
    /** @type {HTMLCanvasElement | null} */
    this.canvas = null;
    /** @type {{cut: number, colour: string} | null} */
    this.ink = null;
    /** @type {Matrix | null} */
    this.matrix = null;
    this.timer = 0;
  }

  /**
   * @param {string} src
   * @param {Size} size of the original
   * @param {string} colour its mean colour, shown until the picture is there
   * @param {string} alt
   * @returns {Promise<void>} rejected where it cannot be read
   */
  async load(src, size, colour, alt) {
    this.size = size;
    this.dropCanvas();
    this.image.alt = alt;
    this.image.style.backgroundColor = colour;
    this.image.src = src;
    this.fit(this.image, size);
    try {
      await this.image.decode();
    } catch (error) {
      // Another picture may have taken its place meanwhile; then this one is not missed.
      if (this.image.getAttribute('src') === src) throw error;
      return;
    }
    if (this.image.getAttribute('src') !== src) return;
    this.image.style.backgroundColor = '';
    this.fit(this.image, { width: this.image.naturalWidth, height: this.image.naturalHeight });
    this.paint();
  }

  /** @param {Matrix} matrix pixels of the original -> CSS pixels of the pane */
  show(matrix) {
    this.matrix = matrix;
    const shown = this.canvas ?? this.image;
    const { width, height } = this.box(shown);
    shown.style.transform = cssMatrix(multiply(matrix, scaling(this.size.width / width, this.size.height / height)));
  }

  /** @param {{cut: number, colour: string} | null} ink null for the picture as it is */
  setInk(ink) {
    if (ink?.cut === this.ink?.cut && ink?.colour === this.ink?.colour) return;
    this.ink = ink;
    this.paint();
  }

  paint() {
    clearTimeout(this.timer);
    if (!this.ink) return this.dropCanvas();
    if (!this.image.complete || !this.image.naturalWidth) return;
    this.draw(MOVING);
    const largest = Math.max(this.image.naturalWidth, this.image.naturalHeight);
    if (largest > MOVING) this.timer = setTimeout(() => this.draw(matchMedia('(pointer: coarse)').matches ? RESTING_SMALL : RESTING), PAUSE);
  }

  /** @param {number} side */
  draw(side) {
    if (!this.ink) return;
    const canvas = inInk(this.image, side, this.ink.cut, this.ink.colour);
    canvas.className = 'over-picture';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', this.image.alt);
    this.canvas?.remove();
    this.canvas = canvas;
    this.image.hidden = true;
    this.fit(canvas, canvas);
    this.node.append(canvas);
    if (this.matrix) this.show(this.matrix);
  }

  dropCanvas() {
    clearTimeout(this.timer);
    this.canvas?.remove();
    this.canvas = null;
    this.image.hidden = false;
    if (this.matrix) this.show(this.matrix);
  }

  /** @param {HTMLElement} node @param {Size} size */
  fit(node, { width, height }) {
    node.style.width = `${width}px`;
    node.style.height = `${height}px`;
    if (this.matrix) this.show(this.matrix);
  }

  /** @param {HTMLElement} node @returns {Size} in CSS pixels, before its transform */
  box(node) {
    return { width: parseFloat(node.style.width) || 1, height: parseFloat(node.style.height) || 1 };
  }
}
