/**
 * Lets the panel come in, and its picture grow out of the image's place on the map.
 *
 * @typedef {import('../../shared/contract.js').Box} Box
 */
const TIME = 280;
const EASING = 'cubic-bezier(0.3, 0, 0.1, 1)';

/**
 * @param {Box} from on screen, in CSS pixels
 * @param {HTMLElement} panel
 * @param {HTMLImageElement | undefined} picture
 * @param {{calm: boolean, wide: boolean}} how calm: motion should be reduced; wide: the panel is
 *   beside the map
 */
export function growFrom(from, panel, picture, how) {
  if (how.calm) {
    panel.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 120 });
    return;
  }
  const to = picture?.getBoundingClientRect();
  const away = how.wide ? 'translateX(100%)' : 'translateY(100%)';
  panel.animate([{ transform: away }, { transform: 'none' }], { duration: 200, easing: EASING });
  if (!picture || !to?.width || !to.height) return;
  const flying = /** @type {HTMLImageElement} */ (picture.cloneNode());
  flying.className = 'growing';
  flying.alt = '';
  for (const [name, value] of Object.entries({ left: to.left, top: to.top, width: to.width, height: to.height })) {
    flying.style.setProperty(name, `${value}px`);
  }
  const scale = `scale(${from.width / to.width}, ${from.height / to.height})`;
  const start = `translate(${from.x - to.left}px, ${from.y - to.top}px) ${scale}`;
  document.body.append(flying);
  picture.style.visibility = 'hidden';
  const motion = flying.animate([{ transform: start }, { transform: 'none' }], { duration: TIME, easing: EASING });
  const done = () => {
    flying.remove();
    picture.style.visibility = '';
  };
  motion.finished.then(done, done);
}
