/**
 * Keeps what a page shows in the address and comes back to it.
 */

/**
 * @param {string} hash
 * @param {boolean} push whether Back should come back to what was before
 */
export function write(hash, push) {
  if (hash === location.hash || (!hash && !location.hash)) return;
  const url = hash || location.pathname + location.search;
  try {
    if (push) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  } catch {
    // Browsers refuse when it is done too often; the next change writes the whole state again.
  }
}

/** @param {(hash: string) => void} listener called on Back, Forward and when the address is edited */
export function onReturn(listener) {
  const read = () => {
    // An address such as #main is for a place on the page, not a state.
    if (location.hash && !location.hash.includes('=')) return;
    listener(location.hash);
  };
  addEventListener('popstate', read);
}
