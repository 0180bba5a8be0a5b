/**
 * Wandering: the camera flies from relative to relative and says why this one; and what is
 * unexpected. Where motion should be reduced, nothing flies by itself: each step is a press.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('./reader.js').KinReader} KinReader
 * @typedef {import('./edges.js').Edges} Edges
 */
import { h } from '../../shared/dom.js';
import { score, t } from '../../shared/strings.js';
import { toolButton } from '../ui/button.js';
import { fit } from '../scene/camera.js';
import { boundsOf } from '../scene/places.js';
import { nearestTo } from '../scene/pick.js';
import { nextStep, reason, unexpected } from './unexpected.js';

/** Rest at each image, in ms. */
const PAUSE = 4500;
/** Side of the images that one flies to, as a share of the free rectangle. */
const CLOSE = 0.2;

export class Wander {
  /** @param {Explorer} app @param {KinReader} kin */
  constructor(app, kin) {
    this.app = app;
    this.kin = kin;
    /** @type {Set<number>} */
    this.seen = new Set();
    this.timer = 0;
    this.paused = false;
    /** Number of the last surprise. */
    this.surprise = -1;
    this.words = h('p', { class: 'wander-words', dir: 'auto', data: { wanderWords: '' } });
    this.pauser = toolButton('wander.pause', 'pause', () => this.pause(!this.paused), { data: { wanderPause: '' } });
    this.buttons = h('div', { class: 'wander-buttons' },
      this.pauser,
      toolButton('wander.next', 'chevronRight', () => this.step(), { data: { wanderNext: '' } }),
      toolButton('wander.stop', 'close', () => this.close(), { data: { wanderStop: '' } }));
    this.node = h('section', { class: 'wander', 'aria-label': t('wander.title'), hidden: true, data: { wander: '' } }, this.words, this.buttons);
    app.listen((topics) => {
      if (topics.has('wander')) this.follow();
      if (topics.has('odd') || topics.has('places')) this.sayOdd();
    });
  }

  get on() {
    return this.app.state.wander;
  }

  toggle() {
    this.app.update({ wander: !this.on, odd: -1 });
  }

  close() {
    this.app.update({ wander: false, odd: -1 });
  }

  /** Goes on or ends as the state says. */
  follow() {
    clearTimeout(this.timer);
    this.show();
    if (!this.on) return;
    this.paused = this.app.stage.calm;
    this.show();
    this.step();
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.paused = paused;
    clearTimeout(this.timer);
    this.show();
    if (!paused) this.step();
  }

  show() {
    const { on, paused } = this;
    this.node.hidden = !on && this.app.state.odd < 0;
    this.pauser.hidden = !on || this.app.stage.calm;
    const words = t(paused ? 'wander.go' : 'wander.pause');
    this.pauser.title = words;
    this.pauser.setAttribute('aria-label', words);
    this.pauser.setAttribute('aria-pressed', String(paused));
  }

  /** The next image, or the next surprise. */
  async step() {
    clearTimeout(this.timer);
    if (!this.on) return this.unexpected();
    const { app } = this;
    const edges = await this.kin.here();
    if (!edges || !this.on) return edges ? undefined : this.close();
    const from = app.chosen >= 0 ? app.chosen : this.middle();
    this.seen.add(from);
    const counts = (/** @type {number} */ row) => app.matching.has(row);
    const step = app.chosen < 0 ? { row: from, at: -1, place: 0 } : nextStep(edges, from, this.seen, app.catalogue.sources, counts);
    if (!step) {
      // All were seen: the walk begins anew.
      this.seen.clear();
      this.say(t('wander.all'));
    } else {
      this.seen.add(step.row);
      app.update({ id: app.catalogue.ids[step.row] }, { push: false });
      this.flyTo(step.row);
      this.say(this.why(edges, step, from));
    }
    if (!this.paused) this.timer = setTimeout(() => this.step(), PAUSE);
  }

  /** @returns {number} row nearest to the middle of the window, of those that match */
  middle() {
    const { stage } = this.app;
    const { x, y } = stage.rig.camera;
    return stage.places ? Math.max(0, nearestTo(stage.places.xy, stage.sprites.rank, x, y)) : 0;
  }

  /** @param {Edges} edges @param {{row: number, at: number, place: number}} step @param {number} from */
  why(edges, step, from) {
    const { catalogue, view } = this.app;
    const { sources, titles } = catalogue;
    const abroad = sources[step.row] && sources[step.row] !== sources[from];
    if (step.at < 0) return t(step.row === from ? 'wander.begin' : 'wander.leap', { title: titles[step.row] });
    const key = `wander.${step.place === 1 ? 'nearest' : 'near'}${abroad ? '.abroad' : ''}`;
    return t(key, { title: titles[step.row], place: step.place, source: sources[step.row], view: view.label.toLowerCase(), score: score(edges.score(step.at)) });
  }

  /** Goes to the next unexpected pair. */
  async unexpected() {
    const { app } = this;
    const edges = await this.kin.here();
    const map = await app.placesOf(app.view.name, 'map').catch(() => null);
    if (!edges || !map) return;
    const found = unexpected(edges, map.xy, app.catalogue.years, (row) => app.matching.has(row));
    if (!found.length) return app.show(t('odd.none'));
    this.surprise = (this.surprise + 1) % found.length;
    const { first, second } = found[this.surprise];
    app.update({ wander: false, id: app.catalogue.ids[first], odd: second });
    this.flyTo(first, second);
  }

  /** Says why the two images of the state are an unexpected pair. */
  async sayOdd() {
    const { app } = this;
    const { odd } = app.state;
    this.show();
    if (odd < 0 || app.chosen < 0) return;
    const first = app.chosen;
    const map = await app.placesOf(app.view.name, 'map').catch(() => null);
    if (!map || app.state.odd !== odd || app.chosen !== first) return;
    const { why, much } = reason(first, odd, map.xy, app.catalogue.years);
    this.say(t(`odd.${why}`, { first: this.named(first), second: this.named(odd), view: app.view.label.toLowerCase(), share: Math.round(much * 100), years: Math.round(much) }));
  }

  /** @param {number} row @returns {string} its title with source and date, which tell copies apart */
  named(row) {
    const { titles, sources, dates } = this.app.catalogue;
    const under = [sources[row], dates[row]].filter(Boolean).join(', ');
    return under ? t('odd.named', { title: titles[row], under }) : `“${titles[row]}”`;
  }

  /** @param {string} words */
  say(words) {
    this.words.textContent = words;
    this.app.say(words);
  }

  /** Shows one image, or two together, no nearer than that others are seen round them. @param {...number} rows */
  flyTo(...rows) {
    const { rig, places } = this.app.stage;
    if (!places) return;
    const { width, height } = rig.aimFree;
    const all = fit(boundsOf(places.xy, places.size, rows), rig.aimFree, 0.7);
    rig.go({ ...all, scale: Math.min(all.scale, (CLOSE * Math.min(width, height)) / places.size) });
  }
}
