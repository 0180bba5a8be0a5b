/**
 * How fast frames come. A device that cannot keep up is given plainer frames while things move, and
 * a full one when they rest.
 */

/** Mean time between frames from which a device is slow, in ms, and up to which it is quick again. */
const SLOW = 26;
const QUICK = 18;
/** Longer is a pause, not a frame. */
const PAUSE = 1000;

export class Pace {
  constructor() {
    this.slow = false;
    this.mean = QUICK;
    this.last = -Infinity;
  }

  /** Notes a frame. @param {number} now ms */
  beat(now) {
    const passed = now - this.last;
    this.last = now;
    if (passed <= 0 || passed > PAUSE) return;
    this.mean += (passed - this.mean) * 0.2;
    if (this.mean > SLOW) this.slow = true;
    else if (this.mean < QUICK) this.slow = false;
  }
}
