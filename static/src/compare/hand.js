/**
 * Laying B by hand: points, turns, and the line that gives it to the next build.
 *
 * @typedef {import('./app.js').App} App
 */
import { h } from '../shared/dom.js';
import { taken } from '../shared/clipboard.js';
import { save } from '../shared/saving.js';
import { textButton } from './controls.js';
import { csvHead, csvLine } from './line.js';
import { firstPoints, fourthPoint } from './placing.js';
import { t } from './words.js';

const WHO = 'volvelle-who';

/** @returns {string} whoever laid something last in this browser */
function keptName() {
  try {
    return localStorage.getItem(WHO) ?? '';
  } catch {
    // Storage may be refused: then the name is asked for anew.
    return '';
  }
}

/** @param {string} who */
function keepName(who) {
  try {
    localStorage.setItem(WHO, who);
  } catch {
    // As above.
  }
}

/** @param {Date} day @returns {string} such as 2026-11-24, by the reader's own calendar */
export function isoDay(day) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

export class Hand {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.start3 = textButton(t('over.hand.start', { n: 3 }), 'points3', () => this.start(3));
    this.start4 = textButton(t('over.hand.start', { n: 4 }), 'points4', () => this.start(4));
    this.fourth = textButton(t('over.hand.fourth'), 'fourth', () => app.set({ points: fourthPoint(app.state.points, app.placing.matrix, app.sizeOf('a')) }));
    this.shower = textButton(t('over.hand.show'), 'show', () => this.edit(!app.editing));
    this.dropper = textButton(t('over.hand.drop'), 'discard', () => app.set({ points: [] }));
    this.turner = textButton(t('over.hand.turn'), 'turn', () => this.turn('turn'));
    this.mirrorer = textButton(t('over.hand.mirror'), 'mirror', () => this.turn('mirror'));
    this.back = textButton(t('over.hand.back'), 'computed', () => app.act({ type: 'computed' }));
    this.who = h('input', { type: 'text', value: keptName(), autocomplete: 'name', data: { field: 'who' } });
    this.when = h('input', { type: 'date', value: isoDay(new Date()), data: { field: 'when' } });
    this.note = h('input', { type: 'text', data: { field: 'note' } });
    for (const input of [this.who, this.when, this.note]) input.addEventListener('input', () => this.writeLine());
    this.text = h('textarea', { class: 'over-line', readonly: true, rows: '6', spellcheck: 'false', 'aria-label': t('over.line'), data: { line: '' } });
    this.copied = h('span', { class: 'legend', 'aria-live': 'polite' });
    const label = (/** @type {string} */ key, /** @type {HTMLElement} */ input) => h('label', {}, h('span', {}, t(`over.line.${key}`)), input);
    this.lineNode = h('div', { class: 'over-csv', hidden: true },
      h('h3', {}, t('over.line')), h('p', { class: 'legend' }, t('over.line.said')),
      h('div', { class: 'over-fields' }, label('who', this.who), label('when', this.when), label('note', this.note)),
      this.text,
      h('div', { class: 'over-row' }, textButton(t('over.line.copy'), 'copyline', () => this.copy()), textButton(t('over.line.save'), 'saveline', () => save('alignments.csv', this.text.value, 'text/csv;charset=utf-8')), this.copied));
    this.node = h('section', { 'aria-labelledby': 'over-hand' },
      h('h2', { id: 'over-hand' }, t('over.hand')), h('p', { class: 'legend' }, t('over.hand.said')),
      h('div', { class: 'over-row' }, this.start3, this.start4, this.shower, this.fourth, this.dropper, this.turner, this.mirrorer, this.back),
      this.lineNode);
    app.listen(() => this.write());
  }

  /** @param {3 | 4} count */
  start(count) {
    const { app } = this;
    app.editing = true;
    app.set({ points: firstPoints(count, app.placing.matrix, app.sizeOf('a'), app.sizeOf('b')), orientation: -1 });
    this.focus();
  }

  /** Shows the points, setting four if there are none, or hides them. @param {boolean} on */
  edit(on) {
    const { app } = this;
    if (on && !app.state.points.length) return this.start(4);
    app.editing = on;
    app.changed();
    if (on) this.focus();
  }

  focus() {
    const first = this.app.stage.node.querySelector('.over-handle');
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }

  /** @param {'turn' | 'mirror'} type */
  turn(type) {
    this.app.act({ type, from: this.app.placing.orientation });
  }

  write() {
    const { app } = this;
    const { points, orientation } = app.state;
    this.node.hidden = !app.whole;
    this.start3.hidden = this.start4.hidden = points.length > 0;
    this.fourth.hidden = points.length !== 3;
    this.shower.hidden = this.dropper.hidden = !points.length;
    this.shower.textContent = t(app.editing ? 'over.hand.hide' : 'over.hand.show');
    this.back.hidden = !points.length && orientation < 0;
    this.lineNode.hidden = !['points', 'turned'].includes(app.placing.kind) || app.placing.failed;
    this.writeLine();
  }

  writeLine() {
    const { app } = this;
    if (this.lineNode.hidden) return;
    const said = { who: this.who.value, when: this.when.value, note: this.note.value };
    keepName(said.who);
    this.text.value = `${csvHead()}\n${csvLine(app.state.a, app.state.b, app.placing, said)}\n`;
    this.copied.textContent = '';
  }

  /** The second line alone, for a file that has its head already. */
  async copy() {
    const done = await taken(this.text.value.split('\n')[1]);
    this.copied.textContent = t(done ? 'over.copied' : 'over.notcopied');
    if (!done) this.text.select();
  }
}
