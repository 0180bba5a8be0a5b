/**
 * Puts the parts of the interface together.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { h } from '../../shared/dom.js';
import { clusterPage } from '../../shared/links.js';
import { t } from '../../shared/strings.js';
import { Gestures } from '../scene/gestures.js';
import { Islands } from '../scene/islands.js';
import { Lift } from '../scene/lift.js';
import { Lines } from '../scene/lines.js';
import { Marks } from '../scene/marks.js';
import { pick, pickStanding } from '../scene/pick.js';
import { Sharp } from '../scene/sharp.js';
import { Frames } from '../colour/frames.js';
import { Legend } from '../colour/legend.js';
import { showRegions } from '../colour/written.js';
import { Beside } from '../beside/beside.js';
import { KinReader } from '../kin/reader.js';
import { ThreadLines } from '../kin/threads.js';
import { Wander } from '../kin/wander.js';
import { Mini } from '../scene/mini.js';
import { orbiting } from '../scene/orbit.js';
import { Lasso } from '../select/lasso.js';
import { Tray } from '../select/tray.js';
import { Chips } from './chips.js';
import { hasIslands } from './clustering.js';
import { Filters } from './filters.js';
import { Help } from './help.js';
import { listenToKeys } from './keyboard.js';
import { LayoutSwitch } from './layout-switch.js';
import { Live } from './live.js';
import { Panel } from './panel.js';
import { Room } from './room.js';
import { SearchBox } from './search-box.js';
import { viewSwitch } from './view-switch.js';
import { Ways } from './ways.js';
import { zoomButtons } from './zoom-buttons.js';

/** How far beside a picture a pointer still meets it, in CSS pixels. */
const REACH = { mouse: 4, touch: 18 };

/** @param {Explorer} app */
export function buildInterface(app) {
  const { stage, root } = app;
  const room = new Room(stage);
  const live = new Live();
  app.say = live.say;
  app.show = (text) => live.show(text);
  const lines = new Lines(stage);
  const lift = new Lift(stage, root);
  const islands = new Islands(stage);
  const marks = new Marks(stage);
  const sharp = new Sharp(stage, root);
  const map = h(
    'div',
    { class: 'map', id: 'map', role: 'application', tabindex: '0', 'aria-label': t('map.label', { n: app.catalogue.count }), data: { map: '' } },
    marks.outlines, stage.canvas, sharp.node, marks.density, lines.node, marks.node, islands.node, lift.node,
  );
  const at = pointer(app);
  const lasso = new Lasso(app, map, at);
  const frames = new Frames(app, () => sharp.renew());
  const search = new SearchBox(app);
  const layouts = new LayoutSwitch(app);
  const filters = new Filters(app, room);
  const tray = new Tray(app, room, lasso);
  const panel = new Panel(app, room, lines, tray.wells);
  const kin = new KinReader(app);
  const parts = { threads: new ThreadLines(app, kin), beside: new Beside(app, room), wander: new Wander(app, kin) };
  const ways = new Ways(app, parts);
  const orbit = orbiting(stage, map);
  const help = new Help([
    { href: `${root}list/index.html`, words: 'All images as a list' },
    { href: `${root}about/index.html`, words: 'About: methods, models and numbers' },
  ], app.catalogue.views.length > 1);
  const backButton = h('button', { class: 'bare-back', type: 'button', data: { bareBack: '' } }, t('help.back'));
  const setBare = (/** @type {boolean} */ bare) => {
    if (bare === room.bare) return;
    room.bare = bare;
    room.apply();
    if (bare) live.show(t('help.bare'));
    else live.toast.hidden = true;
  };
  backButton.addEventListener('click', () => setBare(false));

  document.getElementById('tools')?.append(search.node, viewSwitch(app), layouts.node, ways.button, tray.button, filters.button, help.button);
  const place = document.getElementById('explorer');
  place?.setAttribute('role', 'region');
  place?.setAttribute('aria-label', app.catalogue.title);
  place?.append(
    map, parts.beside.node, lasso.node, new Mini(stage).node, zoomButtons(stage.rig), orbit, parts.wander.node, ways.node, new Legend(app, frames).node, tray.node, new Chips(app).node, filters.node, panel.node, help.node, backButton, live.toast, live.node,
  );
  app.putAway = () => {
    for (const part of [help, ways, filters, tray]) if (part.isOpen) part.setOpen(false);
    tray.collections.read();
    setBare(false);
    live.toast.hidden = true;
  };
  redirectSkip(root);
  new Gestures(map, stage.rig, hands(app, map, at, lasso));
  listenToKeys({ app, map, filters, help, layouts, panel, room, search, setBare, tray, lasso, ways, ...parts });
  connect(app, { lines, lift, islands, layouts, room });
  showRegions(app, frames, marks);
  whenPagesFail(app);
  follow(stage, room);
}

/** Says once that pictures stay blunt because their pages cannot be read. @param {Explorer} app */
function whenPagesFail(app) {
  let said = false;
  app.stage.stream.failing = () => {
    if (!said) app.show(t('atlas.failed'));
    said = true;
  };
}

/** @param {Explorer} app @returns {(x: number, y: number, touch: boolean) => number} the row at a point of the window, or -1 */
function pointer(app) {
  return (x, y, touch) => {
    const { places, rig, sprites, passage } = app.stage;
    if (!places || passage.progress < 1) return -1;
    if (!rig.relief.flat) return pickStanding(app.stage, x, y, touch ? REACH.touch : REACH.mouse);
    const reach = (touch ? REACH.touch : REACH.mouse) / rig.camera.scale;
    return pick(places, sprites.shape, sprites.rank, ...rig.world(x, y), reach);
  };
}

/**
 * @param {Explorer} app
 * @param {HTMLElement} map
 * @param {(x: number, y: number, touch: boolean) => number} at
 * @param {Lasso} lasso
 * @returns {import('../scene/gestures.js').Hands}
 */
function hands(app, map, at, lasso) {
  /** Where the mouse rests on the map. @type {[number, number] | null} */
  let mouse = null;
  app.stage.listeners.add((kind) => {
    // The map may have moved under the mouse.
    if (kind === 'rest' && mouse && map.matches(':hover')) app.setCursor(at(...mouse, false));
  });
  return {
    tap(x, y, touch) {
      const island = document.elementFromPoint(x, y)?.closest('a.island');
      if (island) return;
      const row = at(x, y, touch);
      app.setCursor(-1);
      if (lasso.tool === 'pick') {
        if (row >= 0) app.select([row], 'toggle');
      } else app.choose(row);
    },
    hover(x, y) {
      mouse = [x, y];
      const row = at(x, y, false);
      app.setCursor(row);
      map.classList.toggle('over-image', row >= 0);
    },
    leave() {
      mouse = null;
      app.setCursor(-1);
      map.classList.remove('over-image');
    },
  };
}

/**
 * @param {Explorer} app
 * @param {{lines: Lines, lift: Lift, islands: Islands, layouts: LayoutSwitch, room: Room}} parts
 */
function connect(app, { lines, lift, islands, layouts, room }) {
  const showIslands = () => {
    const clusters = hasIslands(app.layout) ? app.clusters : null;
    if (!clusters) return islands.show([]);
    /** @type {Map<number, number[]>} */
    const rows = new Map(clusters.clusters.map((cluster) => [cluster.number, []]));
    clusters.label.forEach((number, row) => rows.get(number)?.push(row));
    islands.show(clusters.clusters.map(({ number, name }) => ({
      number, name: name || t('cluster.name', { number }), href: clusterPage(app.root, app.grouped, number), rows: rows.get(number) ?? [],
    })));
  };
  app.listen((topics) => {
    if (topics.has('cursor')) {
      lift.show(app.cursor);
      lines.light(app.cursor);
    }
    if (topics.has('matches')) {
      lines.node.classList.toggle('faint', app.matching.active);
      if (room.chips !== app.matching.active) {
        room.chips = app.matching.active;
        room.apply();
      }
    }
    if (topics.has('places') || topics.has('clusters')) showIslands();
  });
  app.stage.listeners.add((kind) => {
    if (kind === 'rest') layouts.draw();
  });
}

/**
 * Keeps canvas and free rectangle as large as the window.
 *
 * @param {import('../scene/stage.js').Stage} stage
 * @param {Room} room
 */
function follow(stage, room) {
  const measure = () => {
    stage.resize(innerWidth, innerHeight, Math.min(devicePixelRatio || 1, 2.5));
    room.apply(true);
  };
  addEventListener('resize', measure);
  measure();
}

/** The page's skip link leads to the list: inside the map there is nothing to skip to. @param {string} root */
function redirectSkip(root) {
  const skip = document.querySelector('a.skip');
  if (!(skip instanceof HTMLAnchorElement)) return;
  skip.href = `${root}list/index.html`;
  skip.textContent = t('skip.list');
  document.querySelector('header.bar')?.prepend(skip);
}
