/** What rows of pictures have only where scripts run. */

export function dressRows() {
  document.querySelectorAll('.rows em').forEach(layBeside);
  document.addEventListener('mouseover', tellWhole);
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
