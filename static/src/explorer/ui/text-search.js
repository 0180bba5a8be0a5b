/**
 * Full-text search over titles, sources, dates and descriptions.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 */
import MiniSearch from 'minisearch';
import { words } from '../../shared/fold.js';

const BOOST = { title: 4, source: 2, date: 2 };
/** Words from this length may differ by a letter in five. */
const FUZZY_FROM = 5;

export class TextSearch {
  /** @param {Catalogue} catalogue */
  constructor(catalogue) {
    this.catalogue = catalogue;
    /** @type {Promise<MiniSearch> | null} */
    this.index = null;
    /** Whether the descriptions could be read. */
    this.complete = Promise.resolve(false);
  }

  /**
   * Builds the index, once.
   *
   * @param {() => Promise<{text: string[]}>} load gives the descriptions
   * @returns {Promise<boolean>} whether the descriptions are in it
   */
  prepare(load) {
    if (!this.index) {
      const texts = load().then((file) => file.text, () => null);
      this.complete = texts.then(Boolean);
      this.index = texts.then((text) => build(this.catalogue, text ?? []));
    }
    return this.complete;
  }

  /**
   * @param {string} query
   * @returns {Promise<number[]>} rows that hold all words or their beginnings, best first
   */
  async find(query) {
    const asked = words(query);
    if (!this.index || !asked.length) return [];
    const index = await this.index;
    return index.search(asked.join(' ')).map((result) => Number(result.id));
  }
}

/**
 * @param {Catalogue} catalogue
 * @param {string[]} text
 * @returns {Promise<MiniSearch>}
 */
async function build(catalogue, text) {
  const index = new MiniSearch({
    idField: 'row',
    fields: ['title', 'source', 'date', 'text'],
    tokenize: words,
    // Folding is done with the words; nothing is left to do for a term.
    processTerm: (term) => term,
    searchOptions: {
      boost: BOOST,
      prefix: true,
      fuzzy: (term) => (term.length >= FUZZY_FROM ? 0.2 : false),
      combineWith: 'AND',
    },
  });
  const documents = catalogue.ids.map((_, row) => ({
    row,
    title: catalogue.titles[row],
    source: catalogue.sources[row],
    date: catalogue.dates[row],
    text: text[row] ?? '',
  }));
  // In portions, so that the map stays responsive while a large catalogue is read.
  await index.addAllAsync(documents, { chunkSize: 250 });
  return index;
}
