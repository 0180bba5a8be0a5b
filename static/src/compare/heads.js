/**
 * The two images above the stage, each with its title and a way to choose another.
 *
 * @typedef {import('./app.js').App} App
 */
import { fill, h } from '../shared/dom.js';
import { icon } from '../shared/icons.js';
import { itemPage, thumbFile } from '../shared/links.js';
import { Picker } from './picker.js';
import { t } from './words.js';

class Head {
  /** @param {App} app @param {'a' | 'b'} side */
  constructor(app, side) {
    this.app = app;
    this.side = side;
    this.name = side.toUpperCase();
    this.picker = new Picker(app, side, () => this.setOpen(false));
    this.told = h('div', { class: 'over-told' });
    this.button = h('button', {
      class: 'over-icon', type: 'button', 'aria-label': t('over.pick', { name: this.name }), title: t('over.pick', { name: this.name }),
      'aria-expanded': 'false', data: { pick: side }, on: { click: () => this.setOpen(Boolean(this.picker.node.hidden)) },
    }, icon('search'));
    this.node = h('div', { class: 'over-head' }, h('b', { class: 'over-name' }, this.name), this.told, this.button, this.picker.node);
  }

  /** @param {boolean} open */
  setOpen(open) {
    const focus = open !== !this.picker.node.hidden;
    this.picker.setOpen(open, focus);
    this.button.setAttribute('aria-expanded', String(open));
    if (!open && focus) this.button.focus();
  }

  write() {
    const { app, side } = this;
    const row = app.rows[side];
    const id = app.state[side];
    if (row < 0) {
      fill(this.told, h('p', { class: 'legend' }, id ? t('over.missing', { id }) : t('over.choose')));
      if (this.picker.node.hidden) {
        this.picker.setOpen(true, false);
        this.button.setAttribute('aria-expanded', 'true');
      }
      return;
    }
    if (this.told.dataset.id === id) return;
    this.told.dataset.id = id;
    const under = [app.catalogue.sources[row], app.catalogue.dates[row]].filter(Boolean).join(', ');
    fill(this.told,
      h('img', { src: thumbFile(app.root, id), alt: '', width: 44, height: 44 }),
      h('p', {}, h('a', { href: itemPage(app.root, id), dir: 'auto' }, app.catalogue.titles[row]), under && h('bdi', { class: 'origin' }, under)));
  }
}

/** @param {App} app */
export function heads(app) {
  const both = { a: new Head(app, 'a'), b: new Head(app, 'b') };
  const swap = h('button', { class: 'over-icon', type: 'button', 'aria-label': t('over.swap'), title: t('over.swap'), data: { act: 'swap' }, on: { click: () => app.act({ type: 'swap' }, true) } }, icon('mutual'));
  app.listen(() => {
    both.a.write();
    both.b.write();
  });
  return { ...both, node: h('div', { class: 'over-heads' }, both.a.node, swap, both.b.node) };
}
