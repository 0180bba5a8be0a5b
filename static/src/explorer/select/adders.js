/**
 * Buttons that select without drawing: what every drag has as a key or a button.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';

/** @param {Explorer} app @returns {number[]} the chosen image and what is selected */
function seeds(app) {
  return app.chosen >= 0 ? [app.chosen, ...app.state.selected] : app.state.selected;
}

/** Everything that shares a cluster with the seeds. @param {Explorer} app @returns {number[]} */
export function clusterRows(app) {
  const label = app.clusters?.label;
  if (!label) return [];
  const wanted = new Set(seeds(app).map((row) => label[row]).filter((number) => number > 0));
  return label.flatMap((number, row) => (wanted.has(number) ? [row] : []));
}

/** The nearest relatives of the seeds. @param {Explorer} app @returns {Promise<number[]>} */
export async function neighbourRows(app) {
  const { catalogue, data, view } = app;
  const items = await Promise.all(seeds(app).slice(0, 50).map((row) => data.item(row, catalogue.ids[row])));
  const ids = items.flatMap((item) => item.views[view.name]?.neighbours.all.map(({ id }) => id) ?? []);
  return [...new Set(ids)].map((id) => app.rows.get(id) ?? -1).filter((row) => row >= 0);
}

/** @param {Explorer} app @returns {number[]} what fits all conditions and was not selected */
export function invertedRows(app) {
  const selected = new Set(app.state.selected);
  return app.matching.rows().filter((row) => !selected.has(row));
}

/** @param {Explorer} app */
export function adders(app) {
  const add = (/** @type {string} */ words, /** @type {string} */ name, /** @type {() => void | Promise<void>} */ act) =>
    h('button', { class: 'text-button', type: 'button', data: { add: name }, on: { click: act } }, t(words));
  const some = (/** @type {number[]} */ rows, /** @type {string} */ none) => (rows.length ? app.select(rows, 'add') : app.show(t(none)));
  return [
    add('select.chosen', 'chosen', () => some(app.chosen >= 0 ? [app.chosen] : [], 'select.nochosen')),
    add('select.cluster', 'cluster', () => some(clusterRows(app), 'select.nocluster')),
    add('select.neighbours', 'neighbours', () => neighbourRows(app).then((rows) => some(rows, 'select.nochosen'), () => app.show(t('panel.failed')))),
    add('select.window', 'window', () => some(app.stage.visible().filter((row) => app.matching.has(row)), 'select.nothing')),
    add('select.shown', 'shown', () => some(app.matching.rows(), 'select.nothing')),
    add('select.invert', 'invert', () => app.select(invertedRows(app), 'set')),
  ];
}
