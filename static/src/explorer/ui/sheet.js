/** The handle of the sheet: drag it up to enlarge, down to shrink or close; the button does the same. */
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { t } from '../../shared/strings.js';

/** How far the handle must be dragged, in CSS pixels. */
const FAR = 36;

/** @param {() => void} close */
export function makeSheet(close) {
  /** @type {HTMLElement | null} */
  let panel = null;
  let startY = 0;
  const handle = h('div', { class: 'sheet-handle', 'aria-hidden': 'true' });
  const button = h('button', { class: 'tool sheet-button', type: 'button', data: { sheet: '' } });

  /** @param {boolean} large */
  const setLarge = (large) => {
    panel?.classList.toggle('large', large);
    const words = t(large ? 'panel.smaller' : 'panel.larger');
    button.setAttribute('aria-label', words);
    button.title = words;
    fill(button, icon(large ? 'chevronDown' : 'chevronUp'));
  };
  const isLarge = () => Boolean(panel?.classList.contains('large'));

  button.addEventListener('click', () => setLarge(!isLarge()));
  handle.addEventListener('pointerdown', (event) => {
    startY = event.clientY;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointermove', (event) => {
    if (!handle.hasPointerCapture(event.pointerId) || !panel) return;
    const by = event.clientY - startY;
    panel.style.transform = `translateY(${isLarge() ? Math.max(0, by) : Math.max(-40, by)}px)`;
  });
  handle.addEventListener('pointerup', (event) => {
    const by = event.clientY - startY;
    if (panel) panel.style.transform = '';
    if (by < -FAR) setLarge(true);
    else if (by > FAR && isLarge() && by < innerHeight * 0.5) setLarge(false);
    else if (by > FAR) close();
    else if (Math.abs(by) < 5) setLarge(!isLarge());
  });
  setLarge(false);
  return {
    handle,
    button,
    reset: () => setLarge(false),
    /** @param {HTMLElement} node */
    attach: (node) => {
      panel = node;
    },
  };
}
