/** Paper or night: follows the system until a reader chooses, and remembers the choice. */

const KEY = 'volvelle-theme';

/** @returns {'light' | 'dark'} the theme that is shown now */
export function currentTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Applies what was chosen on an earlier visit. */
export function restoreTheme() {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
  } catch {
    // Storage may be refused (private windows, file:// in some browsers): then nothing is kept.
  }
}

/** @returns {'light' | 'dark'} the other theme, now shown */
export function toggleTheme() {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above: the choice then lasts as long as the page.
  }
  return theme;
}

/** @param {() => void} listener called when the theme on the page changed, by choice or by the system */
export function onTheme(listener) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener);
  new MutationObserver(listener).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme'],
  });
}
