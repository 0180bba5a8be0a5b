/**
 * Turns pointers and the wheel into moves of the camera, taps and hovers.
 *
 * @typedef {import('./rig.js').Rig} Rig
 * @typedef {{
 *   tap: (x: number, y: number, touch: boolean) => void,
 *   hover: (x: number, y: number) => void,
 *   leave: () => void,
 * }} Hands what is done with taps and hovers; x and y in CSS pixels of the window
 * @typedef {Pick<Rig, 'stop' | 'grab' | 'release' | 'dragBetween' | 'pinch' | 'zoomBy'>} Moved what is moved
 * @typedef {{x: number, y: number, time: number}} Spot
 */

/** How far a pointer may stray and still tap, in CSS pixels. */
const TAP = 6;
const DOUBLE = 300;
const DOUBLE_ZOOM = 2.4;

export class Gestures {
  /**
   * @param {HTMLElement} element
   * @param {Moved} rig
   * @param {Hands} hands
   */
  constructor(element, rig, hands) {
    this.element = element;
    this.rig = rig;
    this.hands = hands;
    /** @type {Map<number, {x: number, y: number}>} */
    this.pointers = new Map();
    /** @type {Spot | null} where the first pointer went down */
    this.start = null;
    /** @type {Spot | null} */
    this.lastTap = null;
    this.dragging = false;
    /** @type {Spot[]} */
    this.trail = [];
    element.addEventListener('pointerdown', this.down);
    element.addEventListener('pointermove', this.move);
    element.addEventListener('pointerup', this.up);
    element.addEventListener('pointercancel', this.cancel);
    element.addEventListener('pointerleave', () => hands.leave());
    element.addEventListener('wheel', this.wheel, { passive: false });
    element.addEventListener('dragstart', (event) => event.preventDefault());
    element.addEventListener('click', this.click);
  }

  /** @param {PointerEvent} event */
  down = (event) => {
    if (event.button !== 0 || opensElsewhere(event)) return;
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const here = { x: event.clientX, y: event.clientY, time: event.timeStamp };
    if (this.pointers.size === 1) {
      this.start = here;
      this.trail = [here];
      this.rig.stop();
    } else {
      this.begin();
      this.start = null;
    }
  };

  begin() {
    this.dragging = true;
    this.rig.grab();
    this.hands.leave();
    this.element.classList.add('dragging');
    for (const id of this.pointers.keys()) this.element.setPointerCapture(id);
  }

  /** @param {PointerEvent} event */
  move = (event) => {
    const pointer = this.pointers.get(event.pointerId);
    if (!pointer) {
      if (event.pointerType === 'mouse') this.hands.hover(event.clientX, event.clientY);
      return;
    }
    const { start } = this;
    if (!this.dragging && start) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < TAP) return;
      this.begin();
    }
    const before = spread([...this.pointers.values()]);
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    const after = spread([...this.pointers.values()]);
    this.rig.dragBetween(before, after);
    if (before.span > 0) this.rig.pinch(after.x, after.y, after.span / before.span);
    this.trail.push({ x: after.x, y: after.y, time: event.timeStamp });
    if (this.trail.length > 6) this.trail.shift();
  };

  /** @param {PointerEvent} event */
  up = (event) => {
    if (!this.pointers.delete(event.pointerId)) return;
    if (this.pointers.size) {
      this.trail = [];
      return;
    }
    this.element.classList.remove('dragging');
    if (this.dragging) {
      this.dragging = false;
      const [vx, vy] = speed(this.trail, event.timeStamp);
      this.rig.release(vx, vy);
    } else if (this.start) {
      this.rig.release(0, 0);
      this.tap(event);
    }
    this.start = null;
  };

  /** @param {PointerEvent} event */
  cancel = (event) => {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size) return;
    this.dragging = false;
    this.start = null;
    this.element.classList.remove('dragging');
    this.rig.release(0, 0);
  };

  /** @param {PointerEvent} event */
  tap(event) {
    const { clientX: x, clientY: y, timeStamp: time } = event;
    const last = this.lastTap;
    const double = last && time - last.time < DOUBLE && Math.hypot(x - last.x, y - last.y) < 24;
    this.lastTap = double ? null : { x, y, time };
    if (double) this.rig.zoomBy(x, y, event.shiftKey ? 1 / DOUBLE_ZOOM : DOUBLE_ZOOM);
    else this.hands.tap(x, y, event.pointerType !== 'mouse');
  }

  /** @param {WheelEvent} event */
  wheel = (event) => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 32 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
    // A pinch on a trackpad comes as a wheel with ctrl and small steps.
    const pace = event.ctrlKey ? 0.01 : 0.0022;
    const turn = Math.max(-240, Math.min(240, event.deltaY * unit));
    this.rig.zoomBy(event.clientX, event.clientY, Math.exp(-turn * pace));
  };

  /**
   * A plain click on a picture's link opens the panel instead; with a modifier key it is a link.
   *
   * @param {MouseEvent} event
   */
  click = (event) => {
    const link = event.target instanceof Element && event.target.closest('a[data-row]');
    if (link && !opensElsewhere(event)) event.preventDefault();
  };
}

/** @param {MouseEvent} event */
function opensElsewhere(event) {
  return event.ctrlKey || event.metaKey || event.button > 0;
}

/** @param {{x: number, y: number}[]} points @returns {{x: number, y: number, span: number}} */
function spread(points) {
  if (points.length < 2) return { x: points[0].x, y: points[0].y, span: 0 };
  const [a, b] = points;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, span: Math.hypot(a.x - b.x, a.y - b.y) };
}

/** @param {Spot[]} trail @param {number} now @returns {[number, number]} CSS pixels a ms */
function speed(trail, now) {
  const recent = trail.filter((spot) => now - spot.time < 90);
  if (recent.length < 2) return [0, 0];
  const [first, last] = [recent[0], recent[recent.length - 1]];
  const passed = Math.max(8, last.time - first.time);
  return [(last.x - first.x) / passed, (last.y - first.y) / passed];
}
