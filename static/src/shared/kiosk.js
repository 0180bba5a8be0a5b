/** Whether a page stands in an exhibition: `?kiosk=1&idle=90`. */

const SCRIPT = 'assets/kiosk.js';
/** Seconds without a touch after which all is put back: usual, least and most. */
const IDLE = { usual: 90, least: 10, most: 3600 };

/** @param {string} search the part of an address after ? @returns {boolean} */
export function isKiosk(search) {
  return new URLSearchParams(search).get('kiosk') === '1';
}

/** @param {string} search @returns {number} seconds */
export function idleSeconds(search) {
  const asked = Number(new URLSearchParams(search).get('idle') || NaN);
  return Number.isFinite(asked) ? Math.min(IDLE.most, Math.max(IDLE.least, asked)) : IDLE.usual;
}

/** Brings what only an exhibition needs, its codes for phones among it. @param {string} root */
export function bringKiosk(root) {
  const script = document.createElement('script');
  script.src = root + SCRIPT;
  document.head.append(script);
}
