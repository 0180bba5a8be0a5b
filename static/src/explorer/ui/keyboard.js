/**
 * What keys do.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('./filters.js').Filters} Filters
 * @typedef {import('./help.js').Help} Help
 * @typedef {import('./layout-switch.js').LayoutSwitch} LayoutSwitch
 * @typedef {import('./panel.js').Panel} Panel
 * @typedef {import('./room.js').Room} Room
 * @typedef {import('./search-box.js').SearchBox} SearchBox
 * @typedef {{app: Explorer, map: HTMLElement, filters: Filters, help: Help, layouts: LayoutSwitch,
 *   panel: Panel, room: Room, search: SearchBox, setBare: (bare: boolean) => void,
 *   tray: import('../select/tray.js').Tray, lasso: import('../select/lasso.js').Lasso,
 *   ways: import('./ways.js').Ways, beside: import('../beside/beside.js').Beside,
 *   threads: import('../kin/threads.js').ThreadLines, wander: import('../kin/wander.js').Wander}} Parts
 */
import { nearestTo, nextTowards } from '../scene/pick.js';
import { t } from '../../shared/strings.js';
import { orbitByKey } from '../scene/orbit.js';
import { nextView } from './view-switch.js';
import { zoomMiddle } from './zoom-buttons.js';

/** Pan by an arrow key, in CSS pixels. */
const PAN = 120;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {Parts} parts */
export function listenToKeys(parts) {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target instanceof Element && event.target.closest('input:not([type=checkbox]), textarea, select');
    if (event.key === 'Escape') back(parts);
    else if (typing) return;
    else if (!everywhere(parts, event.key) && !onMap(parts, event)) return;
    event.preventDefault();
  });
}

/** Closes what is open, one thing at a time. @param {Parts} parts */
function back({ app, map, filters, help, room, setBare, tray, lasso, ways, wander, beside }) {
  if (help.isOpen) help.setOpen(false);
  else if (ways.isOpen) ways.setOpen(false);
  else if (app.state.wander || app.state.odd >= 0) wander.close();
  else if (lasso.tool) lasso.use(lasso.tool);
  else if (tray.sheetName) tray.setSheet('');
  else if (room.bare) setBare(false);
  else if (filters.isOpen) filters.setOpen(false);
  else if (app.chosen >= 0) {
    const row = app.chosen;
    app.choose(-1);
    map.focus({ preventScroll: true });
    if (app.cursor < 0 && map.matches(':focus-visible')) app.setCursor(row);
  } else if (app.cursor >= 0) app.setCursor(-1);
  else if (tray.isOpen) tray.setOpen(false);
  else if (app.state.beside) beside.open('');
  else if (app.state.query) app.update({ query: '' });
}

/**
 * Keys that do the same wherever the focus is.
 *
 * @param {Parts} parts
 * @param {string} key
 * @returns {boolean} whether the key was one of them
 */
function everywhere(parts, key) {
  const { app, search, help, filters, layouts, room, setBare, tray, lasso } = parts;
  const { rig } = app.stage;
  if (key === '/') {
    setBare(false);
    search.input.focus();
    search.input.select();
  } else if (key === '?') help.setOpen(!help.isOpen);
  else if (key === 'f' || key === 'F') filters.toggle();
  else if (key === 's' || key === 'S') tray.setOpen(!tray.isOpen);
  else if (key === 'l' || key === 'L') lasso.use('lasso');
  else if (key === 'r' || key === 'R') lasso.use('box');
  else if (key === 'x' || key === 'X') toggle(app);
  else if (key === 'h' || key === 'H') setBare(!room.bare);
  else if (key === 'v' || key === 'V') nextView(app);
  else if (key === '+' || key === '=') zoomMiddle(rig, 1.6);
  else if (key === '-' || key === '_') zoomMiddle(rig, 1 / 1.6);
  else if (key === '0') rig.goHome();
  else if (/^[1-9]$/.test(key)) layouts.pickNumber(Number(key));
  else return looking(parts, key);
  return true;
}

/**
 * Keys of the ways of looking.
 *
 * @param {Parts} parts
 * @param {string} key
 * @returns {boolean} whether the key was one of them
 */
function looking({ app, ways, beside, threads, wander }, key) {
  const { views } = app.catalogue;
  if (key === 'o' || key === 'O') ways.setOpen(!ways.isOpen);
  else if (key === 'w' || key === 'W') wander.toggle();
  else if (key === 'n' || key === 'N') wander.step();
  else if (key === 'u' || key === 'U') wander.unexpected();
  else if (key === 'c' || key === 'C') beside.open(app.state.beside || views.length < 2 ? '' : views[(views.indexOf(app.view) + 1) % views.length].name);
  else if (key === ']' || key === '[') nextView(app, key === ']' ? 1 : -1);
  else if (key === '.') threads.step(1);
  else if (key === ',') threads.step(-1);
  else return orbitByKey(app.stage, key);
  return true;
}

/** Selects the image under the cursor, or the chosen one, or lets it go. @param {Explorer} app */
function toggle(app) {
  const row = app.cursor >= 0 ? app.cursor : app.chosen;
  if (row >= 0) app.select([row], 'toggle');
  else app.say(t('select.nochosen'));
}

/**
 * Keys of the map: arrows and Enter, while nothing else has the focus.
 *
 * @param {Parts} parts
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
function onMap(parts, event) {
  const { app, map, panel } = parts;
  if (event.target !== map && event.target !== document.body) return false;
  const arrow = ARROWS[event.key];
  if (arrow) {
    const from = app.cursor >= 0 ? app.cursor : app.chosen;
    if (from >= 0) walk(app, from, arrow);
    else pan(app, arrow);
    return true;
  }
  if (event.key !== 'Enter') return false;
  if (app.cursor >= 0) {
    app.choose(app.cursor);
    panel.focus();
  } else if (app.chosen >= 0) {
    panel.focus();
  } else {
    begin(app);
  }
  return true;
}

/** Puts the cursor on the image in the middle. @param {Explorer} app */
function begin(app) {
  const { stage } = app;
  if (!stage.places) return;
  const { x, y } = stage.rig.camera;
  setCursor(app, nearestTo(stage.places.xy, stage.sprites.rank, x, y));
}

/** @param {Explorer} app @param {number} from @param {[number, number]} arrow */
function walk(app, from, [dx, dy]) {
  const { stage } = app;
  if (!stage.places) return;
  const next = nextTowards(stage.places.xy, stage.sprites.rank, from, ...stage.rig.relief.turned(dx, dy));
  if (next < 0) app.say(t('map.none'));
  else setCursor(app, next);
}

/** @param {Explorer} app @param {number} row */
function setCursor(app, row) {
  if (row < 0) return;
  app.setCursor(row);
  app.keepInSight(row);
  app.say(app.describe(row));
}

/** @param {Explorer} app @param {[number, number]} arrow */
function pan(app, [dx, dy]) {
  const { rig } = app.stage;
  const { x, y, scale } = rig.aim;
  [dx, dy] = rig.relief.turned(dx, dy);
  rig.go({ x: x + (dx * PAN) / scale, y: y + (dy * PAN) / scale, scale });
}
