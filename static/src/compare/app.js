/**
 * The page of two images: holds what is shown, tells its parts when that changes, and keeps it in
 * the address.
 *
 * @typedef {import('../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../shared/data.js').Data} Data
 * @typedef {import('./placing.js').Found} Found
 * @typedef {import('./placing.js').Placing} Placing
 * @typedef {import('./state.js').Action} Action
 * @typedef {import('./state.js').State} State
 * @typedef {import('./matrix.js').Size} Size
 */
import { onReturn, write } from '../shared/history.js';
import { imageFile } from '../shared/links.js';
import { foundFor, orientationFor } from './alignments.js';
import { moved, whole, zoomed } from './camera.js';
import { placed } from './placing.js';
import { Stage } from './stage.js';
import { fromHash, reduce, toHash } from './state.js';
import { t } from './words.js';

const REST = 250; // ms after which a change is written into the address

export class App {
  /**
   * @param {Catalogue} catalogue
   * @param {Data} data
   * @param {string} root
   */
  constructor(catalogue, data, root) {
    this.catalogue = catalogue;
    this.data = data;
    this.root = root;
    this.rowOf = new Map(catalogue.ids.map((id, row) => [id, row]));
    this.state = fromHash(location.hash);
    /** @type {{a: number, b: number}} rows, -1 where the catalogue has no such image */
    this.rows = { a: -1, b: -1 };
    /** @type {Found | null} */
    this.found = null;
    this.orientation = 0;
    this.editing = false;
    /** @type {Placing} */
    this.placing = this.place();
    /** @type {(() => void)[]} */
    this.listeners = [];
    this.troubles = /** @type {Map<string, string>} */ (new Map());
    this.frame = 0;
    this.timer = 0;
    this.loading = Promise.resolve();
    this.stage = new Stage(() => this.later());
    onReturn((hash) => {
      this.state = fromHash(hash);
      this.load();
    });
  }

  /** Whether both images are there. */
  get whole() {
    return this.rows.a >= 0 && this.rows.b >= 0;
  }

  /** @param {'a' | 'b'} side @returns {Size} of the original */
  sizeOf(side) {
    const row = this.rows[side];
    const { width, height } = this.catalogue;
    return row < 0 ? { width: 1, height: 1 } : { width: width[row], height: height[row] };
  }

  /** @returns {Placing} */
  place() {
    return placed(this.state, this.sizeOf('a'), this.sizeOf('b'), this.found, this.orientation);
  }

  /** @param {() => void} listener called after every change */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** @param {Action} action @param {boolean} [push] whether Back comes back to what was before */
  act(action, push = false) {
    const { a, b } = this.state;
    this.state = reduce(this.state, action);
    if (push) write(toHash(this.state), true);
    if (this.state.a !== a || this.state.b !== b) return this.load();
    this.changed();
  }

  /** @param {Partial<State>} change */
  set(change) {
    this.act({ type: 'set', change });
  }

  changed() {
    this.placing = this.place();
    if (!this.state.points.length) this.editing = false;
    this.later();
    this.tell();
    this.keep();
  }

  tell() {
    this.listeners.forEach((listener) => listener());
  }

  /** Writes the address once there is rest. */
  keep() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => write(toHash(this.state), false), REST);
  }

  /** Moves the camera. Where it stands is told only once it rests: it must keep pace with a hand. @param {State['camera']} camera */
  look(camera) {
    this.state = reduce(this.state, { type: 'set', change: { camera } });
    this.later();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.tell();
      write(toHash(this.state), false);
    }, REST);
  }

  /** Draws before the next paint, once however much has changed. */
  later() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.show();
    });
  }

  show() {
    if (this.whole) this.stage.show(this.state, this.placing, this.editing);
  }

  /** Reads what belongs to the two images. */
  load() {
    const { a, b } = this.state;
    this.rows = { a: this.rowOf.get(a) ?? -1, b: this.rowOf.get(b) ?? -1 };
    this.found = null;
    this.orientation = 0;
    this.troubles.clear();
    for (const side of /** @type {const} */ (['a', 'b'])) this.loadPicture(side);
    this.loading = this.whole ? this.loadFound(this.rows.a, this.rows.b) : Promise.resolve();
    this.changed();
  }

  /** @param {'a' | 'b'} side */
  loadPicture(side) {
    const row = this.rows[side];
    if (row < 0) return;
    const { ids, titles, colour } = this.catalogue;
    const mean = `#${colour[row].toString(16).padStart(6, '0')}`;
    this.stage[side].sheet.load(imageFile(this.root, ids[row]), this.sizeOf(side), mean, `${side.toUpperCase()}: ${titles[row]}`).catch(() => {
      this.trouble(side, t('over.picture', { name: side.toUpperCase() }));
    });
  }

  /** @param {number} a @param {number} b */
  async loadFound(a, b) {
    const { view } = this.state;
    const asked = [foundFor(this.data, this.catalogue, view, a, b), orientationFor(this.data, this.catalogue, view, a, b)];
    const [found, orientation] = await Promise.allSettled(asked);
    if (a !== this.rows.a || b !== this.rows.b) return;
    if (found.status === 'fulfilled') this.found = /** @type {Found | null} */ (found.value);
    if (orientation.status === 'fulfilled') this.orientation = /** @type {number} */ (orientation.value);
    if (found.status === 'rejected') this.trouble('found', t('over.unread'));
    this.changed();
  }

  /** Says what went wrong, beside what went wrong elsewhere. @param {string} about @param {string} words */
  trouble(about, words) {
    this.troubles.set(about, words);
    this.tell();
  }

  get camera() {
    return this.state.camera ?? whole(this.sizeOf('a'));
  }

  /** @param {number} dx CSS pixels @param {number} dy */
  move(dx, dy) {
    this.look(moved(this.camera, this.sizeOf('a'), this.stage.pane, dx, dy));
  }

  /** @param {number} by times closer @param {number} [x] CSS pixels of a pane that stay in place @param {number} [y] */
  zoom(by, x, y) {
    this.look(zoomed(this.camera, this.sizeOf('a'), this.stage.pane, by, x, y));
  }
}
