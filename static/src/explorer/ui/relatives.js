/**
 * The nearest relatives of the chosen image: pictures in their true proportions with score and marks.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').Neighbour} Neighbour
 * @typedef {'all' | 'others'} Scope
 */
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { itemPage, thumbFile } from '../../shared/links.js';
import { score, t } from '../../shared/strings.js';
import { justified } from './justify.js';

/** Height of a row of relatives before it is justified, and the gap between two, in CSS pixels. */
const HEIGHT = 84;
const GAP = 10;
/** Places are at least this wide by their height, so that score and marks fit under them. */
const NARROWEST = 0.8;

export class Relatives {
  /**
   * @param {Explorer} app
   * @param {(rows: number[]) => void} shown called with the rows of the relatives on show
   */
  constructor(app, shown) {
    this.app = app;
    this.shown = shown;
    /** @type {Scope} */
    this.scope = 'all';
    this.node = h('section', { class: 'relatives', hidden: true, data: { relatives: '' } });
    /** @type {Record<Scope, Neighbour[]>} */
    this.neighbours = { all: [], others: [] };
    /** @type {number[]} */
    this.listed = [];
    app.listen((topics) => topics.has('cursor') && this.mark());
    new ResizeObserver(() => this.justify()).observe(this.node);
  }

  clear() {
    this.node.hidden = true;
  }

  /** @param {Record<Scope, Neighbour[]> | undefined} neighbours */
  show(neighbours) {
    this.neighbours = neighbours ?? { all: [], others: [] };
    this.write();
  }

  write() {
    const { app, neighbours } = this;
    const scope = neighbours.others.length ? this.scope : 'all';
    const list = neighbours[scope].filter((near) => app.rows.has(near.id));
    this.node.hidden = false;
    fill(
      this.node,
      h('div', { class: 'relatives-head' }, h('h3', {}, t('relatives.title')), neighbours.others.length > 0 && this.switch(scope)),
      list.length
        ? h('ol', { class: 'relatives-list', on: { mouseleave: () => app.setCursor(-1) } }, list.map((near) => this.entry(near)))
        : h('p', { class: 'note' }, t('relatives.none')),
      list.length > 0 && h('p', { class: 'note' }, t('relatives.note')),
    );
    this.listed = list.map((near) => /** @type {number} */ (app.rows.get(near.id)));
    this.justify();
    this.shown(this.listed);
  }

  /** Sets the pictures in rows of one width. */
  justify() {
    const { width, height } = this.app.catalogue;
    const list = this.node.querySelector('ol');
    if (!list || !list.clientWidth) return;
    const aspects = this.listed.map((row) => width[row] / height[row]);
    const places = justified(aspects, list.clientWidth, HEIGHT, GAP, NARROWEST);
    [...list.children].forEach((entry, i) => {
      const image = entry.querySelector('img');
      /** @type {HTMLElement} */ (entry).style.width = `${places[i][0]}px`;
      if (!image) return;
      image.style.width = `${Math.min(places[i][0], places[i][1] * aspects[i])}px`;
    });
  }

  /** @param {Scope} scope */
  switch(scope) {
    const one = (/** @type {Scope} */ name) =>
      h('button', {
        type: 'button', class: 'text-button', 'aria-pressed': String(scope === name), data: { scope: name },
        on: { click: () => this.pickScope(name) },
      }, t(`relatives.${name}`));
    return h('div', { class: 'choice', role: 'group', 'aria-label': t('relatives.scope') }, one('all'), one('others'));
  }

  /** @param {Scope} scope */
  pickScope(scope) {
    this.scope = scope;
    this.write();
    const pressed = this.node.querySelector(`[data-scope="${scope}"]`);
    if (pressed instanceof HTMLElement) pressed.focus();
  }

  /** @param {Neighbour} near */
  entry(near) {
    const { app } = this;
    const row = /** @type {number} */ (app.rows.get(near.id));
    const { catalogue, stage } = app;
    const [r, g, b] = stage.sprites.colour.subarray(row * 4, row * 4 + 3);
    const marks = marksOf(near);
    const picture = h('img', {
      alt: '', src: thumbFile(app.root, near.id), width: catalogue.width[row], height: catalogue.height[row],
      loading: 'lazy', decoding: 'async', style: { 'background-color': `rgb(${r} ${g} ${b})` },
    });
    const words = [catalogue.titles[row], catalogue.sources[row], score(near.score), ...marks.map((mark) => mark.words)];
    const link = h(
      'a',
      {
        href: itemPage(app.root, near.id), 'aria-label': words.filter(Boolean).join(', '), title: catalogue.titles[row],
        data: { row: String(row), relative: near.id },
        on: {
          mouseenter: () => app.setCursor(row),
          focus: () => app.setCursor(row),
          blur: () => app.setCursor(-1),
          click: /** @type {EventListener} */ ((/** @type {MouseEvent} */ event) => this.walk(event, row)),
        },
      },
      picture,
      h('span', { class: 'relative-score' }, score(near.score), marks.map((mark) => h('span', { class: 'mark', title: mark.words }, icon(mark.icon)))),
    );
    return h('li', {}, link);
  }

  /** @param {MouseEvent} event @param {number} row */
  walk(event, row) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.app.setCursor(-1);
    this.app.choose(row);
  }

  /** Lights the relative whose image is under the pointer on the map. */
  mark() {
    const { cursor } = this.app;
    for (const link of this.node.querySelectorAll('a[data-row]')) {
      link.classList.toggle('hot', /** @type {HTMLElement} */ (link).dataset.row === String(cursor));
    }
  }
}

/**
 * @param {Neighbour} near
 * @returns {{icon: import('../../shared/icons.js').IconName, words: string}[]}
 */
function marksOf(near) {
  const marks = [];
  if (near.mutual) marks.push(/** @type {const} */ ({ icon: 'mutual', words: t('relatives.mutual') }));
  const mirrored = near.orientation >= 4;
  const turned = near.orientation % 4 > 0;
  if (mirrored) marks.push(/** @type {const} */ ({ icon: 'mirrored', words: t(turned ? 'relatives.turnedmirrored' : 'relatives.mirrored') }));
  else if (turned) marks.push(/** @type {const} */ ({ icon: 'turned', words: t('relatives.turned') }));
  return marks;
}
