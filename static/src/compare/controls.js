/**
 * The ways to show the two, what each can be set to, and zoom.
 *
 * @typedef {import('./app.js').App} App
 * @typedef {import('./blink.js').Blink} Blink
 * @typedef {import('./state.js').Mode} Mode
 * @typedef {{key: 'edge' | 'through' | 'rate' | 'cut', least: number, most: number, step: number}} Amount
 */
import { fill, h } from '../shared/dom.js';
import { icon } from '../shared/icons.js';
import { INKS } from './inks.js';
import { MODES, RATES } from './state.js';
import { t } from './words.js';

export const STEP = 1.5; // times closer at each press

/** @type {Partial<Record<Mode, Amount>>} what a mode is set by */
export const AMOUNTS = {
  swipe: { key: 'edge', least: 0, most: 1, step: 0.01 },
  blink: { key: 'rate', least: RATES.least, most: RATES.most, step: 0.5 },
  onion: { key: 'through', least: 0, most: 1, step: 0.01 },
  ink: { key: 'cut', least: 0.3, most: 0.97, step: 0.01 },
};

/** @param {string} words @param {string} name @param {() => void} act @returns {HTMLButtonElement} */
export function textButton(words, name, act) {
  return h('button', { class: 'over-button', type: 'button', data: { act: name }, on: { click: act } }, words);
}

/** @param {import('../shared/icons.js').IconName} name @param {string} words @param {() => void} act */
function iconButton(name, words, act) {
  return h('button', { class: 'over-icon', type: 'button', 'aria-label': words, title: words, data: { act: name }, on: { click: act } }, icon(name));
}

/** @param {string} words @param {string} name @param {(on: boolean) => void} act */
function check(words, name, act) {
  const box = h('input', { type: 'checkbox', data: { check: name } });
  box.addEventListener('change', () => act(box.checked));
  return { node: h('label', { class: 'over-check' }, box, h('span', {}, words)), box };
}

export class Controls {
  /** @param {App} app @param {Blink} blink @param {() => void} help */
  constructor(app, blink, help) {
    this.app = app;
    this.blink = blink;
    this.modes = MODES.map((mode) => h('button', { class: 'over-mode', type: 'button', 'aria-pressed': 'false', data: { mode }, on: { click: () => app.set({ mode }) } }, t(`over.mode.${mode}`)));
    this.top = h('div', { class: 'over-modes', role: 'group', 'aria-label': t('over.mode') }, this.modes);
    this.range = h('input', { type: 'range', data: { amount: '' } });
    this.range.addEventListener('input', () => this.amount && app.set({ [this.amount.key]: Number(this.range.value) }));
    this.words = h('span', {});
    this.amountNode = h('label', { class: 'over-amount' }, this.words, this.range);
    this.safe = check(t('over.safe'), 'safe', (safe) => app.set({ safe }));
    this.lies = check(t('over.lies'), 'lies', (lies) => app.set({ lies }));
    this.grid = check(t('over.grid'), 'grid', (grid) => app.set({ grid }));
    this.run = textButton(t('over.stop'), 'run', () => blink.toggle());
    this.other = textButton(t('over.other'), 'other', () => blink.step());
    this.calm = h('p', { class: 'legend' }, t('over.calm'));
    this.key = h('ul', { class: 'over-inks' });
    this.own = h('div', { class: 'over-own' }, this.amountNode, this.run, this.other, this.calm, this.lies.node, this.key, this.safe.node, this.grid.node);
    this.zoom = h('div', { class: 'over-zoom' },
      iconButton('plus', t('over.closer'), () => app.zoom(STEP)),
      iconButton('minus', t('over.farther'), () => app.zoom(1 / STEP)),
      iconButton('whole', t('over.whole'), () => app.set({ camera: null })),
      iconButton('help', t('over.keys.open'), help));
    app.listen(() => this.write());
  }

  get amount() {
    return AMOUNTS[this.app.state.mode];
  }

  /** @param {number} steps of the slider, up or down */
  nudge(steps) {
    const { amount, app } = this;
    if (!amount) return;
    const size = amount.key === 'rate' ? amount.step : 5 * amount.step;
    const value = Math.min(amount.most, Math.max(amount.least, app.state[amount.key] + steps * size));
    app.set({ [amount.key]: Number(value.toFixed(4)) });
  }

  write() {
    const { app, amount, blink } = this;
    const { mode, safe, lies, grid } = app.state;
    for (const button of this.modes) button.setAttribute('aria-pressed', String(button.dataset.mode === mode));
    const still = mode === 'blink' && blink.calm.matches;
    this.amountNode.hidden = !amount || still;
    if (amount) {
      this.words.textContent = t(`over.${amount.key}`);
      Object.assign(this.range, { min: String(amount.least), max: String(amount.most), step: String(amount.step) });
      this.range.value = String(app.state[amount.key]);
      this.amountNode.title = amount.key === 'cut' ? t('over.cut.said') : '';
    }
    this.run.hidden = mode !== 'blink' || still;
    this.run.textContent = t(blink.running ? 'over.stop' : 'over.run');
    this.other.hidden = mode !== 'blink';
    this.calm.hidden = !still;
    this.lies.node.hidden = mode !== 'side';
    this.safe.node.hidden = this.key.hidden = mode !== 'ink';
    this.safe.box.checked = safe;
    this.lies.box.checked = lies || (app.editing && mode === 'side');
    this.lies.box.disabled = app.editing;
    this.grid.box.checked = grid;
    this.writeKey(safe);
  }

  /** What the inks mean. @param {boolean} safe */
  writeKey(safe) {
    const inks = safe ? INKS.safe : INKS.usual;
    const entry = (/** @type {string} */ colour, /** @type {string} */ words) => h('li', {}, h('i', { style: { background: colour } }), words);
    fill(this.key, entry(inks.a, t('over.only', { name: 'A' })), entry(inks.b, t('over.only', { name: 'B' })), entry('#000', t('over.both')));
  }
}
