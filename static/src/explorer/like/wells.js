/**
 * Search by example: two wells of images, "more like" and "less like", each with a weight, and what
 * the ranking found.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 */
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { thumbFile } from '../../shared/links.js';
import { score, t } from '../../shared/strings.js';
import { Likeness } from './likeness.js';
import { isRanking, RANKED, RANKED_RINGS, RANKED_ROWS } from './names.js';

const LISTED = 20;
/** Selected images at most that are put into a well at once. */
const AT_ONCE = 30;

export class Wells {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    this.likeness = new Likeness(app);
    this.more = h('ul', { class: 'well-list', 'aria-label': t('like.more') });
    this.less = h('ul', { class: 'well-list', 'aria-label': t('like.less') });
    this.found = h('ol', { class: 'well-found', 'aria-label': t('like.found') });
    this.said = h('p', { class: 'note', data: { likeSaid: '' } });
    this.shapes = [RANKED, RANKED_RINGS, RANKED_ROWS].map((name) => h('button', { class: 'text-button', type: 'button', data: { likeLayout: name }, on: { click: () => app.update({ layout: name }) } }, t(`like.as.${name}`)));
    this.clearer = h('button', { class: 'text-button', type: 'button', data: { likeClear: '' }, on: { click: () => this.weigh(app.state.examples.map(([row]) => row), 0) } }, t('like.clear'));
    const well = (/** @type {1 | -1} */ sign, /** @type {HTMLElement} */ list) => h('div', { class: 'well', data: { well: sign > 0 ? 'more' : 'less' } },
      h('h4', {}, t(sign > 0 ? 'like.more' : 'like.less')), list,
      h('button', { class: 'text-button', type: 'button', data: { wellAdd: sign > 0 ? 'more' : 'less' }, on: { click: () => this.addSelected(sign) } }, icon('plus'), t('like.add')));
    this.node = h('div', { class: 'wells' }, h('h3', {}, t('like.title')), well(1, this.more), well(-1, this.less),
      h('div', { class: 'well-shapes choice wrapping' }, this.shapes, this.clearer), this.found, this.said);
    app.listen((topics) => {
      if (topics.has('examples')) this.write();
      if (topics.has('ranking')) this.list();
      if (topics.has('layout') || topics.has('view')) this.mark();
    });
    this.write();
  }

  /** @param {Iterable<number>} rows @param {number} weight @param {boolean} [push] */
  weigh(rows, weight, push = true) {
    this.app.dispatch({ type: 'weigh', rows, weight }, { push });
  }

  /** Puts what is selected, or the chosen image, into a well. @param {1 | -1} sign */
  addSelected(sign) {
    const { app } = this;
    const rows = app.state.selected.length ? app.state.selected.slice(0, AT_ONCE) : app.chosen >= 0 ? [app.chosen] : [];
    if (!rows.length) return app.show(t('like.nothing'));
    this.weigh(rows, sign * 100);
  }

  write() {
    const { examples } = this.app.state;
    for (const [list, sign] of /** @type {[HTMLElement, number][]} */ ([[this.more, 1], [this.less, -1]])) {
      const own = examples.filter(([, weight]) => Math.sign(weight) === sign);
      // A slider that is being moved must stay the same element.
      const kept = new Map([...list.children].map((node) => [/** @type {HTMLElement} */ (node).dataset.example, node]));
      fill(list, own.map(([row, weight]) => {
        const node = kept.get(String(row)) ?? this.entry(row, sign);
        const slider = node.querySelector('input');
        if (slider && Number(slider.value) !== Math.abs(weight)) slider.value = String(Math.abs(weight));
        return node;
      }), !own.length && h('li', { class: 'well-empty' }, t('like.empty')));
    }
    if (!examples.length) {
      fill(this.found);
      this.said.textContent = this.words();
    }
    this.clearer.disabled = !examples.length;
    this.mark();
  }

  /** @param {number} row @param {number} sign */
  entry(row, sign) {
    const { catalogue, root } = this.app;
    const title = catalogue.titles[row];
    const slider = h('input', {
      type: 'range', min: 5, max: 100, step: 5, value: 100, 'aria-label': t('like.weight', { title }), data: { weight: String(row) },
      on: { input: () => this.weigh([row], sign * Number(slider.value), false) },
    });
    return h('li', { class: 'well-entry', data: { example: String(row) } },
      h('img', { src: thumbFile(root, catalogue.ids[row]), alt: title, title }), slider,
      h('button', { class: 'tray-drop', type: 'button', 'aria-label': t('like.drop', { title }), title: t('like.drop', { title }), on: { click: () => this.weigh([row], 0) } }, icon('close')));
  }

  mark() {
    const { app } = this;
    for (const button of this.shapes) {
      button.setAttribute('aria-pressed', String(button.dataset.likeLayout === app.layout));
      button.disabled = !app.state.examples.length;
    }
    this.said.textContent = this.words();
  }

  words() {
    const { vectors, label } = this.app.view;
    if (!vectors) return t('like.none', { view: label });
    return t('like.said', { view: label, numbers: vectors.numbers, shared: (20 * vectors.overlap).toFixed(1), size: (vectors.bytes / 1e6).toFixed(1) });
  }

  /** The first of the ranking, for all who do not see the map. */
  list() {
    const { app, likeness } = this;
    const own = new Set(app.state.examples.map(([row]) => row));
    const rows = [...likeness.order.subarray(0, LISTED + own.size)].filter((row) => !own.has(row)).slice(0, LISTED);
    fill(this.found, rows.map((row) => h('li', {}, h('button', {
      class: 'well-result', type: 'button', title: app.catalogue.titles[row], 'aria-label': `${app.catalogue.titles[row]}, ${score(likeness.scores[row])}`, data: { found: String(row) },
      on: { click: () => app.choose(row) },
    }, h('img', { src: thumbFile(app.root, app.catalogue.ids[row]), alt: '', loading: 'lazy' }), h('span', {}, score(likeness.scores[row]))))));
    if (isRanking(app.layout)) app.say(t('say.ranked', { n: rows.length, title: app.catalogue.titles[rows[0]] ?? '' }));
  }
}
