/**
 * Search by example: reads the vectors of a view when they are first asked for, and ranks.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('./vectors.js').Vectors} Vectors
 */
import { t } from '../../shared/strings.js';
import { Said } from '../ui/said.js';
import { arranged } from './arrange.js';
import { question, ranking, scores } from './rank.js';
import { parse } from './vectors.js';

export class Likeness {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    /** @type {Map<string, Promise<Vectors>>} */
    this.known = new Map();
    this.asked = 0;
    /** Rows of the last ranking, the most alike first. */
    this.order = /** @type {Uint32Array} */ (new Uint32Array(0));
    this.scores = /** @type {Float32Array} */ (new Float32Array(0));
    app.layouts.rank = (view, layout) => this.places(view, layout);
  }

  /** @param {string} view @returns {Promise<Vectors>} */
  vectors(view) {
    let promise = this.known.get(view);
    if (!promise) {
      const { data, catalogue } = this.app;
      promise = data.binary(`vectors/${view}`).then(
        (buffer) => parse(buffer, catalogue),
        () => Promise.reject(new Said(t('like.failed'))),
      );
      promise.catch(() => this.known.delete(view));
      this.known.set(view, promise);
    }
    return promise;
  }

  /** @param {string} view @param {string} layout */
  async places(view, layout) {
    const { app } = this;
    const mine = ++this.asked;
    const vectors = await this.vectors(view);
    const asked = question(vectors, app.state.examples);
    const found = await scores(vectors, asked, async () => {
      await new Promise((go) => setTimeout(go));
      return mine === this.asked;
    });
    // What is newer has taken over: its places are as good.
    if (!found) return arranged(layout, app.catalogue.ids, this.order, this.scores, t('like.title'));
    this.order = ranking(found);
    this.scores = found;
    app.tell('ranking');
    return arranged(layout, app.catalogue.ids, this.order, found, t('like.title'));
  }
}
