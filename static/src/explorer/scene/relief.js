/**
 * The camera of the landscape: how a flat map that stands under a tilted eye comes to the screen,
 * and back. The eye turns round the middle of the free rectangle; with no tilt and nothing risen
 * all is as on the flat map, so passages between the two are passages of three numbers. No DOM in
 * here; the shaders do the same arithmetic.
 *
 * @typedef {{turn: number, tilt: number, rise: number}} Pose turn against the clock and tilt in
 *   degrees, rise of the heights 0-1
 * @typedef {[number, number, number]} Stood x and y beside the middle of the free rectangle in CSS
 *   pixels, and how much larger things are there than on the flat map; 0 behind the eye
 */
import { easeInOut } from './flight.js';

export const MOST_TILT = 75;
/** How the landscape is seen at first. @type {Pose} */
export const FIRST = { turn: 0, tilt: 52, rise: 1 };
/** @type {Pose} */
export const FLAT = { turn: 0, tilt: 0, rise: 0 };
/** Nearer to the eye than this share of its distance nothing is shown. */
export const NEAREST = 0.3;
/** Distance of the eye, in sides of the free rectangle. */
const AWAY = 1.3;
const TIME = 900;
const RADIANS = Math.PI / 180;

export class Relief {
  constructor() {
    /** @type {Pose} */
    this.pose = FLAT;
    /** @type {{from: Pose, to: Pose, start: number, time: number} | null} */
    this.going = null;
    /** Height of the ground under the camera, in the unit of the layout. */
    this.level = 0;
    /** Distance of the eye in CSS pixels. */
    this.away = 1000;
  }

  /** Whether all is as on the flat map. */
  get flat() {
    return isFlat(this.pose);
  }

  /** Where the pose is going, or is. @returns {Pose} */
  get aim() {
    return this.going ? this.going.to : this.pose;
  }

  /** @param {Pose} pose @param {boolean} jump @param {number} [time] ms */
  go(pose, jump, time = TIME) {
    const to = { ...pose, tilt: Math.max(0, Math.min(MOST_TILT, pose.tilt)) };
    if (jump) {
      this.pose = to;
      this.going = null;
    } else {
      // The shorter way round.
      const turns = Math.round((this.pose.turn - to.turn) / 360);
      this.going = { from: { ...this.pose, turn: this.pose.turn - turns * 360 }, to, start: performance.now(), time };
    }
  }

  /** @param {number} now ms @returns {boolean} whether it still moves */
  step(now) {
    if (!this.going) return false;
    const { from, to, start, time } = this.going;
    const t = Math.max(0, Math.min(1, (now - start) / time));
    this.pose = t >= 1 ? to : between(from, to, easeInOut(t));
    if (t >= 1) this.going = null;
    return t < 1;
  }

  /** @param {import('../../shared/contract.js').Box} free */
  fit(free) {
    this.away = AWAY * Math.max(free.width, free.height);
  }

  /**
   * @param {number} u beside the middle of the free rectangle on the flat map, CSS pixels
   * @param {number} v
   * @param {number} height above the ground under the camera, CSS pixels
   * @param {Pose} [pose]
   * @returns {Stood}
   */
  stand(u, v, height, pose = this.pose) {
    if (isFlat(pose)) return [u, v, 1];
    const { cosTurn, sinTurn, cosTilt, sinTilt } = angles(pose);
    const x = u * cosTurn - v * sinTurn;
    const y = u * sinTurn + v * cosTurn;
    const far = this.away - y * sinTilt - height * pose.rise * cosTilt;
    if (far < NEAREST * this.away) return [0, 0, 0];
    const scale = this.away / far;
    return [x * scale, (y * cosTilt - height * pose.rise * sinTilt) * scale, scale];
  }

  /**
   * Where the ground under the camera's height is met by a point of the screen; the sky is taken
   * for the horizon's last stretch.
   *
   * @param {number} sx beside the middle of the free rectangle, CSS pixels
   * @param {number} sy
   * @param {Pose} [pose]
   * @returns {[number, number]} on the flat map
   */
  lie(sx, sy, pose = this.pose) {
    if (isFlat(pose)) return [sx, sy];
    const { cosTurn, sinTurn, cosTilt, sinTilt } = angles(pose);
    const y = (sy * this.away) / Math.max(this.away * cosTilt + sy * sinTilt, 0.12 * this.away);
    const x = (sx * (this.away - y * sinTilt)) / this.away;
    return [x * cosTurn + y * sinTurn, y * cosTurn - x * sinTurn];
  }

  /**
   * What the shaders need to know.
   *
   * @param {import('../../shared/contract.js').Box} free
   * @param {number} ratio device pixels a CSS pixel
   * @returns {{turn: number[], eye: number[], level: number}}
   */
  frame(free, ratio) {
    const { cosTurn, sinTurn, cosTilt, sinTilt } = angles(this.pose);
    const away = this.flat ? 0 : this.away;
    return {
      turn: [cosTurn, sinTurn, cosTilt, sinTilt],
      eye: [(free.x + free.width / 2) * ratio, (free.y + free.height / 2) * ratio, away * ratio, this.pose.rise],
      level: this.level,
    };
  }

  /** A direction of the screen as one of the flat map. @param {number} dx @param {number} dy @returns {[number, number]} */
  turned(dx, dy) {
    const { cosTurn, sinTurn } = angles(this.pose);
    return [dx * cosTurn + dy * sinTurn, dy * cosTurn - dx * sinTurn];
  }
}

/** @param {Pose} pose */
export function angles({ turn, tilt }) {
  const [a, b] = [turn * RADIANS, tilt * RADIANS];
  return { cosTurn: Math.cos(a), sinTurn: Math.sin(a), cosTilt: Math.cos(b), sinTilt: Math.sin(b) };
}

/** @param {Pose} pose */
function isFlat({ turn, tilt, rise }) {
  return turn === 0 && tilt === 0 && rise === 0;
}

/** @param {Pose} a @param {Pose} b @param {number} k @returns {Pose} */
function between(a, b, k) {
  const mix = (/** @type {number} */ from, /** @type {number} */ to) => from + (to - from) * k;
  return { turn: mix(a.turn, b.turn), tilt: mix(a.tilt, b.tilt), rise: mix(a.rise, b.rise) };
}

/** @param {[number, number]} orbit @returns {[number, number]} turn from -180 to 179 and tilt within its limits */
export function cleanOrbit([turn, tilt]) {
  return [((((Math.round(turn) + 180) % 360) + 360) % 360) - 180, Math.max(0, Math.min(MOST_TILT, Math.round(tilt)))];
}
