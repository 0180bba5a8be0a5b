/** Icons from Lucide (ISC licence), inlined so that they work from file://. */
import box from 'lucide-static/icons/square-dashed.svg';
import chevronDown from 'lucide-static/icons/chevron-down.svg';
import chevronLeft from 'lucide-static/icons/chevron-left.svg';
import chevronRight from 'lucide-static/icons/chevron-right.svg';
import chevronUp from 'lucide-static/icons/chevron-up.svg';
import close from 'lucide-static/icons/x.svg';
import compass from 'lucide-static/icons/compass.svg';
import filters from 'lucide-static/icons/sliders-horizontal.svg';
import help from 'lucide-static/icons/circle-question-mark.svg';
import lasso from 'lucide-static/icons/lasso.svg';
import less from 'lucide-static/icons/thumbs-down.svg';
import list from 'lucide-static/icons/list.svg';
import locate from 'lucide-static/icons/scan-search.svg';
import mirrored from 'lucide-static/icons/flip-horizontal-2.svg';
import minus from 'lucide-static/icons/minus.svg';
import more from 'lucide-static/icons/thumbs-up.svg';
import moon from 'lucide-static/icons/moon.svg';
import mutual from 'lucide-static/icons/arrow-left-right.svg';
import open from 'lucide-static/icons/arrow-up-right.svg';
import pause from 'lucide-static/icons/pause.svg';
import pick from 'lucide-static/icons/square-mouse-pointer.svg';
import plus from 'lucide-static/icons/plus.svg';
import search from 'lucide-static/icons/search.svg';
import sun from 'lucide-static/icons/sun.svg';
import turnLeft from 'lucide-static/icons/rotate-ccw.svg';
import turned from 'lucide-static/icons/rotate-cw.svg';
import whole from 'lucide-static/icons/maximize.svg';

const SOURCES = {
  box, compass, lasso, pause, turnLeft, less, more, pick,
  chevronDown, chevronLeft, chevronRight, chevronUp, close, filters, help, list, locate, minus,
  mirrored, moon, mutual, open, plus, search, sun, turned, whole,
};

/** @typedef {keyof typeof SOURCES} IconName */

/**
 * @param {IconName} name
 * @returns {SVGElement} a new icon, hidden from screen readers: its button or link has the words
 */
export function icon(name) {
  const parsed = new DOMParser().parseFromString(SOURCES[name], 'image/svg+xml');
  const node = /** @type {SVGElement} */ (/** @type {unknown} */ (document.importNode(parsed.documentElement, true)));
  node.setAttribute('class', 'icon');
  node.setAttribute('aria-hidden', 'true');
  node.setAttribute('stroke-width', '1.5');
  return node;
}
