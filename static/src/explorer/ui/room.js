/**
 * The rectangle that the bar, the panel and the drawer leave to the map.
 *
 * @typedef {import('../../shared/contract.js').Box} Box
 * @typedef {import('../scene/stage.js').Stage} Stage
 */

/** From this width the panel stands beside the map, below it is a sheet, in CSS pixels. */
export const WIDE = 900;
/** Share of the window's height that the sheet takes. */
const SHEET = 0.45;
/** Height of the row of chips under the bar, in CSS pixels. */
const CHIPS = 40;
/** Height of the list of who moved between two maps, in CSS pixels. */
const STRIP = 128;

export class Room {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.panel = false;
    this.drawer = false;
    this.chips = false;
    this.bare = false;
    /** Height of the tray, 0 while it is closed. */
    this.tray = 0;
    /** Whether a second map stands beside the first. */
    this.beside = false;
    /** @type {Set<() => void>} called when the free rectangle changes */
    this.listeners = new Set();
  }

  get wide() {
    return innerWidth >= WIDE;
  }

  /** Width of the panel beside the map. */
  get panelWidth() {
    return Math.round(Math.min(480, Math.max(360, innerWidth * 0.27)));
  }

  get drawerWidth() {
    return this.wide ? 320 : Math.min(320, innerWidth);
  }

  /** What is left to the first map. @returns {Box} */
  free() {
    const whole = this.whole();
    return this.beside ? half(whole, false) : whole;
  }

  /** What is left to a second map beside the first. @returns {Box} */
  second() {
    return half(this.whole(), true);
  }

  /** @returns {Box} */
  whole() {
    const root = document.documentElement;
    const bar = this.bare ? 0 : parseFloat(getComputedStyle(root).getPropertyValue('--bar')) || 56;
    const top = this.chips && !this.bare ? bar + CHIPS : bar;
    const left = this.drawer && this.wide && !this.bare ? this.drawerWidth : 0;
    const right = this.panel && this.wide && !this.bare ? this.panelWidth : 0;
    const sheet = this.panel && !this.wide && !this.bare ? Math.round(innerHeight * SHEET) : 0;
    const strip = this.beside ? STRIP : 0;
    const below = this.bare ? strip : Math.max(sheet, Math.min(this.tray, Math.round(innerHeight * 0.55))) + strip;
    return {
      x: left,
      y: top,
      width: Math.max(120, innerWidth - left - right),
      height: Math.max(120, innerHeight - top - below),
    };
  }

  /** Tells the camera and the style sheet what is free now. @param {boolean} [jump] */
  apply(jump = false) {
    const { style, classList } = document.documentElement;
    style.setProperty('--panel-width', `${this.panelWidth}px`);
    style.setProperty('--drawer-width', `${this.drawerWidth}px`);
    style.setProperty('--tray-height', `${this.tray}px`);
    style.setProperty('--sheet-height', `${Math.round(innerHeight * SHEET)}px`);
    classList.toggle('has-panel', this.panel);
    classList.toggle('has-drawer', this.drawer);
    classList.toggle('has-tray', this.tray > 0);
    classList.toggle('bare', this.bare);
    this.stage.rig.makeRoom(this.free(), jump);
    for (const listener of this.listeners) listener();
  }
}

/** Halves along the longer side. @param {Box} box @param {boolean} second @returns {Box} */
function half(box, second) {
  if (box.width >= box.height) return { ...box, width: box.width / 2, x: box.x + (second ? box.width / 2 : 0) };
  return { ...box, height: box.height / 2, y: box.y + (second ? box.height / 2 : 0) };
}
