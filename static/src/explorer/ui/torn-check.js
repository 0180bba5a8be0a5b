/**
 * Marks on demand the images whose neighbours in this layout are not their relatives.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';

export class TornCheck {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    this.box = h('input', { type: 'checkbox', data: { torn: '' }, on: { change: () => app.update({ torn: this.box.checked }, { push: false }) } });
    this.said = h('p', { class: 'facet-said' });
    this.node = h('fieldset', { class: 'facet' }, h('legend', {}, t('torn.title')), h('label', { class: 'check' }, this.box, t('torn.mark')), this.said);
    app.listen((topics) => (topics.has('places') || topics.has('matches')) && this.write());
  }

  write() {
    const { places } = this.app.stage;
    const known = Boolean(places?.faithful);
    this.box.disabled = !known;
    this.box.checked = known && this.app.state.torn;
    this.said.textContent = [places?.note, known ? t('torn.said') : t('torn.unknown')].filter(Boolean).join(' ');
  }
}
