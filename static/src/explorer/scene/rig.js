/**
 * Moves the camera: flights, drags with a slight inertia, zooms that stay under the pointer, soft
 * limits. All moves can be interrupted by the next.
 *
 * @typedef {import('../../shared/contract.js').Box} Box
 * @typedef {import('./camera.js').Camera} Camera
 * @typedef {import('./camera.js').Limits} Limits
 * @typedef {import('./flight.js').Flight} Flight
 */
import { clampCamera, clamp, fit, softenCamera, toWorld, placing, zoomAt } from './camera.js';
import { easeOut, flight } from './flight.js';
import { Relief } from './relief.js';

/** Time in which a zoom comes to two thirds of its aim, in ms. */
const ZOOM_TIME = 65;
/** Time in which a thrown map loses two thirds of its speed, in ms. */
const THROW_TIME = 110;
const MAKE_ROOM = 200;
const SETTLE = 260;

export class Rig {
  /** @param {() => void} changed called when a move begins */
  constructor(changed) {
    this.changed = changed;
    /** @type {Camera} */
    this.camera = { x: 0.5, y: 0.5, scale: 500 };
    /** Where the hand has the camera; beyond the limits the camera follows less. @type {Camera | null} */
    this.held = null;
    /** @type {Box} */
    this.free = { x: 0, y: 0, width: 1, height: 1 };
    /** @type {Box} */
    this.bounds = { x: 0, y: 0, width: 1, height: 1 };
    /** Side of an image's square in the unit of the layout. */
    this.size = 0.1;
    /** Whether the whole is shown and should be after the window changes. */
    this.home = true;
    this.calm = false;
    this.relief = new Relief();
    /** @type {{flight: Flight, start: number} | null} */
    this.flying = null;
    /** @type {{px: number, py: number, scale: number} | null} */
    this.zooming = null;
    /** @type {{vx: number, vy: number} | null} CSS pixels a ms */
    this.thrown = null;
    /** @type {{from: Box, to: Box, start: number} | null} */
    this.making = null;
    this.last = 0;
  }

  /** @returns {Limits} */
  get limits() {
    const aim = this.aimFree;
    const whole = fit(this.bounds, aim).scale;
    const most = Math.max(whole, (Math.min(aim.width, aim.height) * 0.9) / this.size);
    return { bounds: this.bounds, whole, most };
  }

  /** The free rectangle that will be when panels have come to rest. @returns {Box} */
  get aimFree() {
    return this.making ? this.making.to : this.free;
  }

  /** Where the camera is going, or is. @returns {Camera} */
  get aim() {
    return this.flying ? this.flying.flight.at(1) : this.camera;
  }

  /** How far in the camera is going: 1 shows the whole. @returns {number} */
  get zoom() {
    return this.aim.scale / this.limits.whole;
  }

  stop() {
    this.flying = null;
    this.zooming = null;
    this.thrown = null;
  }

  /**
   * @param {Camera} camera
   * @param {boolean} [jump] whether to be there at once
   * @param {number} [pace] how many times longer the flight takes than usual
   */
  go(camera, jump = false, pace = 1) {
    this.stop();
    this.held = null;
    this.home = false;
    const to = clampCamera(camera, this.limits);
    if (jump || this.calm) this.camera = to;
    else {
      const way = flight(this.camera, to, this.free.width);
      this.flying = { flight: { ...way, duration: way.duration * pace }, start: performance.now() };
    }
    this.changed();
  }

  /** Shows the whole. @param {boolean} [jump] */
  goHome(jump = false) {
    this.go(fit(this.bounds, this.aimFree), jump);
    this.home = true;
  }

  /**
   * Changes the rectangle that bars and panels leave.
   *
   * @param {Box} free
   * @param {boolean} [jump]
   */
  makeRoom(free, jump = false) {
    if (jump || this.calm) {
      this.free = free;
      this.making = null;
    } else {
      this.making = { from: { ...this.free }, to: free, start: performance.now() };
    }
    if (this.home) this.goHome(jump);
    this.changed();
  }

  grab() {
    this.stop();
    this.held = { ...this.camera };
  }

  /** @param {number} dx CSS pixels @param {number} dy */
  drag(dx, dy) {
    const held = this.held ?? { ...this.camera };
    this.held = { x: held.x - dx / held.scale, y: held.y - dy / held.scale, scale: held.scale };
    this.follow();
  }

  /** Drags what lies under one point to another. @param {{x: number, y: number}} from CSS pixels of the window @param {{x: number, y: number}} to */
  dragBetween(from, to) {
    const [ax, ay] = this.lie(from.x, from.y);
    const [bx, by] = this.lie(to.x, to.y);
    this.drag(bx - ax, by - ay);
  }

  /** Where a point of the window would be on the flat map. @param {number} px @param {number} py @param {import('./relief.js').Pose} [pose] @returns {[number, number]} */
  lie(px, py, pose = this.relief.pose) {
    const { free } = this;
    const [x, y] = [free.x + free.width / 2, free.y + free.height / 2];
    const [u, v] = this.relief.lie(px - x, py - y, pose);
    return [x + u, y + v];
  }

  /** Turns and tilts the landscape. @param {number} turn degrees @param {number} tilt @param {boolean} [smooth] */
  orbit(turn, tilt, smooth = false) {
    const { aim } = this.relief;
    this.relief.go({ ...aim, turn: aim.turn + turn, tilt: aim.tilt + tilt }, !smooth || this.calm, 260);
    this.changed();
  }

  /** @param {number} px @param {number} py @param {number} factor */
  pinch(px, py, factor) {
    [px, py] = this.lie(px, py);
    const held = this.held ?? { ...this.camera };
    this.held = zoomAt(held, this.free, px, py, held.scale * factor);
    this.follow();
  }

  follow() {
    if (!this.held) return;
    this.home = false;
    this.camera = softenCamera(this.held, this.limits);
    this.changed();
  }

  /** Lets go. @param {number} vx CSS pixels a ms @param {number} vy */
  release(vx, vy) {
    this.held = null;
    [vx, vy] = this.relief.turned(vx, vy);
    if (!this.calm && Math.hypot(vx, vy) > 0.15) this.thrown = { vx, vy };
    else this.settle();
    this.changed();
  }

  /**
   * Zooms smoothly under a point; further calls add to the aim.
   *
   * @param {number} px
   * @param {number} py
   * @param {number} factor
   */
  zoomBy(px, py, factor) {
    [px, py] = this.lie(px, py);
    const aim = this.zooming?.scale ?? this.camera.scale;
    const { whole, most } = this.limits;
    this.stop();
    this.held = null;
    this.home = false;
    this.zooming = { px, py, scale: clamp(aim * factor, whole * 0.6, most) };
    if (this.calm) this.camera = zoomAt(this.camera, this.free, px, py, this.zooming.scale);
    this.changed();
  }

  /** Comes back softly within the limits. */
  settle() {
    const to = clampCamera(this.camera, this.limits);
    const off = Math.hypot(to.x - this.camera.x, to.y - this.camera.y) * to.scale;
    if (off < 0.5 && Math.abs(Math.log(to.scale / this.camera.scale)) < 1e-3) return;
    if (this.calm) {
      this.camera = to;
      return;
    }
    this.flying = { flight: glide(this.camera, to), start: performance.now() };
  }

  /**
   * @param {number} now ms
   * @returns {boolean} whether the camera still moves
   */
  step(now) {
    const passed = Math.min(64, Math.max(0, now - this.last));
    this.last = now;
    if (this.making) this.stepRoom(now);
    this.relief.fit(this.free);
    this.relief.step(now);
    if (this.flying) {
      const t = (now - this.flying.start) / this.flying.flight.duration;
      this.camera = this.flying.flight.at(clamp(t, 0, 1));
      if (t >= 1) this.flying = null;
    } else if (this.zooming) {
      this.stepZoom(passed);
    } else if (this.thrown) {
      this.stepThrow(passed);
    }
    return this.moving;
  }

  get moving() {
    return Boolean(this.flying || this.zooming || this.thrown || this.making || this.held || this.relief.going);
  }

  /** @param {number} now */
  stepRoom(now) {
    if (!this.making) return;
    const { from, to, start } = this.making;
    const t = clamp((now - start) / MAKE_ROOM, 0, 1);
    this.free = between(from, to, easeOut(t));
    if (t >= 1) this.making = null;
  }

  /** @param {number} passed ms */
  stepZoom(passed) {
    if (!this.zooming) return;
    const { px, py, scale } = this.zooming;
    const left = Math.log(scale / this.camera.scale);
    const done = Math.abs(left) < 2e-3;
    const share = done ? 1 : 1 - Math.exp(-passed / ZOOM_TIME);
    this.camera = zoomAt(this.camera, this.free, px, py, this.camera.scale * Math.exp(left * share));
    if (!done) return;
    this.zooming = null;
    this.settle();
  }

  /** @param {number} passed ms */
  stepThrow(passed) {
    if (!this.thrown) return;
    const { vx, vy } = this.thrown;
    const fade = Math.exp(-passed / THROW_TIME);
    const { x, y, scale } = this.camera;
    const moved = { x: x - (vx * passed) / scale, y: y - (vy * passed) / scale, scale };
    const inside = clampCamera(moved, this.limits);
    // Beyond the edge the throw is spent three times as fast.
    const beyond = inside.x !== moved.x || inside.y !== moved.y;
    this.camera = moved;
    const slower = beyond ? fade ** 4 : fade;
    this.thrown = { vx: vx * slower, vy: vy * slower };
    if (Math.hypot(this.thrown.vx, this.thrown.vy) > 0.02) return;
    this.thrown = null;
    this.settle();
  }

  /** @param {number} px @param {number} py @returns {[number, number]} in the unit of the layout */
  world(px, py) {
    return toWorld(this.camera, this.free, ...this.lie(px, py));
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} px
   * @param {number} py
   * @param {number} scale
   * @returns {Camera} the one that shows (x, y) at (px, py), when panels have come to rest
   */
  placing(x, y, px, py, scale) {
    return placing(this.aimFree, x, y, ...this.lie(px, py, this.relief.aim), scale);
  }
}

/**
 * A short straight way back within the limits.
 *
 * @param {Camera} from
 * @param {Camera} to
 * @returns {Flight}
 */
function glide(from, to) {
  const ratio = Math.log(to.scale / from.scale);
  return {
    duration: SETTLE,
    at(t) {
      const k = easeOut(t);
      return {
        x: from.x + (to.x - from.x) * k,
        y: from.y + (to.y - from.y) * k,
        scale: from.scale * Math.exp(ratio * k),
      };
    },
  };
}

/** @param {Box} a @param {Box} b @param {number} k @returns {Box} */
function between(a, b, k) {
  return {
    x: a.x + (b.x - a.x) * k,
    y: a.y + (b.y - a.y) * k,
    width: a.width + (b.width - a.width) * k,
    height: a.height + (b.height - a.height) * k,
  };
}
