/**
 * Which clustering is shown, where a view has several.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { fill, h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { clusteringName, clusteringsOf } from './clustering.js';

export class ClusterChoice {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    this.buttons = h('div', { class: 'choice wrapping' });
    this.overview = h('a', { class: 'text-button' }, t('clusters.overview'));
    this.node = h('fieldset', { class: 'facet', data: { clusterings: '' } }, h('legend', {}, t('clusters.title')), this.buttons, this.overview);
    app.listen((topics) => (topics.has('view') || topics.has('clusters')) && this.write());
  }

  write() {
    const { app } = this;
    const found = clusteringsOf(app.view);
    const now = app.clustering?.key ?? '';
    this.node.hidden = !found.length;
    this.buttons.hidden = found.length < 2;
    this.overview.href = `${app.root}clusters/${now}/index.html`;
    fill(this.buttons, found.map(({ key }) =>
      h('button', {
        class: 'text-button', type: 'button', dir: 'auto', 'aria-pressed': String(key === now), data: { clustering: key },
        on: { click: () => app.pickGroup(key) },
      }, clusteringName(app.view, key)),
    ));
  }
}
