/**
 * The tray under the map: what is selected, the tools that select, and what can be done with it.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('../ui/room.js').Room} Room
 * @typedef {import('./lasso.js').Lasso} Lasso
 * @typedef {import('./lasso.js').Tool} Tool
 * @typedef {'' | 'kept' | 'export' | 'compare' | 'like'} Sheet
 */
import { fill, h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { comparePage, thumbFile } from '../../shared/links.js';
import { t } from '../../shared/strings.js';
import { toolButton } from '../ui/button.js';
import { Wells } from '../like/wells.js';
import { Collections } from './collections.js';
import { comparing } from './comparing.js';
import { exported, kinds } from './export.js';
import { keeping } from './keeping.js';
import { adders } from './adders.js';

/** Thumbnails at most in the strip. */
const SHOWN = 60;

/** @type {{tool: Exclude<Tool, ''>, name: import('../../shared/icons.js').IconName}[]} */
const TOOLS = [{ tool: 'lasso', name: 'lasso' }, { tool: 'box', name: 'box' }, { tool: 'pick', name: 'pick' }];

export class Tray {
  /**
   * @param {Explorer} app
   * @param {Room} room
   * @param {Lasso} lasso
   */
  constructor(app, room, lasso) {
    this.app = app;
    this.room = room;
    this.lasso = lasso;
    this.collections = new Collections(location.pathname);
    this.wells = new Wells(app);
    /** @type {Sheet} */
    this.sheetName = '';
    this.tools = TOOLS.map(({ tool, name }) => toolButton(`select.${tool}`, name, () => lasso.use(tool), { 'aria-pressed': 'false', data: { tool } }));
    this.count = h('p', { class: 'tray-count', data: { selected: '' } });
    this.strip = h('ul', { class: 'tray-strip', 'aria-label': t('select.strip') });
    this.adding = h('div', { class: 'tray-adding', role: 'group', 'aria-label': t('select.add') }, adders(app));
    const sheets = /** @type {[Sheet, string][]} */ ([['kept', 'select.kept'], ['export', 'select.export'], ['compare', 'select.compare'], ['like', 'like.title']]);
    this.openers = sheets.map(([name, words]) => h('button', {
      class: 'text-button', type: 'button', 'aria-expanded': 'false', 'aria-controls': 'tray-sheet', data: { sheetOpen: name }, on: { click: () => this.setSheet(name) },
    }, t(words)));
    this.fly = h('button', { class: 'text-button tray-fly', type: 'button', data: { flyTo: '' }, on: { click: () => app.flyTo(app.state.selected) } }, t('select.fly'));
    this.over = h('a', { class: 'text-button', hidden: true, data: { over: '' } }, t('select.over'));
    this.clearer = h('button', { class: 'text-button', type: 'button', data: { selectClear: '' }, on: { click: () => app.select([], 'set') } }, t('select.clear'));
    this.sheet = h('div', { class: 'tray-sheet', id: 'tray-sheet', role: 'region', hidden: true, tabindex: '-1' });
    this.node = h(
      'section', { class: 'tray', id: 'tray', 'aria-label': t('select.title'), hidden: true, data: { tray: '' } },
      this.sheet,
      h('div', { class: 'tray-head' },
        h('div', { class: 'tray-tools', role: 'group', 'aria-label': t('select.tools') }, this.tools),
        this.count,
        toolButton('select.close', 'close', () => this.setOpen(false), { data: { trayClose: '' } })),
      this.adding,
      this.strip,
      h('div', { class: 'tray-actions' }, this.openers, this.over, this.fly, this.clearer),
    );
    this.button = toolButton('select.open', 'lasso', () => this.setOpen(Boolean(this.node.hidden)), { 'aria-expanded': 'false', 'aria-controls': 'tray', data: { select: '' } });
    // What a sheet holds may come later than the sheet.
    new ResizeObserver(() => this.makeRoom()).observe(this.node);
    lasso.changed = (tool) => {
      this.tools.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.tool === tool)));
      if (tool && this.node.hidden) this.setOpen(true, false);
      app.say(t(tool ? `say.tool.${tool}` : 'say.tool.none'));
    };
    app.listen((topics) => {
      if (topics.has('selection')) this.write();
      if (topics.has('examples') && app.state.examples.length && this.sheetName !== 'like') this.setSheet('like');
    });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** @param {boolean} open @param {boolean} [focus] */
  setOpen(open, focus = true) {
    if (open === this.isOpen) return;
    this.node.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (!open && this.lasso.tool) this.lasso.use(this.lasso.tool);
    if (!open) this.setSheet('');
    this.write();
    if (focus) (open ? this.tools[0] : this.button).focus({ preventScroll: true });
  }

  /** Opens one of the sheets, or closes it. @param {Sheet} name */
  setSheet(name) {
    this.sheetName = name === this.sheetName ? '' : name;
    for (const button of this.openers) button.setAttribute('aria-expanded', String(button.dataset.sheetOpen === this.sheetName));
    this.sheet.hidden = !this.sheetName;
    this.node.classList.toggle('sheeted', Boolean(this.sheetName));
    if (this.sheetName && this.node.hidden) this.setOpen(true, false);
    this.writeSheet();
    this.makeRoom();
  }

  write() {
    const { app } = this;
    const { selected } = app.state;
    if (selected.length && this.node.hidden) return this.setOpen(true, false);
    this.count.textContent = selected.length ? t('select.count', { n: selected.length }) : t('select.none');
    this.button.classList.toggle('active', selected.length > 0);
    this.fly.disabled = this.clearer.disabled = !selected.length;
    this.over.hidden = selected.length !== 2;
    if (selected.length === 2) this.over.href = comparePage(app.root, app.catalogue.ids[selected[0]], app.catalogue.ids[selected[1]]);
    fill(this.strip, selected.slice(0, SHOWN).map((row) => this.entry(row)), selected.length > SHOWN && h('li', { class: 'tray-more' }, t('select.more', { n: selected.length - SHOWN })));
    this.strip.hidden = !selected.length;
    if (this.sheetName && this.sheetName !== 'like') this.writeSheet();
    this.makeRoom();
  }

  /** @param {number} row */
  entry(row) {
    const { app } = this;
    const title = app.catalogue.titles[row];
    return h('li', { class: 'tray-entry' },
      h('button', { class: 'tray-picture', type: 'button', 'aria-label': title, title, data: { trayRow: String(row) }, on: { click: () => app.choose(row) } },
        h('img', { src: thumbFile(app.root, app.catalogue.ids[row]), alt: '', loading: 'lazy', decoding: 'async' })),
      h('button', { class: 'tray-drop', type: 'button', 'aria-label': t('select.drop', { title }), title: t('select.drop', { title }), on: { click: () => app.select([row], 'remove') } }, icon('close')));
  }

  makeRoom() {
    const height = this.isOpen ? this.node.offsetHeight : 0;
    if (height === this.room.tray) return;
    this.room.tray = height;
    this.room.apply();
  }

  writeSheet() {
    const { app, sheet } = this;
    const { selected } = app.state;
    if (this.sheetName === 'kept') fill(sheet, keeping(app, this.collections, () => this.writeSheet()));
    else if (this.sheetName === 'export') fill(sheet, this.exports(selected));
    else if (this.sheetName === 'compare') fill(sheet, comparing(app, this.collections));
    else if (this.sheetName === 'like') fill(sheet, this.wells.node);
    else fill(sheet);
  }

  /** @param {number[]} rows */
  exports(rows) {
    const { app } = this;
    const what = rows.length ? t('export.what', { n: rows.length }) : t('select.first');
    const run = (/** @type {import('./export.js').Kind} */ kind) => exported(app, kind, rows).then(() => app.say(t('export.done')), () => app.show(t('export.failed')));
    const copy = () => navigator.clipboard.writeText(location.href).then(() => app.show(t('export.copied')), () => app.show(t('export.notcopied')));
    return [
      h('h3', {}, t('select.export')), h('p', {}, what, app.data.local && rows.length > 0 && ` ${t('export.local')}`),
      h('div', { class: 'tray-list' },
        kinds(app).map((kind) => h('button', { class: 'text-button', type: 'button', disabled: !rows.length, data: { export: kind }, on: { click: () => run(kind) } }, t(`export.${kind}`))),
        h('button', { class: 'text-button', type: 'button', disabled: !rows.length, data: { export: 'address' }, on: { click: copy } }, t('export.address'))),
    ];
  }
}
