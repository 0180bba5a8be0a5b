/**
 * The sheet of kept selections: name the present one, bring one back, take one away.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('./collections.js').Collections} Collections
 */
import { h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';

/** @param {Explorer} app @param {Collections} collections @param {() => void} again */
export function keeping(app, collections, again) {
  const { selected } = app.state;
  const input = h('input', { class: 'tray-input', maxlength: 80, placeholder: t('kept.name'), 'aria-label': t('kept.name'), data: { keepName: '' }, dir: 'auto' });
  const keep = () => {
    const name = input.value.trim() || t('kept.unnamed', { n: collections.all.length + 1 });
    const lasting = collections.keep(name, selected.map((row) => app.catalogue.ids[row]));
    app.show(lasting ? t('kept.done', { name }) : t('kept.denied'));
    again();
  };
  const form = h('form', { class: 'tray-form', on: { submit: (/** @type {Event} */ event) => { event.preventDefault(); if (selected.length) keep(); } } },
    input, h('button', { class: 'text-button', type: 'submit', disabled: !selected.length, data: { keep: '' } }, t('kept.keep', { n: selected.length })));
  return [
    h('h3', {}, t('select.kept')),
    !collections.lasting && h('p', { class: 'note', data: { keptDenied: '' } }, t('kept.denied')),
    form,
    collections.all.length ? h('ul', { class: 'kept' }, collections.all.map(({ name, ids }) => h('li', {},
      h('button', { class: 'text-button', type: 'button', dir: 'auto', data: { kept: name }, on: { click: () => bring(app, ids) } }, name),
      h('span', { class: 'facet-count' }, t('search.count', { n: ids.length })),
      h('button', { class: 'text-button', type: 'button', 'aria-label': t('kept.drop', { name }), on: { click: () => { collections.drop(name); again(); } } }, t('kept.remove')))))
      : h('p', { class: 'note' }, t('kept.none')),
  ];
}

/** @param {Explorer} app @param {string[]} ids */
function bring(app, ids) {
  const rows = rowsOf(app, ids);
  app.select(rows, 'set');
  if (rows.length < ids.length) app.show(t('address.lost', { n: ids.length - rows.length }));
}

/** @param {Explorer} app @param {string[]} ids @returns {number[]} of those that the catalogue has */
export function rowsOf(app, ids) {
  return ids.flatMap((id) => app.rows.get(id) ?? []);
}
