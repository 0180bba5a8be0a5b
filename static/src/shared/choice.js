/**
 * Which view and which list of relatives a reader looked at last, kept so that the next page, and
 * the explorer, show the same.
 *
 * @typedef {'all' | 'others'} Scope
 */

const VIEW = 'volvelle-view';
const SCOPE = 'volvelle-scope';

/** @returns {{view: string, scope: Scope}} what was kept; "" and all where nothing was */
export function keptChoice() {
  try {
    const scope = localStorage.getItem(SCOPE) === 'others' ? 'others' : 'all';
    return { view: localStorage.getItem(VIEW) ?? '', scope };
  } catch {
    // Storage may be refused (private windows, file:// in some browsers): then nothing is kept.
    return { view: '', scope: 'all' };
  }
}

/** @param {{view?: string, scope?: Scope}} choice the parts that changed */
export function keepChoice({ view, scope }) {
  try {
    if (view !== undefined) localStorage.setItem(VIEW, view);
    if (scope !== undefined) localStorage.setItem(SCOPE, scope);
  } catch {
    // As above.
  }
}
