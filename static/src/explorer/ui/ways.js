/**
 * Ways of looking that are no layouts of the bar: lines between relatives, two views side by side,
 * wandering, what is unexpected, and layouts of any facets and numbers.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { byFacets, crossedOf, ofNumbers } from '../scene/crossed.js';
import { RANKED, RANKED_RINGS, RANKED_ROWS } from '../like/names.js';
import { toolButton } from './button.js';

export class Ways {
  /**
   * @param {Explorer} app
   * @param {{threads: import('../kin/threads.js').ThreadLines, beside: import('../beside/beside.js').Beside,
   *   wander: import('../kin/wander.js').Wander}} parts
   */
  constructor(app, { threads, beside, wander }) {
    this.app = app;
    const { facets, numbers = [], views } = app.catalogue;
    this.node = h(
      'section', { class: 'ways', id: 'ways', 'aria-label': t('ways.title'), hidden: true, tabindex: '-1', data: { ways: '' } },
      h('div', { class: 'drawer-top' }, h('h2', {}, t('ways.title')), toolButton('ways.close', 'close', () => this.setOpen(false), { data: { waysClose: '' } })),
      this.roaming(wander), threads.node, views.length > 1 && this.comparing(beside),
      this.liking(), facets.length > 0 && this.faceting(), numbers.length > 1 && this.numbering(),
    );
    this.button = toolButton('ways.open', 'compass', () => this.setOpen(Boolean(this.node.hidden)), { 'aria-expanded': 'false', 'aria-controls': 'ways', data: { waysOpen: '' } });
    this.node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.setOpen(false);
    });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** @param {boolean} open */
  setOpen(open) {
    this.node.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    (open ? this.node : this.button).focus({ preventScroll: true });
  }

  /** @param {string} title @param {...import('../../shared/dom.js').Child | import('../../shared/dom.js').Child[]} children */
  way(title, ...children) {
    return h('fieldset', { class: 'way' }, h('legend', {}, t(title)), ...children);
  }

  /** @param {string} words @param {Record<string, string>} data @param {() => void} act */
  press(words, data, act) {
    return h('button', { class: 'text-button', type: 'button', dir: 'auto', data, on: { click: act } }, words);
  }

  /** @param {import('../kin/wander.js').Wander} wander */
  roaming(wander) {
    const start = this.press(t('wander.start'), { wanderStart: '' }, () => wander.toggle());
    this.app.listen((topics) => {
      if (topics.has('wander')) start.setAttribute('aria-pressed', String(this.app.state.wander));
    });
    return this.way('wander.title', h('div', { class: 'choice wrapping' }, start, this.press(t('odd.find'), { odd: '' }, () => wander.unexpected())));
  }

  /** @param {import('../beside/beside.js').Beside} beside */
  comparing(beside) {
    const { app } = this;
    const buttons = [{ name: '', label: t('beside.none') }, ...app.catalogue.views].map(({ name, label }) => this.press(label, { besideView: name }, () => beside.open(name)));
    app.listen((topics) => {
      if (!topics.has('beside') && !topics.has('view')) return;
      for (const button of buttons) {
        button.hidden = button.dataset.besideView === app.view.name;
        button.setAttribute('aria-pressed', String(button.dataset.besideView === app.state.beside));
      }
    });
    return this.way('beside.title', h('div', { class: 'choice wrapping' }, buttons));
  }

  /** All images by their likeness to one. */
  liking() {
    const { app } = this;
    const show = (/** @type {string} */ layout) => {
      const row = app.chosen >= 0 ? app.chosen : app.state.examples[0]?.[0] ?? -1;
      if (row < 0 || !app.view.vectors) return app.show(t(app.view.vectors ? 'like.nothing' : 'like.none', { view: app.view.label }));
      app.update({ examples: [[row, 100]], layout });
    };
    return this.way('ways.like', h('div', { class: 'choice wrapping' }, [RANKED_RINGS, RANKED, RANKED_ROWS].map((layout) => this.press(t(`like.as.${layout}`), { likeOne: layout }, () => show(layout)))));
  }

  faceting() {
    const { facets } = this.app.catalogue;
    const options = facets.map(({ key, label }) => ({ value: key, label }));
    const first = choice('ways.facet', 'facetBy', [{ value: '', label: '–' }, ...options]);
    const then = choice('ways.then', 'facetThen', [{ value: '', label: '–' }, ...options]);
    const apply = () => first.value && this.show(byFacets(first.value, then.value === first.value ? '' : then.value));
    this.follow([first, then], apply, (made) => ('facets' in made ? made.facets.map(({ key }) => key) : []));
    return this.way('ways.facets', labelled('ways.facet', first), labelled('ways.then', then));
  }

  numbering() {
    const { numbers = [] } = this.app.catalogue;
    const options = numbers.map(({ name, label }) => ({ value: name, label }));
    const x = choice('ways.x', 'numberX', [{ value: '', label: '–' }, ...options]);
    const y = choice('ways.y', 'numberY', [{ value: '', label: '–' }, ...options]);
    const apply = () => x.value && y.value && this.show(ofNumbers(x.value, y.value));
    this.follow([x, y], apply, (made) => ('numbers' in made ? made.numbers : []));
    return this.way('ways.numbers', labelled('ways.x', x), labelled('ways.y', y));
  }

  /** @param {string} layout */
  show(layout) {
    this.app.update({ layout });
  }

  /**
   * Lets choices make a layout, and show what the layout is made of.
   *
   * @param {HTMLSelectElement[]} choices
   * @param {() => void} apply
   * @param {(made: NonNullable<ReturnType<typeof crossedOf>>) => string[]} read
   */
  follow(choices, apply, read) {
    const { app } = this;
    for (const one of choices) one.addEventListener('change', apply);
    app.listen((topics) => {
      if (!topics.has('layout')) return;
      const made = crossedOf(app.layout, app.catalogue);
      const values = made ? read(made) : [];
      if (made && !values.length) return;
      choices.forEach((one, at) => {
        if (values.length || document.activeElement !== one) one.value = values[at] ?? '';
      });
    });
  }
}

/** @param {string} words @param {string} name @param {{value: string, label: string}[]} options */
function choice(words, name, options) {
  return h('select', { 'aria-label': t(words), data: { [name]: '' } }, options.map(({ value, label }) => h('option', { value }, label)));
}

/** @param {string} words @param {HTMLElement} node */
function labelled(words, node) {
  return h('label', { class: 'way-choice' }, h('span', {}, t(words)), node);
}
