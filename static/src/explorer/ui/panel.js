/**
 * The panel beside the map (a sheet below it on a phone): the chosen image, what is known of it and
 * its nearest relatives.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').Item} Item
 * @typedef {import('./room.js').Room} Room
 * @typedef {import('../scene/lines.js').Lines} Lines
 */
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { clusterPage, imageFile, itemPage, thumbFile } from '../../shared/links.js';
import { accessOf, creditOf, isLarge } from '../../shared/rights.js';
import { t } from '../../shared/strings.js';
import { toolButton } from './button.js';
import { growFrom } from './grow.js';
import { Relatives } from './relatives.js';
import { makeSheet } from './sheet.js';

/** Titles from this many letters are set smaller. */
const LONG = 80;

export class Panel {
  /**
   * @param {Explorer} app
   * @param {Room} room
   * @param {Lines} lines
   * @param {import('../like/wells.js').Wells} wells
   */
  constructor(app, room, lines, wells) {
    this.wells = wells;
    this.app = app;
    this.room = room;
    this.lines = lines;
    this.row = -1;
    this.relatives = new Relatives(app, (rows) => {
      lines.show(this.row, rows, app.view.name);
      app.setRelatives(rows);
    });
    this.position = h('span', { class: 'panel-position' });
    this.previous = toolButton('panel.previous', 'chevronLeft', () => this.step(-1), { data: { step: 'previous' } });
    this.next = toolButton('panel.next', 'chevronRight', () => this.step(1), { data: { step: 'next' } });
    this.body = h('div', { class: 'panel-body', tabindex: '-1' });
    const close = toolButton('panel.close', 'close', () => app.choose(-1), { data: { panelClose: '' } });
    this.sheet = makeSheet(() => app.choose(-1));
    this.node = h(
      'aside',
      { class: 'panel', 'aria-label': t('panel.label'), hidden: true, data: { panel: '' } },
      this.sheet.handle,
      h('div', { class: 'panel-top' }, this.previous, this.next, this.position, this.sheet.button, close),
      this.body,
    );
    this.sheet.attach(this.node);
    app.listen((topics) => {
      if (topics.has('chosen')) this.show(app.chosen);
      else if (topics.has('clusters') && this.row >= 0) this.load(this.row);
      if (topics.has('matches') && this.row >= 0) this.showCluster();
    });
  }

  /** @param {number} step */
  step(step) {
    const { count } = this.app.catalogue;
    if (this.row >= 0) this.app.choose((this.row + step + count) % count);
  }

  /** @param {number} row -1 closes */
  show(row) {
    if (row === this.row) return;
    const box = row >= 0 && this.row < 0 ? this.app.stage.boxOf(row) : null;
    this.row = row;
    this.node.hidden = row < 0;
    this.room.panel = row >= 0;
    this.room.apply();
    if (row < 0) {
      this.lines.show(-1, []);
      this.app.relatives = [];
      this.sheet.reset();
      return;
    }
    this.write(row);
    this.load(row);
    if (box) growFrom(box, this.node, this.picture, { calm: this.app.stage.calm, wide: this.room.wide });
  }

  /** Writes what the catalogue knows at once. @param {number} row */
  write(row) {
    const { catalogue, root, stage } = this.app;
    const id = catalogue.ids[row];
    const [r, g, b] = stage.sprites.colour.subarray(row * 4, row * 4 + 3);
    this.picture = h('img', {
      alt: catalogue.titles[row],
      width: catalogue.width[row],
      height: catalogue.height[row],
      src: thumbFile(root, id),
      style: { 'background-color': `rgb(${r} ${g} ${b})` },
    });
    const access = accessOf(catalogue, row);
    if (isLarge(catalogue, row)) sharpen(this.picture, imageFile(root, id));
    const credit = creditOf(catalogue, row);
    const under = [catalogue.sources[row], catalogue.dates[row]].filter(Boolean);
    this.cluster = h('div', { class: 'panel-cluster' });
    this.details = h('div', { class: 'panel-details' });
    this.relatives.clear();
    fill(
      this.body,
      h('a', { class: 'panel-picture', href: itemPage(root, id), data: { itemLink: id } }, this.picture),
      h('h2', { class: catalogue.titles[row].length > LONG ? 'panel-title long' : 'panel-title', dir: 'auto', tabindex: '-1' }, catalogue.titles[row]),
      under.length > 0 && h('p', { class: 'panel-under' }, under.map((text, i) => [i > 0 && ', ', h('bdi', {}, text)]).flat()),
      (credit || access !== 'open') && h('p', { class: 'panel-credit' }, access !== 'open' && `${t(`rights.${access}`)} `, credit && h('bdi', {}, credit)),
      h('p', { class: 'panel-links' }, h('a', { class: 'panel-open', href: itemPage(root, id), data: { openPage: id } }, t('panel.open'), icon('open')), this.cluster),
      this.asks(row),
      this.relatives.node,
      this.details,
    );
    this.body.scrollTop = 0;
    this.position.textContent = t('panel.position', { n: row + 1, total: catalogue.count });
    this.node.dataset.id = id;
  }

  /** What can be asked with an image. @param {number} row */
  asks(row) {
    const { app, wells } = this;
    const ask = (/** @type {string} */ words, /** @type {import('../../shared/icons.js').IconName} */ name, /** @type {string} */ what, /** @type {() => void} */ act) =>
      h('button', { class: 'text-button', type: 'button', data: { ask: what }, on: { click: act } }, icon(name), t(words));
    return h('p', { class: 'panel-asks' },
      ask('select.this', 'pick', 'select', () => app.select([row], 'toggle')),
      app.view.vectors && ask('like.more', 'more', 'more', () => wells.weigh([row], 100)),
      app.view.vectors && ask('like.less', 'less', 'less', () => wells.weigh([row], -100)));
  }

  /** Reads the rest. @param {number} row */
  async load(row) {
    const { app } = this;
    const view = app.view.name;
    this.lines.show(row, [], view);
    /** @type {Item} */
    let item;
    try {
      item = await app.data.item(row, app.catalogue.ids[row]);
    } catch {
      if (row === this.row && this.details) fill(this.details, h('p', { class: 'note' }, t('panel.failed')));
      return;
    }
    if (row !== this.row || view !== app.view.name) return;
    this.item = item;
    this.relatives.show(item);
    this.showCluster();
    this.showDetails(item);
  }

  showCluster() {
    const { app, item } = this;
    if (!this.cluster || !item || item.id !== app.catalogue.ids[this.row]) return;
    const number = app.clusters?.label[this.row] ?? 0;
    if (number < 1) return fill(this.cluster);
    const name = app.clusters?.clusters.find((one) => one.number === number)?.name;
    const lit = app.state.cluster === number;
    fill(
      this.cluster,
      h('a', { href: clusterPage(app.root, app.grouped, number), data: { clusterLink: String(number) } }, h('bdi', {}, name || t('panel.cluster', { number }))),
      h(
        'button',
        {
          class: 'text-button', type: 'button', 'aria-pressed': String(lit), data: { showCluster: String(number) },
          on: { click: () => app.showCluster(lit ? 0 : number) },
        },
        icon('locate'), t(lit ? 'panel.hide' : 'panel.show'),
      ),
    );
  }

  /** @param {Item} item */
  showDetails(item) {
    const entries = Object.entries(item.fields).filter(([, text]) => text && text !== item.title);
    if (!this.details || (!entries.length && !item.notes.length)) return;
    fill(
      this.details,
      h('h3', {}, t('panel.details')),
      h('dl', {}, entries.flatMap(([label, text]) => [h('dt', { dir: 'auto' }, label), h('dd', { dir: 'auto' }, text)])),
      item.notes.map((note) => h('p', { class: 'note', dir: 'auto' }, note)),
    );
  }

  /** Gives the keyboard to the panel. */
  focus() {
    const title = this.body.querySelector('.panel-title');
    if (title instanceof HTMLElement) title.focus({ preventScroll: true });
  }
}

/** Changes to the display copy once it is decoded. @param {HTMLImageElement} image @param {string} source */
function sharpen(image, source) {
  const large = new Image();
  large.src = source;
  large.decode().then(
    () => {
      image.src = source;
    },
    // Without the display copy the thumbnail stays.
    () => undefined,
  );
}
