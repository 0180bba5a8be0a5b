/**
 * Where the layouts come from: files of the site, or made here of numbers and of examples.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').LayoutFile} LayoutFile
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 */
import { t } from '../../shared/strings.js';
import { isRanking } from '../like/names.js';
import { columns, crossedOf, scattered } from '../scene/crossed.js';
import { LANDSCAPE } from '../scene/heights.js';
import { Places } from '../scene/places.js';
import { sorted, SORTED } from '../scene/sorted.js';

export class LayoutFiles {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    /** @type {Map<string, Promise<Places>>} */
    this.known = new Map();
    /** Ranks by the examples; set by who has the vectors. @type {(view: string, layout: string) => Promise<LayoutFile>} */
    this.rank = () => Promise.reject(new Error('Nothing ranks.'));
  }

  /** @param {string} view @param {string} layout @returns {Promise<Places>} */
  get(view, layout) {
    const { catalogue, data } = this.app;
    if (isRanking(layout)) return this.rank(view, layout).then((file) => new Places(file, catalogue.ids));
    const key = `layouts/${view}-${layout}`;
    let promise = this.known.get(key);
    if (!promise) {
      const file = this.made(view, layout) ?? data.get(key);
      promise = file.then((found) => new Places(found, catalogue.ids));
      promise.catch(() => this.known.delete(key));
      this.known.set(key, promise);
    }
    return promise;
  }

  /** Layouts that are made here. @param {string} view @param {string} layout @returns {Promise<LayoutFile> | null} */
  made(view, layout) {
    if (layout === LANDSCAPE) return this.app.data.get(`layouts/${view}-map`).then((map) => ({ ...map, layout, label: '', note: t('landscape.note') }));
    if (layout.startsWith(SORTED)) return this.sortedBy(layout.slice(SORTED.length));
    const crossed = crossedOf(layout, this.app.catalogue);
    return crossed && this.crossed(crossed);
  }

  /** @param {NonNullable<ReturnType<typeof crossedOf>>} of @returns {Promise<LayoutFile>} */
  async crossed(of) {
    const { ids } = this.app.catalogue;
    if ('facets' in of) return columns(of.facets, ids, { other: t('facet.others'), missing: t('filters.missing') });
    const [x, y] = await Promise.all(of.numbers.map((name) => this.number(name)));
    return scattered(x, y, ids, { other: '', missing: t('sort.unknown') });
  }

  /** @param {string} name @returns {Promise<NumberColumn>} */
  async number(name) {
    const { columns } = await this.app.data.get('measures');
    const column = columns.find((/** @type {NumberColumn} */ one) => one.name === name);
    if (!column) throw new Error(`There is no number ${name}.`);
    return column;
  }

  /** Images in rows by one of their numbers. @param {string} name @returns {Promise<LayoutFile>} */
  async sortedBy(name) {
    return sorted(await this.number(name), this.app.catalogue.ids, t('sort.unknown'));
  }
}
