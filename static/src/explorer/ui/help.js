/** What keys and gestures do. */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { toolButton } from './button.js';

/** @type {[string[], string][]} */
const KEYS = [
  [['← ↑ → ↓'], 'Move the map, or go to the next image in that direction'],
  [['Enter'], 'Begin at the middle; open the image'],
  [['+', '−', '0'], 'Zoom in, zoom out, show the whole'],
  [['1', '2', '3'], 'Layouts'],
  [['/'], 'Search'],
  [['F'], 'Filters'],
  [['S'], 'Selection'],
  [['L', 'R'], 'Select with a lasso, with a rectangle'],
  [['X'], 'Select this image, or let it go'],
  [['O'], 'Ways of looking'],
  [['W', 'N'], 'Wander from relative to relative; the next one'],
  [['U'], 'Something unexpected'],
  [[',', '.'], 'Fewer or more lines between relatives'],
  [['Q', 'E', 'Page ↑↓'], 'Turn and tilt the landscape'],
  [['H'], 'Put the controls away, and back'],
  [['Esc'], 'Close what is open, one thing at a time'],
  [['?'], 'This help'],
];

/** Where there is more than one view. @type {[string[], string][]} */
const VIEWS_KEYS = [[['V', '[', ']'], 'The next view, the one before'], [['C'], 'Two views side by side']];

/** @type {[string, string][]} */
const HANDS = [
  ['Drag', 'Move the map'],
  ['Wheel or pinch', 'Zoom where you point'],
  ['Click or tap', 'Open an image with its nearest relatives'],
  ['Shift and drag', 'Select with a rectangle; with Alt too, a lasso'],
  ['Shift and click, or rest a finger', 'Select an image, or let it go'],
  ['Right button, or Alt, and drag', 'Turn and tilt the landscape'],
  ['Double click or tap', 'Zoom in; with Shift, out'],
  ['Ctrl and click', 'Open its page in a new tab, once it is large'],
];

export class Help {
  /**
   * @param {{href: string, words: string}[]} links to the other pages of the site
   * @param {boolean} views whether there is more than one
   */
  constructor(links, views) {
    const keys = views ? [...KEYS.slice(0, 4), ...VIEWS_KEYS, ...KEYS.slice(4)] : KEYS;
    const rows = (/** @type {(Node | string)[]} */ left, /** @type {string} */ right) => [h('dt', {}, left), h('dd', {}, right)];
    this.node = h(
      'section',
      { class: 'help', id: 'help', 'aria-label': t('help.title'), hidden: true, tabindex: '-1', data: { help: '' } },
      h('div', { class: 'drawer-top' }, h('h2', {}, t('help.title')), toolButton('help.close', 'close', () => this.setOpen(false), { data: { helpClose: '' } })),
      h('p', {}, 'Every image of the catalogue is on this map. What looks alike lies together. Click an image to see its nearest relatives, and walk from one to the next.'),
      h('nav', { class: 'help-links' }, links.map((link) => h('a', { href: link.href }, link.words))),
      h('dl', { class: 'keys hands' }, HANDS.flatMap(([hand, what]) => rows([hand], what))),
      h('dl', { class: 'keys' }, keys.flatMap(([names, what]) => rows(names.map((key) => h('kbd', {}, key)), what))),
    );
    this.button = toolButton('help.open', 'help', () => this.setOpen(Boolean(this.node.hidden)), { 'aria-expanded': 'false', 'aria-controls': 'help', data: { helpOpen: '' } });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** @param {boolean} open */
  setOpen(open) {
    this.node.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (open) this.node.focus({ preventScroll: true });
    else this.button.focus({ preventScroll: true });
  }
}
