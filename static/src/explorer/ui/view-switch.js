/**
 * The views, where there is more than one: in the bar, and in the panel over the relatives.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';

/**
 * @param {Explorer} app
 * @returns {HTMLElement} a group of buttons, hidden where there is nothing to choose
 */
export function viewSwitch(app) {
  const { views } = app.catalogue;
  const buttons = views.map((view) =>
    h('button', {
      class: 'text-button', type: 'button', dir: 'auto', data: { view: view.name },
      on: { click: () => app.pickView(view.name) },
    }, view.label),
  );
  const node = h('div', { class: 'choice views', role: 'group', 'aria-label': t('view.group'), data: { views: '' }, hidden: views.length < 2 }, buttons);
  app.listen((topics) => {
    if (!topics.has('view')) return;
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.view === app.view.name));
  });
  return node;
}

/** Shows the view after the present one, or before it. @param {Explorer} app @param {1 | -1} [step] */
export function nextView(app, step = 1) {
  const { views } = app.catalogue;
  app.pickView(views[(views.indexOf(app.view) + step + views.length) % views.length].name);
}
