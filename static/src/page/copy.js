/** Buttons that copy a reference. They work from file:// too, where the clipboard may be closed. */
import { taken } from '../shared/clipboard.js';
import { WORDS as words } from '../shared/page-strings.js';
import copyIcon from 'lucide-static/icons/copy.svg';

const SAID_FOR = 2000; // ms that "Copied" stands

export function copyButtons() {
  for (const node of document.querySelectorAll('[data-copyable]')) {
    const source = /** @type {HTMLElement} */ (node);
    const button = buttonFor(source);
    if (source.tagName === 'DD') source.append(' ', button);
    else source.after(button);
  }
}

/**
 * @param {HTMLElement} source what is copied
 * @returns {HTMLButtonElement}
 */
function buttonFor(source) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet copy';
  const parsed = new DOMParser().parseFromString(copyIcon, 'image/svg+xml');
  const picture = document.importNode(parsed.documentElement, true);
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  const label = document.createElement('span');
  label.textContent = words.copy;
  label.setAttribute('aria-live', 'polite');
  button.append(picture, label);
  const text = (source.textContent ?? '').trim();
  button.addEventListener('click', () => copy(text, source, label));
  return button;
}

/**
 * @param {string} text
 * @param {HTMLElement} source
 * @param {HTMLElement} label
 */
async function copy(text, source, label) {
  const done = await taken(text);
  if (!done) choose(source);
  label.textContent = done ? words.copied : words.chosen;
  setTimeout(() => (label.textContent = words.copy), SAID_FOR);
}

/** Without leave to write the clipboard the text is at least chosen. @param {HTMLElement} source */
function choose(source) {
  const range = document.createRange();
  range.selectNodeContents(source);
  const button = source.querySelector('button');
  if (button) range.setEndBefore(button);
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}
