/**
 * Which images are shown fully: what fits the conditions, and the relatives of the chosen one.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 */
import { t } from '../../shared/strings.js';

/** How fully, of 255, images are shown that do not match. */
const DIMMED = 34;
/** The same for images beside the chosen one and its relatives, while they are smaller than this. */
const QUIET = 105;
const QUIET_BELOW = 100;
/** Share of its true neighbours up to which an image is marked as torn from them. */
const TORN = 0.2;

export class Lighting {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    this.quiet = false;
  }

  /** Looks whether zooming has changed what helps. */
  look() {
    if (this.quiet !== this.wantsQuiet) this.light();
  }

  /** Finds what fits the filters and the search, and lights it. @param {boolean} [jump] */
  async match(jump = false) {
    const { app } = this;
    const { state, catalogue } = app;
    let found = null;
    if (state.query.trim()) {
      app.search.prepare(() => app.data.get('search'));
      found = await app.search.find(state.query);
      if (state.query !== app.state.query) return;
    }
    const columns = await this.columns(Object.keys(state.numbers));
    if (state.numbers !== app.state.numbers) return;
    app.found = found;
    const mask = found && new Uint8Array(catalogue.count);
    for (const row of found ?? []) /** @type {Uint8Array} */ (mask)[row] = 1;
    const label = app.clusters?.label;
    const cluster = state.cluster && label ? Uint8Array.from(label, (n) => (n === state.cluster ? 1 : 0)) : null;
    app.matching.set(app.state, mask, cluster, state.torn ? this.torn() : null, columns);
    this.light(jump);
    app.tell('matches');
  }

  /** The numbers that conditions speak of. @param {string[]} names @returns {Promise<NumberColumn[]>} */
  async columns(names) {
    try {
      return await Promise.all(names.map((name) => this.app.layouts.number(name)));
    } catch {
      this.app.show(t('numbers.failed'));
      return [];
    }
  }

  /** Rows of which at most two of ten true neighbours lie near, null where that is not known. */
  torn() {
    const faithful = this.app.stage.places?.faithful;
    return faithful ? Uint8Array.from(faithful, (share) => (share <= TORN ? 1 : 0)) : null;
  }

  /** Whether the relatives should stand out: large images need no help, and a search has its own light. */
  get wantsQuiet() {
    const { app } = this;
    return app.chosen >= 0 && app.relatives.length > 0 && !app.matching.active && app.stage.pixels < QUIET_BELOW;
  }

  /** Shows fully what matches, and the chosen image with its relatives. @param {boolean} [jump] */
  light(jump = false) {
    const { matching, state, stage, chosen, catalogue, relatives } = this.app;
    this.quiet = this.wantsQuiet;
    const matched = this.quiet ? QUIET : 255;
    const others = state.hide ? 0 : DIMMED;
    const shown = new Uint8Array(catalogue.count);
    for (let row = 0; row < shown.length; row++) shown[row] = matching.has(row) ? matched : others;
    if (this.quiet) for (const row of relatives) shown[row] = 255;
    if (chosen >= 0) shown[chosen] = 255;
    stage.setLit(shown, jump);
  }
}
