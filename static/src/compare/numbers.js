/**
 * How B lies on A, in words and numbers.
 *
 * @typedef {import('./app.js').App} App
 * @typedef {import('./placing.js').Placing} Placing
 */
import { fill, h } from '../shared/dom.js';
import { turnWords } from '../shared/kin.js';
import { pose } from './placing.js';
import { t } from './words.js';

/** Turned by less than this is said to be not turned. */
const UPRIGHT = 0.05;

/** @param {number} value @param {number} digits @returns {string} with a true minus sign */
export function plain(value, digits) {
  return value.toFixed(digits).replace('-', '\u2212');
}

/** @param {number} exponent @returns {string} a whole number as superscript digits */
export function raised(exponent) {
  return String(Math.round(exponent)).replace('-', '⁻').replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]);
}

/** @param {{scale: number, degrees: number, mirrored: boolean}} pose @returns {string} */
export function poseWords({ scale, degrees, mirrored }) {
  const size = Math.abs(degrees);
  const turn = size < UPRIGHT
    ? t('over.turn.none')
    : t('over.turn', { degrees: plain(size, 1), way: t(degrees > 0 ? 'over.turn.with' : 'over.turn.against') });
  return t('over.pose.said', { scale: plain(scale, 2), turn: mirrored ? t('over.turn.mirrored', { turn }) : turn });
}

/** @param {App} app @returns {string} how B was laid */
export function kindWords({ placing, state, catalogue }) {
  const { kind, found } = placing;
  if (kind === 'points') return t('over.kind.points', { n: state.points.length });
  if (kind === 'turned') return t('over.kind.turned');
  if (kind === 'frame' || !found) return t(placing.orientation ? 'over.kind.frame.turned' : 'over.kind.frame');
  if (found.by) return t('over.kind.by', { who: found.by });
  return t('over.kind.found', { view: catalogue.views.find(({ name }) => name === found.view)?.label ?? found.view });
}

export class Numbers {
  /** @param {App} app */
  constructor(app) {
    this.list = h('dl', { data: { numbers: '' } });
    this.said = h('p', { class: 'legend' });
    this.node = h('section', { 'aria-labelledby': 'over-numbers' }, h('h2', { id: 'over-numbers' }, t('over.numbers')), this.list, this.said);
    app.listen(() => this.write(app));
  }

  /** @param {App} app */
  write(app) {
    this.node.hidden = !app.whole;
    if (!app.whole) return;
    const { placing } = app;
    const by = placing.kind === 'found' ? placing.found : null;
    const entry = (/** @type {string} */ key, /** @type {import('../shared/dom.js').Child | import('../shared/dom.js').Child[]} */ value) => h('div', {}, h('dt', {}, t(`over.${key}`)), h('dd', { class: 'num', data: { number: key } }, value));
    fill(this.list,
      entry('placed', kindWords(app)),
      entry('model', t(`over.model.${placing.model}`)),
      entry('pose', poseWords(pose(placing.matrix, app.sizeOf('a')))),
      entry('orientation', turnWords(placing.orientation) || t('over.orientation.0')),
      by && [
        entry('inliers', plain(by.inliers, 0)),
        known(by.residual) && entry('residual', t('over.residual.said', { share: plain(100 * by.residual, 2) })),
        known(by.overlap) && entry('overlap', t('over.overlap.said', { share: plain(100 * by.overlap, 0) })),
        known(by.log10_nfa) && entry('chance', chance(by.log10_nfa)),
        !by.by && entry('verdict', t(by.accepted ? 'over.accepted' : 'over.refused')),
      ]);
    this.said.textContent = placing.failed ? t('over.hand.flat') : !by && placing.kind !== 'frame' ? t('over.none') : '';
  }
}

/** What could not be measured is null in JSON. @param {number | null} value @returns {value is number} */
function known(value) {
  return Number.isFinite(value);
}

/** @param {number} exponent log10 of the expected false alarms @returns {import('../shared/dom.js').Child[]} */
function chance(exponent) {
  if (exponent >= 0) return [t('over.chance.one')];
  return [t('over.chance.said'), '10', h('sup', {}, plain(exponent, 0))];
}
