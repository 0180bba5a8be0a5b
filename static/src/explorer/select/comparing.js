/**
 * The sheet that says what tells the selection from a kept one, or from all other images.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('./collections.js').Collections} Collections
 */
import { fill, h } from '../../shared/dom.js';
import { t } from '../../shared/strings.js';
import { brief } from '../scene/sorted.js';
import { isNumber } from '../ui/found.js';
import { compared } from './compare.js';
import { rowsOf } from './keeping.js';

/** Differences at most that are told. */
const TOLD = 24;
/** Names that a reader's own cannot be. */
const REST = '\u0000rest';

/** @param {Explorer} app @param {Collections} collections */
export function comparing(app, collections) {
  const { selected } = app.state;
  const title = h('h3', {}, t('select.compare'));
  if (!selected.length) return [title, h('p', {}, t('select.first'))];
  const choice = h('select', { class: 'select', 'aria-label': t('compare.with'), data: { compareWith: '' } },
    h('option', { value: REST }, t('compare.rest')), collections.all.map(({ name }) => h('option', { value: name }, name)));
  const body = h('div', { class: 'compared', 'aria-live': 'polite' });
  const write = async () => {
    const other = choice.value === REST ? restOf(app) : rowsOf(app, collections.all.find(({ name }) => name === choice.value)?.ids ?? []);
    const { columns } = await app.data.get('measures').catch(() => ({ columns: [] }));
    fill(body, table(app, selected, other, columns, choice.selectedOptions[0].textContent ?? ''));
  };
  choice.addEventListener('change', write);
  write();
  return [title, h('label', { class: 'tray-form' }, h('span', {}, t('compare.with')), choice), body];
}

/** @param {Explorer} app @returns {number[]} */
function restOf(app) {
  const own = new Set(app.state.selected);
  return app.catalogue.ids.flatMap((_, row) => (own.has(row) ? [] : [row]));
}

/** @param {Explorer} app @param {number[]} first @param {number[]} second @param {import('../../shared/contract.js').NumberColumn[]} columns @param {string} name */
function table(app, first, second, columns, name) {
  const facets = app.catalogue.facets.filter(({ key }) => !isNumber(key));
  const found = compared(first, second, facets, columns);
  const common = first.filter((row) => new Set(second).has(row)).length;
  if (!found.length) return h('p', { class: 'note' }, t('compare.same'));
  const share = (/** @type {number} */ n, /** @type {number} */ of) => `${n} (${Math.round((100 * n) / Math.max(1, of))} %)`;
  return [
    common > 0 && h('p', { class: 'note' }, t('compare.common', { n: common })),
    h('table', { class: 'compare-table' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('compare.what')), h('th', { scope: 'col' }, t('compare.here', { n: first.length })), h('th', { scope: 'col', dir: 'auto' }, `${name} (${second.length})`))),
      h('tbody', {}, found.slice(0, TOLD).map((one) => (one.kind === 'value'
        ? h('tr', {}, h('th', { scope: 'row' }, h('bdi', {}, `${one.label}: ${one.value || t('filters.missing')}`)), h('td', {}, share(one.a, one.ofA)), h('td', {}, share(one.b, one.ofB)))
        : h('tr', {}, h('th', { scope: 'row' }, h('bdi', {}, t('compare.median', { name: one.label }))), h('td', {}, brief(one.a)), h('td', {}, brief(one.b))))))),
    h('p', { class: 'note' }, t('compare.said')),
  ];
}
