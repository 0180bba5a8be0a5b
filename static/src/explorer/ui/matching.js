/**
 * Which images fit the filters and the search, and how many each further value would leave.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../../shared/contract.js').State} State
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
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
   * @param {Pick<State, 'filters' | 'years' | 'undated' | 'numbers'>} state
   * @param {Uint8Array | null} found rows that the search found, null without a search
   * @param {Uint8Array | null} cluster rows of the lit cluster, null without one
   * @param {Uint8Array | null} [torn] rows far from their relatives, null where all are to be shown
   * @param {NumberColumn[]} [columns] of the numbers that the state speaks of
   */
  set(state, found, cluster, torn = null, columns = []) {
    this.passing.clear();
    for (const facet of this.catalogue.facets) {
      const values = state.filters[facet.key];
      if (values?.length) this.passing.set(`f.${facet.key}`, withValues(facet, values));
    }
    const { years, undated } = state;
    if (years || undated) this.passing.set('years', within(this.catalogue.years, years, undated));
    for (const column of columns) {
      const range = state.numbers[column.name];
      if (range) this.passing.set(`n.${column.name}`, inRange(column.values, range));
    }
    if (found) this.passing.set('search', found);
    if (cluster) this.passing.set('cluster', cluster);
    if (torn) this.passing.set('torn', torn);
    this.fails.fill(0);
    for (const pass of this.passing.values()) {
      for (let row = 0; row < this.count; row++) this.fails[row] += 1 - pass[row];
    }
    this.total = 0;
    for (let row = 0; row < this.count; row++) if (!this.fails[row]) this.total++;
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
   * What each condition, taken away alone, would show.
   *
   * @returns {{condition: string, total: number}[]} most first, without those that would show nothing
   */
  undoing() {
    return [...this.passing.keys()].map((condition) => {
      let total = 0;
      this.without(condition, () => void total++);
      return { condition, total };
    }).filter(({ total }) => total).sort((a, b) => b.total - a.total);
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
 * @param {[number, number] | null} range
 * @param {boolean} [undated] whether images without a date pass
 * @returns {Uint8Array} rows whose span of years touches the range
 */
export function within(years, range, undated = false) {
  return Uint8Array.from(years, (span) => {
    if (!span) return undated ? 1 : 0;
    return range && span[0] <= range[1] && span[1] >= range[0] ? 1 : 0;
  });
}

/**
 * @param {(number | null)[]} values
 * @param {import('../../shared/contract.js').NumberRange} wanted
 * @returns {Uint8Array}
 */
export function inRange(values, { range, missing }) {
  return Uint8Array.from(values, (value) => {
    if (value === null || value === undefined) return missing ? 1 : 0;
    return range && value >= range[0] && value <= range[1] ? 1 : 0;
  });
}
