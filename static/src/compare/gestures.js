/** Dragging, pinching and turning the wheel over the stage. */

const DOUBLE = 2; // times closer at a double click
const WHEEL = 0.0016; // share of a doubling a pixel of the wheel

/**
 * @param {HTMLElement} node
 * @param {{move: (dx: number, dy: number) => void, zoom: (by: number, x: number, y: number, target: EventTarget | null) => void,
 *   hover: (event: PointerEvent | null) => void}} acts x and y in client pixels
 */
export function gestures(node, acts) {
  /** @type {Map<number, {x: number, y: number}>} */
  const down = new Map();
  node.addEventListener('pointerdown', (event) => {
    if (event.button || (event.target instanceof Element && event.target.closest('button'))) return;
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    node.setPointerCapture(event.pointerId);
    node.classList.add('dragged');
  });
  node.addEventListener('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (!before) return acts.hover(event);
    const now = { x: event.clientX, y: event.clientY };
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) pinch(acts, other, before, now, event.target);
    // Of two fingers each moves the pictures half as far as it goes itself.
    acts.move((now.x - before.x) / down.size, (now.y - before.y) / down.size);
    down.set(event.pointerId, now);
  });
  const up = (/** @type {PointerEvent} */ event) => {
    down.delete(event.pointerId);
    node.classList.toggle('dragged', down.size > 0);
  };
  node.addEventListener('pointerup', up);
  node.addEventListener('pointercancel', up);
  node.addEventListener('pointerleave', () => acts.hover(null));
  node.addEventListener('wheel', (event) => {
    event.preventDefault();
    const pixels = event.deltaMode ? event.deltaY * 20 : event.deltaY;
    acts.zoom(2 ** (-pixels * WHEEL * (event.ctrlKey ? 4 : 1)), event.clientX, event.clientY, event.target);
  }, { passive: false });
  node.addEventListener('dblclick', (event) => acts.zoom(event.shiftKey ? 1 / DOUBLE : DOUBLE, event.clientX, event.clientY, event.target));
}

/**
 * @param {Parameters<typeof gestures>[1]} acts
 * @param {{x: number, y: number}} other the finger that rests
 * @param {{x: number, y: number}} before
 * @param {{x: number, y: number}} now
 * @param {EventTarget | null} target
 */
function pinch(acts, other, before, now, target) {
  const [from, to] = [before, now].map(({ x, y }) => Math.hypot(x - other.x, y - other.y));
  if (from > 8) acts.zoom(to / from, (other.x + now.x) / 2, (other.y + now.y) / 2, target);
}
