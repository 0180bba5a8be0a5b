/**
 * No way out: links do not open, nothing is saved, dragged or opened in another window. What the
 * browser itself offers (gestures of the system, keys of the window) is for its own kiosk mode.
 */

/** Keys with Ctrl or Cmd that a reader of the map may need. */
const KEPT = new Set(['a', 'c', 'v', 'x', 'z']);
const LEAVING = new Set(['F1', 'F3', 'F5', 'F6', 'F7', 'F11', 'F12', 'BrowserBack', 'BrowserHome', 'BrowserRefresh']);

/** @param {(link: HTMLAnchorElement) => void} refused called with a link that would have led away */
export function lock(refused) {
  for (const kind of ['contextmenu', 'dragstart', 'drop', 'dragover', 'auxclick']) addEventListener(kind, (event) => event.preventDefault(), { capture: true });
  // With a key held, parts of the explorer open pages in another window: they see a plain press.
  addEventListener('click', stopElsewhere, { capture: true });
  addEventListener('click', (event) => refuse(event, refused));
  addEventListener('submit', (event) => event.preventDefault());
  addEventListener('keydown', (event) => {
    const leaving = LEAVING.has(event.key) || (event.altKey && event.key.startsWith('Arrow'))
      || ((event.ctrlKey || event.metaKey) && !KEPT.has(event.key.toLowerCase()));
    if (leaving) event.preventDefault();
  }, { capture: true });
}

/** @param {MouseEvent} event */
function stopElsewhere(event) {
  if (!(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) || !linkOf(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {MouseEvent} event @param {(link: HTMLAnchorElement) => void} refused */
function refuse(event, refused) {
  const link = linkOf(event);
  if (!link || event.defaultPrevented) return;
  event.preventDefault();
  refused(link);
}

/** @param {Event} event @returns {HTMLAnchorElement | null} */
function linkOf(event) {
  return event.target instanceof Element ? event.target.closest('a[href]') : null;
}
