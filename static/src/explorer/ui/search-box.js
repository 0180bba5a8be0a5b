/**
 * The search box with its list of results.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { itemPage, thumbFile } from '../../shared/links.js';
import { t } from '../../shared/strings.js';
import { toolButton } from './button.js';

const PAUSE = 140;
const LISTED = 40;

export class SearchBox {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    this.timer = 0;
    this.active = -1;
    this.open = false;
    this.input = h('input', {
      type: 'search', class: 'search-input', id: 'search', placeholder: t('search.placeholder'), autocomplete: 'off',
      spellcheck: 'false', role: 'combobox', 'aria-label': t('search.label'), 'aria-expanded': 'false',
      'aria-controls': 'search-results', 'aria-autocomplete': 'list', enterkeyhint: 'search', dir: 'auto',
    });
    this.count = h('p', { class: 'search-count', data: { searchCount: '' } });
    this.list = h('ul', { class: 'search-list', id: 'search-results', role: 'listbox', 'aria-label': t('search.label') });
    this.drop = h('div', { class: 'search-drop', hidden: true, data: { searchDrop: '' } }, this.count, this.list);
    this.clearer = toolButton('search.clear', 'close', () => this.clear(), { class: 'tool search-clear', hidden: true, data: { searchClear: '' } });
    this.node = h('div', { class: 'search', role: 'search' }, icon('search'), this.input, this.clearer, this.drop);
    this.input.addEventListener('focus', () => this.begin());
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.node.addEventListener('focusout', (event) => {
      if (!this.node.contains(/** @type {Node | null} */ (event.relatedTarget))) this.setOpen(false);
    });
    // A press on the list must not take the focus from the box before the click arrives.
    this.drop.addEventListener('pointerdown', (event) => event.preventDefault());
    app.listen((topics) => topics.has('matches') && this.write());
  }

  async begin() {
    const complete = await this.app.search.prepare(() => this.app.data.get('search'));
    if (!complete) this.app.say(t('search.partial'));
    if (this.input.value.trim() && this.node.contains(document.activeElement)) this.setOpen(true);
  }

  typed() {
    clearTimeout(this.timer);
    this.clearer.hidden = !this.input.value;
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  ask() {
    clearTimeout(this.timer);
    this.setOpen(Boolean(this.input.value.trim()));
    return this.app.update({ query: this.input.value.trim() }, { push: false });
  }

  clear() {
    this.input.value = '';
    this.clearer.hidden = true;
    this.ask();
    this.input.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (this.input.value) this.clear();
      else this.input.blur();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.enter();
    }
  }

  async enter() {
    const row = this.active >= 0 ? (this.app.found ?? [])[this.active] : undefined;
    if (row !== undefined) return this.take(row);
    await this.ask();
    this.setOpen(false);
    if (this.app.matching.active) this.app.flyTo(this.app.matching.rows());
  }

  /** @param {number} row */
  take(row) {
    this.setOpen(false);
    this.app.choose(row);
  }

  /** @param {number} step */
  move(step) {
    const options = this.list.children;
    if (!options.length) return;
    this.setOpen(true);
    const last = options.length - 1;
    this.active = this.active + step > last ? 0 : this.active + step < 0 ? last : this.active + step;
    [...options].forEach((option, i) => option.setAttribute('aria-selected', String(i === this.active)));
    options[this.active].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', `search-result-${this.active}`);
    this.app.setCursor(Number(/** @type {HTMLElement} */ (options[this.active]).dataset.row));
  }

  /** @param {boolean} open */
  setOpen(open) {
    this.open = open;
    this.drop.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
    if (open) return;
    this.active = -1;
    this.input.removeAttribute('aria-activedescendant');
  }

  write() {
    const { app } = this;
    const { query } = app.state;
    if (document.activeElement !== this.input && this.input.value.trim() !== query) this.input.value = query;
    this.clearer.hidden = !this.input.value;
    this.active = -1;
    const found = query ? (app.found ?? []) : [];
    fill(this.list, found.slice(0, LISTED).map((row, i) => this.option(row, i)));
    if (!query) {
      this.setOpen(false);
      return;
    }
    const said = found.length ? t('search.count', { n: found.length }) : t('search.none');
    fill(
      this.count,
      said,
      found.length > 0 && h('span', { class: 'search-hint' }, t('search.enter')),
    );
    app.say(found.length ? t('say.matches', { n: found.length }) : said);
  }

  /** @param {number} row @param {number} i */
  option(row, i) {
    const { catalogue, root } = this.app;
    const id = catalogue.ids[row];
    const under = [catalogue.sources[row], catalogue.dates[row]].filter(Boolean).join(', ');
    return h(
      'li',
      {
        id: `search-result-${i}`, role: 'option', class: 'search-result', 'aria-selected': 'false', data: { row: String(row), result: id },
        on: {
          click: /** @type {EventListener} */ ((/** @type {MouseEvent} */ event) => {
            if (event.ctrlKey || event.metaKey) window.open(itemPage(root, id));
            else this.take(row);
          }),
          mouseenter: () => this.app.setCursor(row),
          mouseleave: () => this.app.setCursor(-1),
        },
      },
      h('span', { class: 'search-thumb' }, h('img', { src: thumbFile(root, id), alt: '', loading: 'lazy', decoding: 'async' })),
      h('span', { class: 'search-words' }, h('span', { class: 'search-title', dir: 'auto' }, catalogue.titles[row]), under && h('span', { class: 'search-under', dir: 'auto' }, under)),
    );
  }
}
