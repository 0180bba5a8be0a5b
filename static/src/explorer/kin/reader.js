/**
 * Reads the pairs of relatives of a view when they are first asked for.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 */
import { t } from '../../shared/strings.js';
import { Said } from '../ui/said.js';
import { Edges, parseEdges } from './edges.js';

export class KinReader {
  /** @param {Explorer} app */
  constructor(app) {
    this.app = app;
    /** @type {Map<string, Promise<Edges>>} */
    this.known = new Map();
  }

  /** @param {string} view @returns {Promise<Edges>} @throws {Said} */
  edges(view) {
    let promise = this.known.get(view);
    if (!promise) {
      const { data, catalogue } = this.app;
      promise = data.binary(`edges/${view}`).then(
        (buffer) => parseEdges(buffer, catalogue),
        () => Promise.reject(new Said(t('edges.failed'))),
      );
      promise.catch(() => this.known.delete(view));
      this.known.set(view, promise);
    }
    return promise;
  }

  /** Those of the present view, or null with a word why not. @returns {Promise<Edges | null>} */
  here() {
    return this.edges(this.app.view.name).catch((error) => {
      this.app.show(error instanceof Said ? error.message : t('edges.failed'));
      return null;
    });
  }
}
