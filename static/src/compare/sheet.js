/**
 * One picture in its pane: the display copy, or the same in one ink, laid by a CSS transform, which
 * browsers compose without drawing anything anew. A large picture has a small copy besides: that is
 * what moves, and what stays where no more can be seen; the fine one comes when the picture rests.
 *
 * @typedef {import('./matrix.js').Matrix} Matrix
 * @typedef {import('./matrix.js').Size} Size
 * @typedef {HTMLImageElement | HTMLCanvasElement} Picture
 */
import { h } from '../shared/dom.js';
import { copied, inInk } from './inks.js';
import { cssMatrix, multiply, scaling, stretch } from './matrix.js';

/** Longest side of the small copy. */
const COARSE = 1024;
/** Longest side of a fine picture in ink; less on a small device, whose memory is small too. */
const FINE = 4096;
const FINE_SMALL = 2048;
/** How much a copy may be enlarged before it is seen to be one. */
const ENLARGED = 1.25;
const PAUSE = 180; // ms without movement until a picture rests

export class Sheet {
  constructor() {
    this.image = h('img', { class: 'over-picture', alt: '', draggable: 'false' });
    this.node = h('div', { class: 'over-sheet' }, this.image);
    /** @type {Size} of the original */
    this.size = { width: 1, height: 1 };
    /** @type {{cut: number, colour: string} | null} */
    this.ink = null;
    /** @type {Matrix | null} */
    this.matrix = null;
    /** @type {HTMLCanvasElement | null} */
    this.coarse = null;
    /** @type {Picture | null} null until it is asked for */
    this.fine = this.image;
    /** @type {Picture} the one that is shown */
    this.shown = this.image;
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
    const { image } = this;
    this.size = size;
    this.drop();
    Object.assign(image, { alt, src });
    image.style.backgroundColor = colour;
    fit(image, size);
    this.put(image);
    try {
      await image.decode();
    } catch (error) {
      // Another picture may have taken its place meanwhile; then this one is not missed.
      if (image.getAttribute('src') === src) throw error;
      return;
    }
    if (image.getAttribute('src') !== src) return;
    image.style.backgroundColor = '';
    fit(image, { width: image.naturalWidth, height: image.naturalHeight });
    this.paint();
  }

  get large() {
    return Math.max(this.image.naturalWidth, this.image.naturalHeight) > ENLARGED * COARSE;
  }

  /** @param {{cut: number, colour: string} | null} ink null for the picture as it is */
  setInk(ink) {
    if (ink?.cut === this.ink?.cut && ink?.colour === this.ink?.colour) return;
    this.ink = ink;
    this.paint();
  }

  /** Makes the copies anew. */
  paint() {
    this.drop();
    if (!this.image.complete || !this.image.naturalWidth) return;
    if (this.large) this.coarse = this.copy(COARSE);
    this.fine = this.ink ? null : this.image;
    this.choose(Boolean(this.ink));
    this.later();
  }

  /** @param {number} side @returns {HTMLCanvasElement} hidden as yet */
  copy(side) {
    const { image, ink } = this;
    const canvas = ink ? inInk(image, side, ink.cut, ink.colour) : copied(image, side).canvas;
    canvas.className = 'over-picture';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', image.alt);
    canvas.hidden = true;
    fit(canvas, canvas);
    this.node.append(canvas);
    return canvas;
  }

  drop() {
    for (const canvas of this.node.querySelectorAll('canvas')) canvas.remove();
    this.coarse = null;
    this.fine = this.image;
  }

  /** @param {Matrix} matrix pixels of the original -> CSS pixels of the pane */
  show(matrix) {
    const moving = this.matrix !== null && matrix.some((value, at) => value !== this.matrix?.[at]);
    this.matrix = matrix;
    if (moving && this.coarse) {
      this.choose(true);
      this.later();
    } else this.lay();
  }

  later() {
    clearTimeout(this.timer);
    if (this.coarse) this.timer = setTimeout(() => this.choose(false), PAUSE);
  }

  /** @param {boolean} moving */
  choose(moving) {
    const { coarse } = this;
    if (coarse && (moving || this.needed <= ENLARGED * COARSE)) return this.put(coarse);
    const side = matchMedia('(pointer: coarse)').matches ? FINE_SMALL : FINE;
    this.fine ??= this.copy(side);
    this.put(this.fine);
  }

  /** How many pixels of the screen the longer side takes. */
  get needed() {
    const { width, height } = this.size;
    return this.matrix ? stretch(this.matrix, width / 2, height / 2) * Math.max(width, height) * devicePixelRatio : 0;
  }

  /** @param {Picture} picture */
  put(picture) {
    this.shown = picture;
    for (const one of this.node.children) /** @type {HTMLElement} */ (one).hidden = one !== picture;
    this.lay();
  }

  lay() {
    if (!this.matrix) return;
    const { width, height } = this.size;
    const { style } = this.shown;
    style.transform = cssMatrix(multiply(this.matrix, scaling(width / parseFloat(style.width), height / parseFloat(style.height))));
  }
}

/** @param {HTMLElement} node @param {Size} size in CSS pixels, before its transform */
function fit(node, { width, height }) {
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
}
