/**
 * Lines between relatives on the map, as many as a least score lets: a slider, and two keys.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('./reader.js').KinReader} KinReader
 * @typedef {import('./edges.js').Edges} Edges
 */
import { h } from '../../shared/dom.js';
import { score, t } from '../../shared/strings.js';

/** Of more lines than these only those are drawn that begin or end in the window. */
const MANY = 20_000;
/** The strongest pairs that are shown at first, for each image. */
const AN_IMAGE = 1;
/** Steps of the slider. */
const STEPS = 200;
/** Steps by which a key changes the threshold. */
const KEY_STEP = 5;

export class ThreadLines {
  /** @param {Explorer} app @param {KinReader} kin */
  constructor(app, kin) {
    this.app = app;
    this.kin = kin;
    /** @type {Edges | null} */
    this.edges = null;
    /** What is drawn now, in a word: it changes when the lines must. */
    this.drawn = '';
    this.box = h('input', { type: 'checkbox', data: { edges: '' }, on: { change: () => (this.box.checked ? this.open() : this.set(null)) } });
    this.slider = h('input', { type: 'range', min: 0, max: STEPS, step: 1, 'aria-label': t('edges.least'), data: { edgesLeast: '' }, on: { input: () => this.set(this.scoreAt(Number(this.slider.value)), false) } });
    this.said = h('p', { class: 'note', data: { edgesSaid: '' } });
    this.node = h('fieldset', { class: 'way' }, h('legend', {}, t('edges.title')), h('label', { class: 'check' }, this.box, t('edges.show')), this.slider, this.said);
    app.listen((topics) => ['edges', 'places', 'matches', 'view'].some((topic) => topics.has(/** @type {any} */ (topic))) && this.follow());
    app.stage.listeners.add((kind) => kind === 'rest' && this.draw());
    this.write();
  }

  /** Shows the strongest. */
  async open() {
    const edges = await this.kin.here();
    if (!edges) return this.write();
    this.edges = edges;
    this.set(edges.length ? edges.score(Math.min(edges.length, AN_IMAGE * edges.count) - 1) : 0);
  }

  /** @param {number | null} least @param {boolean} [push] */
  set(least, push = true) {
    this.app.update({ edges: least === null ? null : Math.round(least * 1000) / 1000 }, { push });
  }

  /** More lines, or fewer. @param {1 | -1} direction */
  step(direction) {
    const { edges } = this.app.state;
    if (edges === null || !this.edges) return void this.open();
    const at = Math.max(0, Math.min(STEPS, this.stepOf(edges) - direction * KEY_STEP));
    this.set(this.scoreAt(at), false);
    this.app.say(this.words());
  }

  /** The slider goes by rank: as many pairs lie between any two of its steps. @param {number} step @returns {number} */
  scoreAt(step) {
    const { edges } = this;
    if (!edges?.length) return 0;
    // Its left end shows all, its right one the strongest alone.
    return edges.score(Math.round((1 - step / STEPS) ** 2 * (edges.length - 1)));
  }

  /** @param {number} least @returns {number} */
  stepOf(least) {
    const { edges } = this;
    if (!edges || edges.length < 2) return 0;
    return Math.round((1 - Math.sqrt(Math.max(0, edges.reaching(least) - 1) / (edges.length - 1))) * STEPS);
  }

  async follow() {
    const { app } = this;
    if (app.state.edges !== null) {
      const view = app.view.name;
      const edges = await this.kin.here();
      if (view !== app.view.name) return;
      this.edges = edges;
    }
    this.drawn = '';
    this.write();
    this.draw();
  }

  write() {
    const { edges } = this.app.state;
    this.box.checked = edges !== null;
    this.slider.hidden = this.said.hidden = edges === null;
    if (edges === null || !this.edges) return;
    const step = this.stepOf(edges);
    if (Number(this.slider.value) !== step && document.activeElement !== this.slider) this.slider.value = String(step);
    this.slider.setAttribute('aria-valuetext', this.words());
    this.said.textContent = this.words();
  }

  words() {
    const least = this.app.state.edges ?? 0;
    return t('edges.said', { n: this.edges?.reaching(least) ?? 0, least: score(least) });
  }

  /** Gives the lines to the stage, if others are wanted than are there. */
  draw() {
    const { app, edges } = this;
    const { stage, state, matching } = app;
    const { places } = stage;
    if (state.edges === null || !edges || !places) {
      if (stage.ends) stage.setThreads(null);
      return;
    }
    const most = edges.reaching(state.edges);
    const some = most > MANY ? new Set(stage.visible()) : null;
    const { x, y, scale } = stage.rig.camera;
    const key = `${app.view.name} ${places.name} ${most} ${some ? `${x} ${y} ${scale}` : ''}`;
    if (key === this.drawn) return;
    this.drawn = key;
    const kept = [];
    for (let at = 0; at < most; at++) {
      const [a, b] = [edges.first[at], edges.second[at]];
      if (some && !some.has(a) && !some.has(b)) continue;
      if (matching.has(a) && matching.has(b)) kept.push(at);
    }
    stage.setThreads(this.ends(kept, most));
  }

  /** @param {number[]} kept numbers of pairs @param {number} most @returns {import('../gl/threads.js').Ends} */
  ends(kept, most) {
    const { stage } = this.app;
    const { xy } = /** @type {import('../scene/places.js').Places} */ (stage.places);
    const { height } = stage.sprites;
    const { first, second } = /** @type {Edges} */ (this.edges);
    const places = new Float32Array(kept.length * 6);
    const near = new Float32Array(kept.length * 2);
    kept.forEach((at, i) => {
      [first[at], second[at]].forEach((row, end) => places.set([xy[row * 2], xy[row * 2 + 1], height[row]], i * 6 + end * 3));
      near.fill(1 - at / Math.max(1, most), i * 2, i * 2 + 2);
    });
    return { places, near };
  }
}
