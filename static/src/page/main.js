/**
 * The script of the plain pages. It stands in the head, so that a chosen ground is there before
 * the first paint; all else waits for the document. Without it every page still works.
 */
import { currentTheme, onTheme, restoreTheme, toggleTheme } from '../shared/theme.js';
import { copyButtons } from './copy.js';
import { dressRows } from './rows.js';
import { turningKeys } from './turn.js';
import { switchViews } from './views.js';
import { zoomPictures } from './zoom.js';
import { WORDS } from '../shared/page-strings.js';
import moon from 'lucide-static/icons/moon.svg';
import sun from 'lucide-static/icons/sun.svg';

const { classList } = document.documentElement;
restoreTheme();
classList.add('choosing');
document.addEventListener('DOMContentLoaded', () => {
  switchViews();
  classList.remove('choosing');
  dressRows();
  document.querySelectorAll('button[data-theme-toggle]').forEach(themeButton);
  copyButtons();
  turningKeys();
  zoomPictures();
});

/** @param {Element} element a button that changes the ground */
function themeButton(element) {
  const button = /** @type {HTMLButtonElement} */ (element);
  const show = () => {
    const dark = currentTheme() === 'dark';
    const words = dark ? WORDS.paper : WORDS.night;
    const parsed = new DOMParser().parseFromString(dark ? sun : moon, 'image/svg+xml');
    const picture = document.importNode(parsed.documentElement, true);
    picture.setAttribute('class', 'icon');
    picture.setAttribute('aria-hidden', 'true');
    button.replaceChildren(picture);
    button.setAttribute('aria-label', words);
    button.title = words;
  };
  button.hidden = false;
  button.addEventListener('click', toggleTheme);
  onTheme(show);
  show();
}
