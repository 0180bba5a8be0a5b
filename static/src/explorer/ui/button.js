/** Buttons of the interface. */
import { h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { t } from '../../shared/strings.js';

/**
 * A button with an icon; its words are its label and its title.
 *
 * @param {string} words key of the words
 * @param {import('../../shared/icons.js').IconName} name of the icon
 * @param {() => void} act
 * @param {import('../../shared/dom.js').Properties} [more]
 * @returns {HTMLButtonElement}
 */
export function toolButton(words, name, act, more = {}) {
  return h(
    'button',
    { class: 'tool', type: 'button', 'aria-label': t(words), title: t(words), on: { click: act }, ...more },
    icon(name),
  );
}
