/** Left and right arrow keys go to the page before and after. */

const FIELDS = 'input, textarea, select, [contenteditable]';

export function turningKeys() {
  document.addEventListener('keydown', (event) => {
    const rel = relation(event);
    const link = rel && document.querySelector(`link[rel="${rel}"]`);
    if (link instanceof HTMLLinkElement) location.assign(link.href);
  });
}

/**
 * @param {KeyboardEvent} event
 * @returns {'prev' | 'next' | ''} where the key leads; in a field, or with a modifier, nowhere
 */
function relation(event) {
  const target = event.target instanceof Element ? event.target : null;
  const taken = event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey;
  if (taken || event.shiftKey || target?.closest(FIELDS)) return '';
  if (event.key === 'ArrowLeft') return 'prev';
  return event.key === 'ArrowRight' ? 'next' : '';
}
