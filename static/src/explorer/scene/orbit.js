/**
 * Turning and tilting the landscape: with the right button, with Alt, by two turning fingers, by
 * keys and by buttons.
 *
 * @typedef {import('./stage.js').Stage} Stage
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { toolButton } from '../ui/button.js';

/** Degrees a CSS pixel. */
const PACE = 0.3;
/** Degrees of a key or a button. */
const TURN = 15;
const TILT = 8;

/** What keys turn and tilt by. @type {Record<string, [number, number]>} */
const KEYS = { q: [TURN, 0], e: [-TURN, 0], PageUp: [0, -TILT], PageDown: [0, TILT] };

/** @param {Stage} stage @param {string} key @returns {boolean} whether the key is one of them */
export function orbitByKey(stage, key) {
  const step = KEYS[key.length === 1 ? key.toLowerCase() : key];
  if (!step || stage.rig.relief.aim.rise === 0) return false;
  stage.rig.orbit(...step, true);
  return true;
}

/** @param {Stage} stage @param {HTMLElement} map @returns {HTMLElement} the buttons, shown while there is something to turn */
export function orbiting(stage, map) {
  const { rig } = stage;
  let held = -1;
  let [x, y] = [0, 0];
  // Before anything else hears of it: this is no drag of the map.
  map.addEventListener('pointerdown', (event) => {
    const wanted = event.button === 2 || (event.button === 0 && event.altKey && !event.shiftKey);
    if (!wanted || rig.relief.flat) return;
    event.stopImmediatePropagation();
    held = event.pointerId;
    [x, y] = [event.clientX, event.clientY];
    map.setPointerCapture(held);
    map.classList.add('dragging');
  }, true);
  map.addEventListener('pointermove', (event) => {
    if (event.pointerId !== held) return;
    event.stopImmediatePropagation();
    rig.orbit((event.clientX - x) * -PACE, (event.clientY - y) * -PACE);
    [x, y] = [event.clientX, event.clientY];
  }, true);
  const end = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== held) return;
    event.stopImmediatePropagation();
    held = -1;
    map.classList.remove('dragging');
  };
  map.addEventListener('pointerup', end, true);
  map.addEventListener('pointercancel', end, true);
  map.addEventListener('contextmenu', (event) => rig.relief.flat || event.preventDefault());
  return buttons(stage);
}

/** @param {Stage} stage */
function buttons(stage) {
  const { rig } = stage;
  const turn = (/** @type {string} */ words, /** @type {import('../../shared/icons.js').IconName} */ name, /** @type {[number, number]} */ step) =>
    toolButton(words, name, () => rig.orbit(...step, true), { data: { orbit: words } });
  const node = h('div', { class: 'zoom orbit', role: 'group', 'aria-label': t('orbit.group'), hidden: true, data: { orbitButtons: '' } },
    turn('orbit.left', 'turnLeft', KEYS.q), turn('orbit.right', 'turned', KEYS.e),
    turn('orbit.higher', 'chevronUp', KEYS.PageUp), turn('orbit.lower', 'chevronDown', KEYS.PageDown));
  stage.listeners.add(() => {
    const hidden = rig.relief.aim.rise === 0;
    if (node.hidden !== hidden) node.hidden = hidden;
  });
  return node;
}
