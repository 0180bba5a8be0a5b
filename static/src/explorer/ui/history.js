/**
 * Keeps the explorer's state in the address and comes back to it.
 *
 * @typedef {import('../../shared/contract.js').State} State
 */
import { fromHash, toHash } from '../../shared/address.js';

/**
 * @param {State} state
 * @param {boolean} push whether Back should come back to what was before
 */
export function write(state, push) {
  const hash = toHash(state);
  if (hash === location.hash || (!hash && !location.hash)) return;
  const url = hash || location.pathname + location.search;
  try {
    if (push) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  } catch {
    // Browsers refuse when it is done too often; the next change writes the whole state again.
  }
}

/** @param {(state: State) => void} listener called on Back, Forward and when the address is edited */
export function onReturn(listener) {
  const read = () => {
    // An address such as #main is for a place on the page, not a state.
    if (location.hash && !location.hash.includes('=')) return;
    listener(fromHash(location.hash));
  };
  addEventListener('popstate', read);
}
