/**
 * Buttons for what wheel and pinch do.
 *
 * @typedef {import('../scene/rig.js').Rig} Rig
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { toolButton } from './button.js';

const STEP = 1.6;

/** @param {Rig} rig @returns {HTMLElement} */
export function zoomButtons(rig) {
  return h(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': t('zoom') },
    toolButton('zoom.in', 'plus', () => zoomMiddle(rig, STEP), { data: { zoom: 'in' } }),
    toolButton('zoom.out', 'minus', () => zoomMiddle(rig, 1 / STEP), { data: { zoom: 'out' } }),
    toolButton('zoom.whole', 'whole', () => rig.goHome(), { data: { zoom: 'whole' } }),
  );
}

/** Zooms about the middle of what is free. @param {Rig} rig @param {number} factor */
export function zoomMiddle(rig, factor) {
  const { x, y, width, height } = rig.free;
  rig.zoomBy(x + width / 2, y + height / 2, factor);
}
