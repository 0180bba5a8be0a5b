/** How much memory atlas pages may take on the graphics card. */
import { PAGE_BYTES } from './atlas-info.js';

/** Pages that a million pixels can need at once: cells are at most four times too wide, less what no window is filled with. */
const PAGES_A_MEGAPIXEL = 15;
const MOST = 256 * 2 ** 20;
/** On phones, whose memory is the browser's, too. */
const MOST_ON_SMALL = 64 * 2 ** 20;

/**
 * @param {{width: number, height: number, ratio: number, touch: boolean}} device its screen in CSS
 *   pixels, device pixels to each, and whether it is touched
 * @returns {number} bytes: what the whole screen can need, within the limit of such devices
 */
export function textureBudget({ width, height, ratio, touch }) {
  const pages = Math.ceil((PAGES_A_MEGAPIXEL * width * height * ratio ** 2) / 2 ** 20);
  const small = touch || Math.min(width, height) < 600;
  const most = small ? MOST_ON_SMALL : MOST;
  return Math.min(most - PAGE_BYTES, Math.max(PAGES_A_MEGAPIXEL, pages) * PAGE_BYTES);
}

/** @returns {number} bytes for this device */
export function ownBudget() {
  const { width, height } = screen;
  return textureBudget({ width, height, ratio: Math.min(devicePixelRatio || 1, 2.5), touch: matchMedia('(pointer: coarse)').matches });
}
