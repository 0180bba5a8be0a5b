/**
 * Finds an image by words of its title, its source or its id.
 *
 * @typedef {import('./app.js').App} App
 * @typedef {import('../shared/contract.js').Catalogue} Catalogue
 */
import { fill, h } from '../shared/dom.js';
import { fold, words } from '../shared/fold.js';
import { thumbFile } from '../shared/links.js';
import { t } from './words.js';

const LISTED = 24;

/**
 * @param {string[]} texts folded, by row
 * @param {string} query
 * @returns {number[]} rows whose text has a word beginning with each word of the query
 */
export function matching(texts, query) {
  const asked = words(query);
  const begins = asked.map((word) => ` ${word}`);
  return texts.flatMap((text, row) => (asked.length && begins.every((word) => text.includes(word)) ? [row] : []));
}

/** @param {Catalogue} catalogue @returns {string[]} what is searched, by row */
export function searched({ ids, titles, sources }) {
  return ids.map((id, row) => ` ${words(`${titles[row]} ${sources[row]} ${id}`).join(' ')} ${fold(id)}`);
}

export class Picker {
  /** @param {App} app @param {'a' | 'b'} side @param {() => void} close */
  constructor(app, side, close) {
    this.app = app;
    this.side = side;
    this.close = close;
    /** @type {string[] | null} */
    this.texts = null;
    const words = t('over.pick', { name: side.toUpperCase() });
    this.input = h('input', { type: 'search', class: 'over-search', 'aria-label': words, placeholder: t('over.find'), autocomplete: 'off', spellcheck: 'false', dir: 'auto', data: { find: side } });
    this.input.addEventListener('input', () => this.write());
    this.said = h('p', { class: 'legend', 'aria-live': 'polite' });
    this.list = h('ol', { class: 'over-results' });
    this.node = h('div', { class: 'over-picker', role: 'group', 'aria-label': words, hidden: true }, this.input, this.said, this.list);
    this.node.addEventListener('keydown', (event) => this.key(event));
  }

  /** @param {boolean} open @param {boolean} focus */
  setOpen(open, focus) {
    this.node.hidden = !open;
    if (open) this.write();
    if (open && focus) this.input.focus();
  }

  write() {
    this.texts ??= searched(this.app.catalogue);
    const query = this.input.value;
    const rows = matching(this.texts, query);
    const shown = query.trim() ? rows.slice(0, LISTED) : [];
    this.said.textContent = !query.trim() ? '' : !rows.length ? t('over.found.none') : rows.length > LISTED ? t('over.found', { n: LISTED }) : '';
    fill(this.list, shown.map((row) => this.entry(row)));
  }

  /** @param {number} row */
  entry(row) {
    const { app, side } = this;
    const { ids, titles, sources } = app.catalogue;
    const pick = () => {
      this.input.value = '';
      this.close();
      app.act({ type: 'pick', side, id: ids[row] }, true);
    };
    return h('li', {}, h('button', { class: 'over-result', type: 'button', data: { id: ids[row] }, on: { click: pick } },
      h('img', { src: thumbFile(app.root, ids[row]), alt: '', loading: 'lazy', width: 44, height: 44 }),
      h('span', {}, h('bdi', {}, titles[row]), sources[row] && h('bdi', { class: 'origin' }, sources[row]))));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const entries = [...this.list.querySelectorAll('button')];
    const at = entries.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (event.key === 'Escape') this.close();
    else if (event.key === 'ArrowDown') entries[Math.min(at + 1, entries.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (at > 0 ? entries[at - 1] : this.input).focus();
    else if (event.key === 'Enter' && event.target === this.input) entries[0]?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
