/**
 * Selections that a reader keeps in this browser, by name; each catalogue has its own.
 *
 * @typedef {{name: string, ids: string[]}} Collection
 */

export class Collections {
  /** @param {string} place of the catalogue, such as the page's path */
  constructor(place) {
    this.key = `volvelle-collections:${place}`;
    /** Whether they outlast the visit. */
    this.lasting = true;
    /** @type {Collection[]} */
    this.all = [];
    this.read();
  }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? '[]');
      this.all = Array.isArray(kept) ? kept.filter(isCollection) : [];
    } catch (error) {
      // What cannot be parsed is lost; storage that is refused keeps nothing beyond the visit.
      this.lasting = error instanceof SyntaxError;
    }
  }

  /** @param {string} name @param {string[]} ids @returns {boolean} whether it was kept beyond the visit */
  keep(name, ids) {
    this.all = [...this.all.filter((one) => one.name !== name), { name, ids }];
    return this.write();
  }

  /** @param {string} name */
  drop(name) {
    this.all = this.all.filter((one) => one.name !== name);
    return this.write();
  }

  write() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.all));
      this.lasting = true;
    } catch {
      this.lasting = false;
    }
    return this.lasting;
  }
}

/** @param {any} one @returns {one is Collection} */
function isCollection(one) {
  return typeof one?.name === 'string' && Array.isArray(one.ids) && one.ids.every((/** @type {unknown} */ id) => typeof id === 'string');
}
