/** What rows of pictures have only where scripts run. */
import { comparePage } from '../shared/links.js';
import { WORDS } from '../shared/page-strings.js';

export function dressRows() {
  document.querySelectorAll('.rows em').forEach(layBeside);
  document.querySelectorAll('.kin[data-of] .rows > li > a').forEach(layOver);
  document.addEventListener('mouseover', tellWhole);
}

/**
 * A way to lay a relative over the image. That page needs scripts too, so the link is made by one.
 *
 * @param {Element} link to the relative's page, `../<id>/index.html`
 */
function layOver(link) {
  const kin = /** @type {HTMLElement} */ (link.closest('.kin'));
  const other = (link.getAttribute('href') ?? '').split('/').at(-2);
  const over = document.createElement('a');
  over.className = 'lay-over';
  over.href = comparePage(document.documentElement.dataset.root ?? './', kin.dataset.of ?? '', other ?? '');
  over.textContent = WORDS.over;
  const name = link.querySelector('bdi')?.textContent ?? '';
  over.setAttribute('aria-label', `${WORDS.over}: ${name}`);
  link.after(over);
}

/**
 * Shows a relative that lies turned once more, small, as the image lies; the style sheet turns it.
 *
 * @param {Element} words that say how it lies
 */
function layBeside(words) {
  const picture = words.closest('a')?.querySelector('picture img');
  if (!(picture instanceof HTMLImageElement)) return;
  const small = new Image();
  small.loading = 'lazy';
  small.alt = '';
  small.src = picture.src;
  words.prepend(small);
}

/** A title that was cut is told whole where a pointer rests. @param {Event} event */
function tellWhole(event) {
  const link = event.target instanceof Element ? event.target.closest('.rows a, .cells a') : null;
  const name = link?.querySelector('bdi');
  if (!(link instanceof HTMLElement) || !name) return;
  link.title = name.scrollHeight > name.clientHeight + 1 ? (name.textContent ?? '') : '';
}
