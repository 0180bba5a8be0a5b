/**
 * Large pictures as ordinary links with images, laid over the canvas: sharp at any zoom, and real
 * links. Nodes are reused; only what is in view has one.
 *
 * @typedef {import('./stage.js').Stage} Stage
 * @typedef {{node: HTMLAnchorElement, image: HTMLImageElement, row: number, large: boolean}} Plate
 */
import { h } from '../../shared/dom.js';
import { imageFile, itemPage, thumbFile } from '../../shared/links.js';
import { isLarge } from '../../shared/rights.js';
import { toScreen } from './camera.js';

/** Size on screen from which an image is shown as an element, in CSS pixels. */
const FROM = 112;
/** Longer side of thumbnails, in device pixels; beyond it the display copy is shown. */
const THUMB = 256;
const MOST = 320;

export class Sharp {
  /**
   * @param {Stage} stage
   * @param {string} root
   */
  constructor(stage, root) {
    this.stage = stage;
    this.root = root;
    this.node = h('div', { class: 'sharp-layer' });
    /** @type {Map<number, Plate>} */
    this.plates = new Map();
    /** @type {Plate[]} */
    this.spare = [];
    /** The camera for which the plates were placed. */
    this.base = { x: 0, y: 0, scale: 1 };
    stage.listeners.add((kind) => {
      if (kind === 'frame') this.follow();
      else this.update(kind === 'rest');
    });
  }

  /** Moves all plates with the camera, as one. */
  follow() {
    if (!this.plates.size) return;
    const { rig } = this.stage;
    const [x, y] = toScreen(rig.camera, rig.free, this.base.x, this.base.y);
    this.node.style.transform = `translate(${x}px, ${y}px) scale(${rig.camera.scale / this.base.scale})`;
  }

  /** @param {boolean} resting */
  update(resting) {
    const { stage } = this;
    const shown = stage.passage.progress >= 1 && stage.pixels > FROM && stage.rig.relief.flat;
    const rows = shown ? this.central(stage.visible()) : [];
    const keep = new Set(rows);
    for (const [row, plate] of this.plates) if (!keep.has(row)) this.drop(row, plate);
    if (!rows.length) return;
    const ratio = stage.rig.camera.scale / this.base.scale;
    const moveBase = !this.plates.size || ratio > 1.6 || ratio < 0.6 || (resting && ratio !== 1);
    if (moveBase) {
      this.base = { ...stage.rig.camera };
      for (const plate of this.plates.values()) this.place(plate);
    }
    // While the camera flies or zooms, none are begun: most would pass before they are loaded.
    const steady = resting || Boolean(stage.rig.held || stage.rig.thrown);
    for (const row of rows) {
      const plate = this.plates.get(row) ?? (steady ? this.add(row) : null);
      if (!plate) continue;
      const large = stage.pixels * stage.ratio > THUMB * 1.2;
      if (resting && large && !plate.large) this.enlarge(plate);
    }
    this.follow();
  }

  /** Places all anew: their sizes or frames have changed. */
  renew() {
    for (const plate of this.plates.values()) this.place(plate);
  }

  /** Fully shown rows, the most central if there are too many. @param {number[]} rows */
  central(rows) {
    const { sprites, places, rig } = this.stage;
    const lit = rows.filter((row) => sprites.rank[row] === 255);
    if (lit.length <= MOST || !places) return lit;
    const { x, y } = rig.camera;
    const distance = (/** @type {number} */ row) => Math.hypot(places.xy[row * 2] - x, places.xy[row * 2 + 1] - y);
    return lit.sort((a, b) => distance(a) - distance(b)).slice(0, MOST);
  }

  /** @param {number} row */
  add(row) {
    const plate = this.spare.pop() ?? this.make();
    const { catalogue } = this.stage;
    const id = catalogue.ids[row];
    plate.row = row;
    plate.large = false;
    plate.node.dataset.row = String(row);
    plate.node.href = itemPage(this.root, id);
    plate.image.alt = catalogue.titles[row];
    plate.node.classList.remove('loaded');
    plate.image.src = thumbFile(this.root, id);
    this.place(plate);
    this.plates.set(row, plate);
    this.node.append(plate.node);
    return plate;
  }

  /** @returns {Plate} */
  make() {
    const image = h('img', { alt: '', decoding: 'async', draggable: 'false' });
    const node = h('a', { class: 'sharp', tabindex: '-1', draggable: 'false' }, image);
    image.addEventListener('load', () => node.classList.add('loaded'));
    return { node, image, row: -1, large: false };
  }

  /** @param {Plate} plate */
  place({ node, row }) {
    const { places, sprites } = this.stage;
    if (!places) return;
    const { base } = this;
    const width = sprites.shape[row * 2] * places.size * base.scale;
    const height = sprites.shape[row * 2 + 1] * places.size * base.scale;
    const x = (places.xy[row * 2] - base.x) * base.scale - width / 2;
    const y = (places.xy[row * 2 + 1] - base.y) * base.scale - height / 2;
    node.style.transform = `translate(${x}px, ${y}px)`;
    const [r, g, b, kind] = sprites.mark.subarray(row * 4, row * 4 + 4);
    node.style.outline = kind ? `${kind === 255 ? 5 : 3}px solid rgb(${r} ${g} ${b})` : '';
    node.style.outlineOffset = kind ? `-${kind === 255 ? 5 : 3}px` : '';
    node.style.width = `${width}px`;
    node.style.height = `${height}px`;
  }

  /** Changes to the display copy once it is decoded, so that nothing blinks. @param {Plate} plate */
  enlarge(plate) {
    plate.large = true;
    const { row } = plate;
    if (!isLarge(this.stage.catalogue, row)) return;
    const source = imageFile(this.root, this.stage.catalogue.ids[row]);
    const image = new Image();
    image.src = source;
    image.decode().then(
      () => {
        if (plate.row === row && plate.large) plate.image.src = source;
      },
      // Without the display copy the thumbnail stays.
      () => undefined,
    );
  }

  /** @param {number} row @param {Plate} plate */
  drop(row, plate) {
    this.plates.delete(row);
    plate.node.remove();
    plate.row = -1;
    // One that is still loading is let go, since a new source would break off its request.
    if (plate.node.classList.contains('loaded')) this.spare.push(plate);
  }
}
