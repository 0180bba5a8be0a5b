/**
 * Where the layouts come from: files of the site, or made here of numbers and of examples.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').LayoutFile} LayoutFile
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 */
import { t } from '../../shared/strings.js';
import { isRanking } from '../like/names.js';
import { Places } from '../scene/places.js';
import { sorted, SORTED } from '../scene/sorted.js';

/** An error whose message is meant for readers. */
export class Said extends Error {}

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
      const file = layout.startsWith(SORTED) ? this.sortedBy(layout.slice(SORTED.length)) : data.get(key);
      promise = file.then((found) => new Places(found, catalogue.ids));
      promise.catch(() => this.known.delete(key));
      this.known.set(key, promise);
    }
    return promise;
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
