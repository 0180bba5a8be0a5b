/**
 * Which images fit the filters and the search, and how many each further value would leave.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../../shared/contract.js').State} State
 * @typedef {{rows: Uint8Array | null, label: string}} Condition rows that pass (1), null for all
 */

/** How the missing value is written among a facet's chosen values. */
export const MISSING = '';

export class Matching {
  /** @param {Catalogue} catalogue */
  constructor(catalogue) {
    this.catalogue = catalogue;
    this.count = catalogue.count;
    /** Per condition the rows that pass it. @type {Map<string, Uint8Array>} */
    this.passing = new Map();
    /** How many conditions each row fails. */
    this.fails = new Uint8Array(this.count);
    this.total = this.count;
  }

  /**
   * @param {Pick<State, 'filters' | 'years'>} state
   * @param {Uint8Array | null} found rows that the search found, null without a search
   * @param {Uint8Array | null} cluster rows of the lit cluster, null without one
   * @param {Uint8Array | null} [torn] rows far from their relatives, null where all are to be shown
   */
  set(state, found, cluster, torn = null) {
    this.passing.clear();
    for (const facet of this.catalogue.facets) {
      const values = state.filters[facet.key];
      if (values?.length) this.passing.set(`f.${facet.key}`, withValues(facet, values));
    }
    if (state.years) this.passing.set('years', within(this.catalogue.years, state.years));
    if (found) this.passing.set('search', found);
    if (cluster) this.passing.set('cluster', cluster);
    if (torn) this.passing.set('torn', torn);
    this.fails.fill(0);
    for (const pass of this.passing.values()) {
      for (let row = 0; row < this.count; row++) this.fails[row] += 1 - pass[row];
    }
    this.total = this.fails.reduce((sum, fails) => sum + (fails ? 0 : 1), 0);
  }

  /** Whether anything narrows the catalogue. */
  get active() {
    return this.passing.size > 0;
  }

  /** @param {number} row */
  has(row) {
    return this.fails[row] === 0;
  }

  /** @returns {number[]} rows that fit all */
  rows() {
    const rows = [];
    for (let row = 0; row < this.count; row++) if (!this.fails[row]) rows.push(row);
    return rows;
  }

  /**
   * Rows that fit everything except one condition.
   *
   * @param {string} condition such as `f.source` or `years`
   * @param {(row: number) => void} found
   */
  without(condition, found) {
    const pass = this.passing.get(condition);
    for (let row = 0; row < this.count; row++) {
      if (this.fails[row] === (pass ? 1 - pass[row] : 0)) found(row);
    }
  }

  /**
   * How many images each value of a facet would show, all other conditions staying.
   *
   * @param {number} number of the facet
   * @returns {Uint32Array} by value; the last entry is for the missing value
   */
  counts(number) {
    const facet = this.catalogue.facets[number];
    const counts = new Uint32Array(facet.values.length + 1);
    this.without(`f.${facet.key}`, (row) => {
      const value = facet.index[row];
      counts[value < 0 ? facet.values.length : value]++;
    });
    return counts;
  }
}

/**
 * @param {Catalogue['facets'][number]} facet
 * @param {string[]} values
 * @returns {Uint8Array}
 */
function withValues(facet, values) {
  const wanted = new Set(values.map((value) => (value === MISSING ? -1 : facet.values.indexOf(value))));
  if (!values.includes(MISSING)) wanted.delete(-1);
  return Uint8Array.from(facet.index, (value) => (wanted.has(value) ? 1 : 0));
}

/**
 * @param {Catalogue['years']} years
 * @param {[number, number]} range
 * @returns {Uint8Array} rows whose span of years touches the range
 */
function within(years, range) {
  return Uint8Array.from(years, (span) => (span && span[0] <= range[1] && span[1] >= range[0] ? 1 : 0));
}
