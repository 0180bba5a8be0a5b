/**
 * The nearest relatives of the chosen image: pictures in their true proportions with score and marks.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').Item} Item
 * @typedef {import('../../shared/contract.js').Neighbour} Neighbour
 * @typedef {import('../../shared/choice.js').Scope} Scope
 */
import { keepChoice, keptChoice } from '../../shared/choice.js';
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { dots, foundBy, foundWords, isQuarter, shareText, sureOnes } from '../../shared/kin.js';
import { score, t } from '../../shared/strings.js';
import { justified } from './justify.js';
import { fitPicture, relative } from './relative.js';
import { viewSwitch } from './view-switch.js';

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
    this.scope = keptChoice().scope;
    /** Whether those that lie turned are laid as the image lies. */
    this.laid = false;
    this.views = viewSwitch(app);
    this.content = h('div', {});
    this.node = h('section', { class: 'relatives', hidden: true, data: { relatives: '' } }, h('h3', {}, t('relatives.title')), this.views, this.content);
    /** @type {Item | null} */
    this.item = null;
    /** The lists on show, each a row of rows. @type {{node: HTMLElement, list: Neighbour[]}[]} */
    this.groups = [];
    app.listen((topics) => topics.has('cursor') && this.mark());
    new ResizeObserver(() => this.justify()).observe(this.node);
  }

  clear() {
    this.item = null;
    this.groups = [];
    fill(this.content);
    this.node.hidden = this.app.catalogue.views.length < 2;
  }

  /** @param {Item} item */
  show(item) {
    this.item = item;
    this.write();
  }

  /** The lists of the present view. */
  get lists() {
    return this.item?.views[this.app.view.name]?.neighbours ?? { all: [], others: [] };
  }

  write() {
    const { app, lists } = this;
    const scope = lists.others.length ? this.scope : 'all';
    const list = lists[scope].filter((near) => app.rows.has(near.id));
    const sure = sureOnes(list);
    this.groups = [];
    this.node.hidden = false;
    fill(
      this.content,
      this.tools(scope, list),
      sure > 0 && this.list(list.slice(0, sure), scope),
      sure < list.length && h('p', { class: 'note relatives-chance' }, t(sure ? 'relatives.chance' : 'relatives.onlychance')),
      sure < list.length && this.list(list.slice(sure), scope),
      list.length ? this.note(list, scope) : h('p', { class: 'note' }, t('relatives.none')),
    );
    this.justify();
    this.shown(list.map((near) => this.rowOf(near)));
  }

  /** @param {Neighbour} near */
  rowOf(near) {
    return /** @type {number} */ (this.app.rows.get(near.id));
  }

  /** @param {Scope} scope @param {Neighbour[]} list */
  tools(scope, list) {
    const { others } = this.lists;
    const one = (/** @type {Scope} */ name) =>
      h('button', {
        type: 'button', class: 'text-button', 'aria-pressed': String(scope === name), data: { scope: name },
        on: { click: () => this.pickScope(name) },
      }, t(`relatives.${name}`));
    const lay = h('label', { class: 'check' }, h('input', {
      type: 'checkbox', checked: this.laid, data: { lay: '' },
      on: { change: (/** @type {Event} */ event) => this.lay(/** @type {HTMLInputElement} */ (event.target).checked) },
    }), t('relatives.lay'));
    return h(
      'div',
      { class: 'relatives-head' },
      others.length > 0 && h('div', { class: 'choice', role: 'group', 'aria-label': t('relatives.scope') }, one('all'), one('others')),
      list.some((near) => near.orientation) && lay,
    );
  }

  /** @param {Neighbour[]} list @param {Scope} scope */
  list(list, scope) {
    const { app } = this;
    const entries = list.map((near) => relative(app, near, this.rowOf(near), this.found(near, scope)));
    const node = h('ol', { class: 'relatives-list', on: { mouseleave: () => app.setCursor(-1) } }, entries);
    this.groups.push({ node, list });
    return node;
  }

  /** Which views found it, and in words. @param {Neighbour} near @param {Scope} scope */
  found(near, scope) {
    const { views } = this.app.catalogue;
    const views_ = views.map((view) => view.name);
    const found = foundBy(this.item?.views ?? {}, views_, scope, near.id);
    return { found, words: foundWords(views.map((view) => view.label), found, views.indexOf(this.app.view)) };
  }

  /** What the numbers and marks on show mean. @param {Neighbour[]} list @param {Scope} scope */
  note(list, scope) {
    const { views } = this.app.catalogue;
    const measured = list.find((near) => near.percentile !== undefined);
    const agreed = list.map((near) => this.found(near, scope)).find((one) => one.words);
    return h(
      'p',
      { class: 'note' },
      this.app.view.number,
      measured ? ` ${t('relatives.share', { score: score(measured.score), share: shareText(measured.percentile) })}` : null,
      list.some((near) => near.mutual) ? [' ', icon('mutual'), ` ${t('relatives.mutual')}`] : null,
      agreed ? [' ', dots(agreed.found), ` ${t('relatives.views', { views: views.map((view) => view.label.toLowerCase()).join(', ') })}`] : null,
    );
  }

  /** Sets the pictures in rows of one width. */
  justify() {
    const { width, height } = this.app.catalogue;
    for (const { node, list } of this.groups) {
      if (!node.clientWidth) continue;
      const aspects = list.map((near) => {
        const row = this.rowOf(near);
        const aspect = width[row] / height[row];
        return this.laid && isQuarter(near.orientation) ? 1 / aspect : aspect;
      });
      const places = justified(aspects, node.clientWidth, HEIGHT, GAP, NARROWEST);
      [...node.children].forEach((entry, i) => {
        /** @type {HTMLElement} */ (entry).style.width = `${places[i][0]}px`;
        fitPicture(entry, Math.min(places[i][0], places[i][1] * aspects[i]), aspects[i], this.laid ? list[i].orientation : 0);
      });
    }
  }

  /** @param {boolean} laid */
  lay(laid) {
    this.laid = laid;
    this.node.classList.toggle('laid', laid);
    this.justify();
  }

  /** @param {Scope} scope */
  pickScope(scope) {
    this.scope = scope;
    keepChoice({ scope });
    this.write();
    const pressed = this.node.querySelector(`[data-scope="${scope}"]`);
    if (pressed instanceof HTMLElement) pressed.focus();
  }

  /** Lights the relative whose image is under the pointer on the map. */
  mark() {
    const { cursor } = this.app;
    for (const link of this.node.querySelectorAll('a[data-row]')) {
      link.classList.toggle('hot', /** @type {HTMLElement} */ (link).dataset.row === String(cursor));
    }
  }
}
