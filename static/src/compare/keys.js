/**
 * What keys do, and the list of them.
 *
 * @typedef {import('./app.js').App} App
 * @typedef {{app: App, controls: import('./controls.js').Controls, blink: import('./blink.js').Blink,
 *   hand: import('./hand.js').Hand, heads: ReturnType<typeof import('./heads.js').heads>, help: Help}} Parts
 */
import { h } from '../shared/dom.js';
import { STEP } from './controls.js';
import { MODES } from './state.js';
import { t } from './words.js';

const PAN = 40; // CSS pixels at a press
const FIELDS = 'input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]';

/** @type {[string[], string][]} */
const LIST = [
  [['1', '2', '3', '4', '5'], 'modes'],
  [['← ↑ → ↓'], 'move'],
  [['+', '−', '0'], 'zoom'],
  [['[', ']'], 'amount'],
  [['Space', 'N'], 'blink'],
  [['X'], 'swap'],
  [['G'], 'grid'],
  [['L'], 'lies'],
  [['C'], 'inks'],
  [['H'], 'hand'],
  [['R', 'M'], 'turn'],
  [['A', 'B'], 'pick'],
  [['?'], 'help'],
];

export class Help {
  constructor() {
    const rows = LIST.flatMap(([names, what]) => [h('dt', {}, names.map((name) => h('kbd', {}, name))), h('dd', {}, t(`over.key.${what}`))]);
    this.node = h('details', { class: 'over-keys', data: { keys: '' } }, h('summary', {}, t('over.keys')), h('dl', {}, rows));
  }

  toggle() {
    this.node.open = !this.node.open;
    if (!this.node.open) return;
    this.node.scrollIntoView({ block: 'nearest' });
    this.node.querySelector('summary')?.focus({ preventScroll: true });
  }
}

/** @param {Parts} parts */
export function keys({ app, controls, blink, hand, heads, help }) {
  const pan = (/** @type {number} */ dx, /** @type {number} */ dy) => () => app.move(dx, dy);
  /** @type {Record<string, () => void>} */
  const acts = {
    ...Object.fromEntries(MODES.map((mode, at) => [String(at + 1), () => app.set({ mode })])),
    '+': () => app.zoom(STEP),
    '=': () => app.zoom(STEP),
    '-': () => app.zoom(1 / STEP),
    0: () => app.set({ camera: null }),
    '[': () => controls.nudge(-1),
    ']': () => controls.nudge(1),
    n: () => app.state.mode === 'blink' && blink.step(),
    x: () => app.act({ type: 'swap' }, true),
    g: () => app.set({ grid: !app.state.grid }),
    l: () => app.set({ lies: !app.state.lies }),
    c: () => app.set({ safe: !app.state.safe }),
    h: () => hand.edit(!app.editing),
    r: () => hand.turn('turn'),
    m: () => hand.turn('mirror'),
    a: () => heads.a.setOpen(true),
    b: () => heads.b.setOpen(true),
    '?': () => help.toggle(),
  };
  /** Keys that buttons, sliders and the page have a use for as well: ours only over the stage. @type {Record<string, () => void>} */
  const onStage = {
    ArrowLeft: pan(PAN, 0),
    ArrowRight: pan(-PAN, 0),
    ArrowUp: pan(0, PAN),
    ArrowDown: pan(0, -PAN),
    ' ': () => app.state.mode === 'blink' && (blink.calm.matches ? blink.step() : blink.toggle()),
  };
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(FIELDS)) return;
    const act = acts[event.key.toLowerCase()] ?? (target === app.stage.node ? onStage[event.key] : undefined);
    // A page that lacks an image can only be given one.
    if (!act || (!app.whole && !'ab?'.includes(event.key.toLowerCase()))) return;
    event.preventDefault();
    act();
  });
}
