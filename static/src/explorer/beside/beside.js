/**
 * Two views side by side: a second stage shows the same images on another view's map. Both have the
 * same light, frames and camera; who moved most stands below.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('../ui/room.js').Room} Room
 * @typedef {import('../scene/gestures.js').Hands} Hands
 * @typedef {import('../scene/rig.js').Rig} Rig
 * @typedef {import('../../shared/contract.js').Box} Box
 */
import { fill, h, svg } from '../../shared/dom.js';
import { thumbFile } from '../../shared/links.js';
import { t } from '../../shared/strings.js';
import { Gestures } from '../scene/gestures.js';
import { pick } from '../scene/pick.js';
import { Places } from '../scene/places.js';
import { Stage } from '../scene/stage.js';
import { toolButton } from '../ui/button.js';
import { groupOf } from '../ui/layout-groups.js';
import { aligned, moved } from './align.js';

const BUDGET = 64 * 1024 * 1024;
/** Images in the list of who moved most. */
const LISTED = 40;
/** Of the selected, so many are joined by lines across the two maps. */
const JOINED = 24;
const REACH = 6;

export class Beside {
  /** @param {Explorer} app @param {Room} room */
  constructor(app, room) {
    this.app = app;
    this.room = room;
    /** @type {Stage | null} */
    this.stage = null;
    this.asked = 0;
    this.canvas = h('canvas');
    this.map = h('div', { class: 'beside-map', data: { besideMap: '' } }, this.canvas);
    this.across = svg('svg', { class: 'lines beside-lines', 'aria-hidden': 'true' });
    this.title = h('p', { class: 'beside-title', dir: 'auto' });
    this.list = h('ol', { class: 'beside-list', 'aria-label': t('beside.moved') });
    this.words = h('p', { class: 'beside-words' });
    this.strip = h('section', { class: 'beside-strip', 'aria-label': t('beside.moved') }, h('div', { class: 'beside-top' }, this.words, toolButton('beside.close', 'close', () => this.open(''), { data: { besideClose: '' } })), this.list);
    this.node = h('div', { class: 'beside', hidden: true, data: { beside: '' } }, this.map, this.title, this.across, this.strip);
    app.listen((topics) => {
      if (['beside', 'places', 'view'].some((topic) => topics.has(/** @type {any} */ (topic)))) this.follow();
      else if (topics.has('selection') || topics.has('matches')) this.write();
      if (topics.has('cursor') || topics.has('chosen') || topics.has('selection')) this.join();
    });
    app.stage.listeners.add((kind) => kind === 'frame' && this.move());
    room.listeners.add(() => this.place());
  }

  /** @param {string} view "" for none */
  open(view) {
    this.app.update({ beside: view });
    this.app.say(view ? t('say.beside', { name: this.label }) : t('say.alone'));
  }

  get label() {
    const { views } = this.app.catalogue;
    return views.find(({ name }) => name === this.app.state.beside)?.label ?? '';
  }

  /** Shows what the state says. */
  async follow() {
    const { app, room } = this;
    const view = app.state.beside;
    const mine = ++this.asked;
    const on = Boolean(view) && Boolean(app.stage.places);
    this.node.hidden = !on;
    if (room.beside !== on) {
      room.beside = on;
      room.apply(!on || !this.stage);
    }
    document.documentElement.classList.toggle('has-beside', on);
    if (!on) return this.close();
    const other = app.catalogue.views.find(({ name }) => name === view);
    const layout = other?.layouts.includes(app.layout) ? app.layout : 'map';
    const places = await app.placesOf(view, layout).catch(() => null);
    if (mine !== this.asked) return;
    if (!places) return app.show(t('layout.failed'));
    this.show(places, groupOf(layout) === 'maps');
  }

  /** @param {Places} other @param {boolean} turn whether it may be turned: its sides mean nothing */
  show(other, turn) {
    const { app } = this;
    const own = /** @type {Places} */ (app.stage.places);
    const { xy, scale } = turn ? aligned(other.xy, own.xy) : { xy: other.xy, scale: 1 };
    const ids = app.catalogue.ids;
    const [x, y] = [ids.map((_, row) => xy[row * 2]), ids.map((_, row) => xy[row * 2 + 1])];
    const places = new Places({ format: 1, view: '', layout: other.name, kind: 'positions', ids, x, y, size: other.size * scale }, ids);
    this.stage ??= this.make();
    this.stage.setPlaces(places, { jump: !this.stage.places, x: app.stage.rig.camera.x, y: app.stage.rig.camera.y });
    this.stage.setLit(app.stage.sprites.rank, true);
    this.stage.takeMarks(app.stage.sprites);
    this.title.textContent = this.label;
    this.place();
    this.move();
    this.write();
    this.join();
  }

  make() {
    const { app } = this;
    const stage = new Stage(this.canvas, app.catalogue, (cell, page, signal) => app.data.page(cell, page, signal), BUDGET);
    stage.setColours(app.stage);
    stage.setCalm(app.stage.calm);
    app.stage.twin = stage;
    stage.listeners.add((kind) => kind === 'frame' && this.follows());
    new Gestures(this.map, this.led(), this.hands());
    return stage;
  }

  close() {
    const { stage } = this;
    if (!stage) return;
    // Its pages would stay on the graphics card.
    stage.gl?.getExtension('WEBGL_lose_context')?.loseContext();
    this.app.stage.twin = null;
    this.stage = null;
    const canvas = h('canvas');
    this.canvas.replaceWith(canvas);
    this.canvas = canvas;
    const map = /** @type {HTMLDivElement} */ (this.map.cloneNode());
    map.append(canvas);
    this.map.replaceWith(map);
    this.map = map;
  }

  /** How far this map's middle is from the first one's, in CSS pixels. @returns {[number, number]} */
  get shift() {
    const [a, b] = [this.app.stage.rig.free, this.room.second()];
    return [b.x + b.width / 2 - a.x - a.width / 2, b.y + b.height / 2 - a.y - a.height / 2];
  }

  /** Hands on this map move the first one's camera. @returns {import('../scene/gestures.js').Moved} */
  led() {
    const { rig } = this.app.stage;
    const here = (/** @type {{x: number, y: number}} */ { x, y }) => ({ x: x - this.shift[0], y: y - this.shift[1] });
    return {
      stop: () => rig.stop(),
      grab: () => rig.grab(),
      release: (vx, vy) => rig.release(vx, vy),
      dragBetween: (from, to) => rig.dragBetween(here(from), here(to)),
      pinch: (px, py, factor) => rig.pinch(px - this.shift[0], py - this.shift[1], factor),
      zoomBy: (px, py, factor) => rig.zoomBy(px - this.shift[0], py - this.shift[1], factor),
    };
  }

  /** @returns {Hands} */
  hands() {
    const { app } = this;
    const at = (/** @type {number} */ x, /** @type {number} */ y) => {
      const { stage } = this;
      return stage?.places ? pick(stage.places, stage.sprites.shape, stage.sprites.rank, ...stage.rig.world(x, y), REACH / stage.rig.camera.scale) : -1;
    };
    return { tap: (x, y) => app.choose(at(x, y)), hover: (x, y) => app.setCursor(at(x, y)), leave: () => app.setCursor(-1) };
  }

  /** Keeps canvas and camera with the window. */
  place() {
    const { stage } = this;
    if (!stage || this.node.hidden) return;
    const { x, y, width, height } = this.room.second();
    const { style } = this.node;
    for (const [name, value] of Object.entries({ x, y, width, height })) style.setProperty(`--beside-${name}`, `${value}px`);
    stage.resize(innerWidth, innerHeight, this.app.stage.ratio);
    this.move();
  }

  /** Takes over the first map's camera. */
  move() {
    const { stage } = this;
    if (!stage || this.node.hidden) return;
    const { rig } = this.app.stage;
    const [dx, dy] = this.shift;
    const { free, camera } = rig;
    stage.rig.free = { ...free, x: free.x + dx, y: free.y + dy };
    stage.rig.camera = { ...camera };
    stage.wake();
    this.follows();
  }

  /** Who moved most, of the selected or of all that match. */
  write() {
    const { app, stage } = this;
    if (!stage?.places || !app.stage.places || this.node.hidden) return;
    const { selected } = app.state;
    const rows = selected.length ? selected : app.matching.rows();
    const found = moved(app.stage.places.xy, stage.places.xy, rows).slice(0, LISTED);
    this.words.textContent = t(selected.length ? 'beside.selected' : 'beside.all', { from: app.view.label, to: this.label });
    fill(this.list, found.map(({ row, far }) => {
      const title = app.catalogue.titles[row];
      const share = t('beside.far', { share: Math.round(far * 100) });
      return h('li', {}, h('button', { class: 'beside-one', type: 'button', title, 'aria-label': `${title}, ${share}`, data: { moved: String(row) }, on: { click: () => app.choose(row) } },
        h('img', { src: thumbFile(app.root, app.catalogue.ids[row]), alt: '', loading: 'lazy', decoding: 'async' }), h('span', {}, share)));
    }));
  }

  /** Lines from one map to the other, for who is chosen, pointed at or selected. */
  join() {
    const { app } = this;
    const rows = this.stage && !this.node.hidden ? [app.cursor, app.chosen, ...app.state.selected.slice(0, JOINED)].filter((row) => row >= 0) : [];
    this.joined = [...new Set(rows)].map((row) => ({
      row,
      line: svg('path', { class: row === app.cursor || row === app.chosen ? 'across hot' : 'across' }),
      frame: svg('rect', { class: row === app.chosen ? 'frame chosen' : 'frame' }),
    }));
    fill(this.across, this.joined.flatMap(({ line, frame }) => [line, frame]));
    this.follows();
  }

  /** @type {{row: number, line: SVGElement, frame: SVGElement}[]} */
  joined = [];

  follows() {
    const { stage, app } = this;
    if (!stage || !this.joined.length) return;
    const room = this.room.second();
    for (const { row, line, frame } of this.joined) {
      const [from, to] = [app.stage.boxOf(row), stage.boxOf(row)];
      const shown = inside(from, app.stage.rig.free) && inside(to, room);
      line.setAttribute('d', `M${from.x + from.width / 2} ${from.y + from.height / 2}L${to.x + to.width / 2} ${to.y + to.height / 2}`);
      for (const [name, value] of Object.entries({ x: to.x - 2, y: to.y - 2, width: to.width + 4, height: to.height + 4 })) frame.setAttribute(name, String(value));
      line.style.visibility = shown ? 'visible' : 'hidden';
      frame.style.visibility = inside(to, room) ? 'visible' : 'hidden';
    }
  }
}

/** @param {Box} box @param {Box} room */
function inside(box, room) {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return x > room.x && x < room.x + room.width && y > room.y && y < room.y + room.height;
}
