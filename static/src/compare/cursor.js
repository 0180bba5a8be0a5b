/**
 * The linked cursor: what is pointed at in one picture is marked in the other, and both places are
 * told. By keyboard it stands in the middle of the stage.
 *
 * @typedef {import('./app.js').App} App
 * @typedef {import('./matrix.js').Point} Point
 */
import { h } from '../shared/dom.js';
import { t } from './words.js';

export class Cursor {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.node = h('p', { class: 'over-readout num', data: { readout: '' } });
    /** @type {PointerEvent | null} */
    this.pointer = null;
    app.stage.node.addEventListener('focus', () => this.write());
    app.stage.node.addEventListener('blur', () => this.write());
    app.stage.listen(() => this.write());
  }

  /** @param {PointerEvent | null} event null where nothing is pointed at */
  hover(event) {
    this.pointer = event && event.pointerType !== 'touch' ? event : null;
    this.write();
  }

  write() {
    const { stage } = this.app;
    const places = this.app.whole ? this.places() : null;
    // Over each other the pointer itself is in both.
    stage.point(this.app.state.mode === 'side' || !this.pointer ? places : null);
    this.node.textContent = places ? t('over.readout', whole(places)) : '\u00a0';
    stage.node.classList.toggle('pointed', Boolean(places && this.pointer));
  }

  /** @returns {{a: Point, b: Point} | null} */
  places() {
    const { stage, placing } = this.app;
    if (this.pointer) {
      const pane = stage.under(this.pointer.target);
      return stage.places(pane, stage.within(pane, this.pointer.clientX, this.pointer.clientY), placing.matrix);
    }
    const { width, height } = stage.pane;
    return stage.node.matches(':focus-visible') ? stage.places(stage.a, [width / 2, height / 2], placing.matrix) : null;
  }
}

/** @param {{a: Point, b: Point}} places @returns {Record<string, string>} */
function whole({ a, b }) {
  const text = (/** @type {number} */ value) => String(Math.round(value)).replace('-', '\u2212');
  return { ax: text(a[0]), ay: text(a[1]), bx: text(b[0]), by: text(b[1]) };
}
