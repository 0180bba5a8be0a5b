/**
 * How long nobody has touched anything. Time is read from a clock each second, not counted in
 * timeouts: a device that slept does not wake in the middle of somebody's visit.
 *
 * @typedef {'used' | 'asked' | 'left'} Phase someone is there; someone is asked; nobody is there
 */

/** Seconds for which a visitor is asked before all is put back. */
const ASKED = 10;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'input'];

/**
 * @param {number} quiet seconds since the last touch
 * @param {number} idle seconds after which all is put back
 * @returns {Phase}
 */
export function phase(quiet, idle) {
  if (quiet >= idle) return 'left';
  return quiet >= idle - Math.min(ASKED, idle / 3) ? 'asked' : 'used';
}

export class Idle {
  /** @param {number} seconds @param {(phase: Phase) => void} changed */
  constructor(seconds, changed) {
    this.seconds = seconds;
    this.changed = changed;
    /** @type {Phase} */
    this.phase = 'used';
    this.touched = Date.now();
    for (const kind of TOUCHES) addEventListener(kind, this.touch, { capture: true, passive: true });
  }

  /** @param {Event} event */
  touch = (event) => {
    // Browsers tell of a mouse that rests when the page moves under it.
    if (event instanceof PointerEvent && event.type === 'pointermove' && !event.movementX && !event.movementY) return;
    this.touched = Date.now();
    if (this.phase === 'asked') this.look();
  };

  /** Someone is there again. */
  begin() {
    this.touched = Date.now();
    this.phase = 'used';
  }

  /** To be called each second. Who has left stays away until `begin`. */
  look() {
    if (this.phase === 'left') return;
    const now = phase((Date.now() - this.touched) / 1000, this.seconds);
    if (now === this.phase) return;
    this.phase = now;
    this.changed(now);
  }
}
