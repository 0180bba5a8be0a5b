/**
 * The image under the pointer or the keyboard's cursor: lifted from the map, large enough to be
 * seen, with its title beneath.
 *
 * @typedef {import('./stage.js').Stage} Stage
 */
import { h, fill } from '../../shared/dom.js';
import { thumbFile } from '../../shared/links.js';
import { clamp } from './camera.js';

/** @typedef {import('../../shared/contract.js').Box} Box */

/** A lifted image has at least this longer side, in CSS pixels. */
const LEAST = 104;
const GROWTH = 1.06;
/** From this longer side an image is large enough and grows no more. */
const LARGE = 220;
/** Longer side of an image that lies outside of the view, shown at the edge nearest to it. */
const OUTSIDE = 120;
/** Time on an image after which its thumbnail is loaded, in ms. */
const PAUSE = 50;

export class Lift {
  /**
   * @param {Stage} stage
   * @param {string} root
   */
  constructor(stage, root) {
    this.stage = stage;
    this.root = root;
    this.row = -1;
    this.picture = h('img', { class: 'lift-picture', alt: '', decoding: 'async' });
    this.frame = h('div', { class: 'lift-frame' }, this.picture);
    this.label = h('div', { class: 'lift-label' });
    this.node = h('div', { class: 'lift', hidden: true, 'aria-hidden': 'true' }, this.frame, this.label);
    this.timer = 0;
    stage.listeners.add((kind) => kind === 'frame' && this.follow());
  }

  /** @param {number} row -1 puts the image back */
  show(row) {
    if (row === this.row) return;
    this.row = row;
    clearTimeout(this.timer);
    this.node.hidden = row < 0;
    if (row < 0) return;
    const { catalogue, sprites } = this.stage;
    const [r, g, b] = sprites.colour.subarray(row * 4, row * 4 + 3);
    this.picture.classList.remove('loaded');
    this.frame.style.backgroundColor = `rgb(${r} ${g} ${b})`;
    this.timer = setTimeout(() => this.load(row), PAUSE);
    const under = [catalogue.sources[row], catalogue.dates[row]].filter(Boolean).join(', ');
    fill(
      this.label,
      h('span', { class: 'lift-title', dir: 'auto' }, catalogue.titles[row]),
      under && h('span', { class: 'lift-under', dir: 'auto' }, under),
    );
    this.shrinkLabel();
    this.follow();
    this.grow();
  }

  /** Shows the thumbnail when it is there, if the image is still lifted. @param {number} row */
  load(row) {
    const image = new Image();
    image.onload = () => {
      if (row !== this.row) return;
      this.picture.src = image.src;
      this.picture.classList.add('loaded');
    };
    image.src = thumbFile(this.root, this.stage.catalogue.ids[row]);
  }

  /** Makes the label as narrow as its longest line. */
  shrinkLabel() {
    this.label.style.width = '';
    const range = document.createRange();
    range.selectNodeContents(this.label);
    const right = Math.max(...[...range.getClientRects()].map((line) => line.right - this.label.getBoundingClientRect().left));
    if (Number.isFinite(right)) this.label.style.width = `${Math.ceil(right) + 11}px`;
  }

  /** Lets the frame grow out of the image's place. */
  grow() {
    if (this.stage.calm) return;
    const from = this.stage.boxOf(this.row).width / Math.max(1, this.frame.offsetWidth);
    this.frame.animate(
      [{ transform: `scale(${clamp(from, 0.1, 1)})` }, { transform: 'none' }],
      { duration: 140, easing: 'cubic-bezier(0.2, 0, 0, 1)' },
    );
  }

  follow() {
    if (this.row < 0) return;
    const box = this.stage.boxOf(this.row);
    const { free } = this.stage.rig;
    const scale = scaleOf(box, free);
    const width = box.width * scale;
    const height = box.height * scale;
    const edge = (/** @type {number} */ at, /** @type {number} */ long, /** @type {number} */ from, /** @type {number} */ room) =>
      long + 8 > room ? at : clamp(at, from + 4, from + room - long - 4);
    const left = edge(box.x + box.width / 2 - width / 2, width, free.x, free.width);
    const top = edge(box.y + box.height / 2 - height / 2, height, free.y, free.height);
    this.frame.classList.toggle('bare-frame', scale === 1);
    this.frame.style.width = `${width}px`;
    this.frame.style.height = `${height}px`;
    this.node.style.transform = `translate(${left}px, ${top}px)`;
    this.putLabel(left, top, width, height);
  }

  /** @param {number} left @param {number} top @param {number} width @param {number} height */
  putLabel(left, top, width, height) {
    const { free } = this.stage.rig;
    const label = this.label.getBoundingClientRect();
    const below = top + height + 8 + label.height < free.y + free.height;
    const y = below ? height + 8 : -label.height - 8;
    const middle = left + width / 2 - label.width / 2;
    const x = clamp(middle, free.x + 8, Math.max(free.x + 8, free.x + free.width - label.width - 8)) - left;
    this.label.style.transform = `translate(${x}px, ${y}px)`;
  }
}

/**
 * How much larger an image is shown than it is on the map.
 *
 * @param {Box} box of the image on screen
 * @param {Box} free
 * @returns {number}
 */
function scaleOf(box, free) {
  const longer = Math.max(box.width, box.height, 1);
  const outside =
    box.x > free.x + free.width || box.x + box.width < free.x || box.y > free.y + free.height || box.y + box.height < free.y;
  if (outside) return OUTSIDE / longer;
  return longer > LARGE ? 1 : Math.max(GROWTH, LEAST / longer);
}
