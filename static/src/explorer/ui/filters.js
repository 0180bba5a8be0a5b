/**
 * The drawer of filters: every facet with its values and counts, the years, and how images are
 * grouped, sorted and marked.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('./room.js').Room} Room
 */
import { fill, h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { toolButton } from './button.js';
import { ClusterChoice } from './cluster-choice.js';
import { FacetList } from './facet-list.js';
import { isNumber } from './found.js';
import { FrameChoice } from './frame-choice.js';
import { NumberRange } from './number-range.js';
import { undoing } from './undoing.js';
import { SortChoice } from './sort-choice.js';
import { TornCheck } from './torn-check.js';
import { Years } from './years.js';

export class Filters {
  /**
   * @param {Explorer} app
   * @param {Room} room
   */
  constructor(app, room) {
    this.app = app;
    this.room = room;
    const { facets, years } = app.catalogue;
    this.facets = facets.filter((facet) => facet.values.length > 1).map((facet) => new FacetList(app, facets.indexOf(facet)));
    this.years = years.some(Boolean) ? new Years(app) : null;
    const [numbers, others] = [this.facets.filter(({ facet }) => isNumber(facet.key)), this.facets.filter(({ facet }) => !isNumber(facet.key))];
    this.ranges = (app.catalogue.numbers ?? []).map(({ name }) => new NumberRange(app, name));
    /** Numbers are many, so they are folded. @type {HTMLDetailsElement | null} */
    this.numbers = numbers.length || this.ranges.length
      ? h('details', { class: 'facet-fold', data: { numbers: '' }, on: { toggle: () => this.write() } }, h('summary', {}, t('filters.numbers')), this.ranges.map((range) => withBands(range.node, numbers.find(({ facet }) => facet.key === `number-${range.name}`))))
      : null;
    const choices = [new FrameChoice(app).node, new ClusterChoice(app).node, new SortChoice(app).node, new TornCheck(app).node];
    this.summary = h('p', { class: 'filters-summary', data: { matching: '' } });
    this.hide = h('input', { type: 'checkbox', data: { hide: '' }, on: { change: () => app.update({ hide: this.hide.checked }, { push: false }) } });
    this.clearer = h('button', { type: 'button', class: 'text-button', data: { clearFilters: '' }, on: { click: () => this.clear() } }, t('filters.clear'));
    this.node = h(
      'section',
      { class: 'drawer', id: 'filters', 'aria-label': t('filters.title'), hidden: true, data: { drawer: '' } },
      h('div', { class: 'drawer-top' }, h('h2', {}, t('filters.title')), toolButton('filters.close', 'close', () => this.setOpen(false), { data: { drawerClose: '' } })),
      h('div', { class: 'drawer-head' }, this.summary, h('label', { class: 'check' }, this.hide, t('filters.hide')), this.clearer),
      h('div', { class: 'drawer-body' }, this.years?.node, others.map((facet) => facet.node), this.numbers, choices),
    );
    this.button = toolButton('filters.open', 'filters', () => this.toggle(), { 'aria-expanded': 'false', 'aria-controls': 'filters', data: { filters: '' } });
    app.listen((topics) => topics.has('matches') && this.write());
  }

  get isOpen() {
    return this.room.drawer;
  }

  toggle() {
    this.setOpen(!this.isOpen);
  }

  /** @param {boolean} open */
  setOpen(open) {
    if (this.button.hidden || open === this.isOpen) return;
    this.node.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    this.room.drawer = open;
    this.room.apply();
    if (open) {
      this.write();
      this.node.querySelector('button')?.focus({ preventScroll: true });
      if (!this.app.stage.calm) this.node.animate([{ transform: 'translateX(-100%)' }, { transform: 'none' }], { duration: 180, easing: 'cubic-bezier(0.3, 0, 0.1, 1)' });
    } else {
      this.button.focus({ preventScroll: true });
    }
  }

  clear() {
    this.app.update({ filters: {}, years: null, undated: false, numbers: {}, cluster: 0, torn: false });
  }

  write() {
    const { app } = this;
    const { state, matching, catalogue } = app;
    const active = Object.keys(state.filters).length + (state.years || state.undated ? 1 : 0) + Object.keys(state.numbers).length + (state.torn ? 1 : 0);
    this.button.classList.toggle('active', active > 0);
    this.hide.checked = state.hide;
    this.clearer.disabled = !active && !state.cluster;
    const words = { n: matching.total, total: catalogue.count };
    fill(this.summary, matching.total ? t('filters.matching', words) : [t('filters.none'), undoing(app)]);
    if (!this.isOpen) return;
    this.years?.write();
    if (this.numbers?.open) for (const range of this.ranges) range.write();
    for (const facet of this.facets) if (this.numbers?.open || !isNumber(facet.facet.key)) facet.write();
  }
}

/** A number's range, with its bands under it where it is cut into some. @param {HTMLElement} range @param {FacetList | undefined} bands */
function withBands(range, bands) {
  if (bands) range.append(bands.node);
  return range;
}
