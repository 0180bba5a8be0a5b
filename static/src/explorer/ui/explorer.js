/**
 * The explorer: holds the state and carries its changes to the stage, the address and the parts of
 * the interface. The parts ask for changes with `update` and hear of them through `listen`.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../../shared/contract.js').ClustersFile} ClustersFile
 * @typedef {import('../../shared/contract.js').State} State
 * @typedef {import('../../shared/contract.js').ViewInfo} ViewInfo
 * @typedef {import('../../shared/data.js').Data} Data
 * @typedef {import('../scene/stage.js').Stage} Stage
 * @typedef {import('../scene/places.js').Places} Places
 * @typedef {import('../state/reduce.js').Action} Action
 * @typedef {import('../state/reduce.js').How} How
 * @typedef {'view' | 'layout' | 'places' | 'matches' | 'chosen' | 'cursor' | 'clusters'
 *   | 'selection' | 'examples' | 'ranking' | 'colour' | 'meaning' | 'edges' | 'beside' | 'wander' | 'odd'} Topic
 */
import { emptyState, toHash } from '../../shared/address.js';
import { keepChoice } from '../../shared/choice.js';
import { t } from '../../shared/strings.js';
import { isRanking } from '../like/names.js';
import { boundsOf } from '../scene/places.js';
import { fit, reveal } from '../scene/camera.js';
import { LANDSCAPE, orbitOf, standOn } from '../scene/heights.js';
import { nearestTo } from '../scene/pick.js';
import { Keys, MOST } from '../state/keys.js';
import { reduce } from '../state/reduce.js';
import { write } from '../../shared/history.js';
import { LayoutFiles } from './layout-files.js';
import { Lighting } from './lighting.js';
import { Matching } from './matching.js';
import { clusteringName, clusteringOf, clusteringsOf, hasIslands } from './clustering.js';
import { Said } from './said.js';
import { TextSearch } from './text-search.js';

/** Chosen images keep this distance from the edge of the free rectangle, in CSS pixels. */
const SIGHT = 48;

export class Explorer {
  /**
   * @param {Catalogue} catalogue
   * @param {Data} data
   * @param {Stage} stage
   * @param {string} root
   */
  constructor(catalogue, data, stage, root) {
    this.catalogue = catalogue;
    this.data = data;
    this.stage = stage;
    this.root = root;
    this.rows = new Map(catalogue.ids.map((id, row) => [id, row]));
    this.state = emptyState();
    this.matching = new Matching(catalogue);
    this.search = new TextSearch(catalogue);
    /** Rows that the search found, best first; null without a search. @type {number[] | null} */
    this.found = null;
    /** @type {ClustersFile | null} */
    this.clusters = null;
    /** Key of the clustering that they are of. */
    this.grouped = '';
    /** Row under the pointer or the keyboard. */
    this.cursor = -1;
    /** @type {Set<(topics: Set<Topic>) => void>} */
    this.listeners = new Set();
    this.keys = new Keys(catalogue.ids);
    this.layouts = new LayoutFiles(this);
    this.lighting = new Lighting(this);
    /** @type {(text: string) => void} */
    this.say = () => undefined;
    /** Closes whatever is open. */
    this.putAway = () => {};
    /** Says and shows. @type {(text: string) => void} */
    this.show = () => undefined;
    /** Rows of the relatives that the panel shows. @type {number[]} */
    this.relatives = [];
    this.timer = 0;
    stage.listeners.add((kind) => {
      if (kind === 'rest') this.noteCamera();
      if (kind === 'look') this.lighting.look();
    });
  }

  /** @returns {ViewInfo} */
  get view() {
    const { views } = this.catalogue;
    return views.find((view) => view.name === this.state.view) ?? views[0];
  }

  get layout() {
    return this.state.layout || this.view.layouts[0];
  }

  /** The clustering that is meant now, null where there is none. */
  get clustering() {
    return clusteringOf(this.view, this.layout, this.state.group);
  }

  /** Row of the chosen image, or -1. */
  get chosen() {
    return this.rows.get(this.state.id) ?? -1;
  }

  /** @param {(topics: Set<Topic>) => void} listener */
  listen(listener) {
    this.listeners.add(listener);
  }

  /** @param {...Topic} topics */
  tell(...topics) {
    for (const listener of this.listeners) listener(new Set(topics));
  }

  /**
   * Shows a state from an address.
   *
   * @param {State} state
   * @param {boolean} [first] whether the page was just opened
   */
  async restore(state, first = false) {
    const before = this.state;
    this.state = reduce(before, { type: 'restore', state }, this.catalogue);
    const { camera } = this.state;
    await this.carry(before, { first, still: true });
    if (camera) this.toCamera(camera, first);
    else if (first || before.camera || before.layout !== this.state.layout || before.view !== this.state.view) {
      this.stage.rig.goHome(first);
    }
    if (this.chosen >= 0) this.keepInSight(this.chosen, first);
  }

  /**
   * Changes the state.
   *
   * @param {Partial<State>} changes
   * @param {{push?: boolean}} [how] push: Back comes back to what was before
   */
  update(changes, how = {}) {
    return this.dispatch({ type: 'change', changes }, how);
  }

  /** @param {Action} action @param {{push?: boolean}} [how] */
  async dispatch(action, how = {}) {
    const before = this.state;
    this.state = reduce(before, action, this.catalogue);
    this.write(how.push ?? true);
    await this.carry(before, { first: false, still: false });
  }

  /** @param {Iterable<number>} rows @param {How} how */
  select(rows, how) {
    const before = this.state.selected;
    this.dispatch({ type: 'select', rows, how }, { push: false });
    const { selected } = this.state;
    this.say(selected.length ? t('select.count', { n: selected.length }) : t('select.none'));
    if (before.length <= MOST && selected.length > MOST) this.show(t('select.long', { most: MOST }));
  }

  /** @param {boolean} push */
  write(push) {
    write(toHash(this.state, this.keys, MOST), push);
  }

  /**
   * @param {State} before
   * @param {{first: boolean, still: boolean}} how still: the camera is set by the caller
   */
  async carry(before, how) {
    const { stage, state } = this;
    const changed = (/** @type {(keyof State)[]} */ ...keys) => keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(state[key]));
    const viewChanged = how.first || before.view !== state.view;
    const ranked = isRanking(this.layout) && changed('examples');
    const layoutChanged = viewChanged || before.layout !== state.layout || ranked;
    if (state.id !== before.id && !how.first) {
      this.tell('chosen');
      this.lighting.light();
    }
    if (changed('selected')) this.tell('selection');
    if (changed('examples')) this.tell('examples');
    if (changed('colour', 'sized', 'dense')) this.tell('colour');
    for (const topic of /** @type {('edges' | 'beside' | 'wander' | 'odd')[]} */ (['edges', 'beside', 'wander', 'odd'])) if (changed(topic)) this.tell(topic);
    if (changed('orbit') && !layoutChanged && this.layout === LANDSCAPE) stage.setRelief(stage.heights, state.orbit, how.first);
    if (layoutChanged) await this.carryLayout(before, how);
    const key = this.clustering?.key ?? '';
    if (viewChanged || key !== this.grouped) await this.loadClusters(key);
    const narrowed = (layoutChanged && state.torn) || changed('query', 'filters', 'cluster', 'group', 'years', 'undated', 'numbers', 'torn', 'hide');
    if (narrowed || how.first || viewChanged) await this.lighting.match(how.first);
    if (how.first) this.tell('chosen', 'view', 'layout', 'places');
  }

  /**
   * @param {State} before
   * @param {{first: boolean, still: boolean}} how
   */
  async carryLayout(before, how) {
    const { view, layout } = this;
    this.tell('view', 'layout');
    try {
      const places = await this.placesOf(view.name, layout);
      // Another layout may have been asked for meanwhile.
      if (view === this.view && layout === this.layout) this.setPlaces(places, how);
    } catch (error) {
      if (how.first && layout === view.layouts[0]) throw error;
      const back = how.first ? { layout: '' } : { view: before.view, layout: before.layout };
      this.state = { ...this.state, ...back };
      if (isRanking(layout) || how.first) this.state.examples = isRanking(layout) ? before.examples : this.state.examples;
      this.write(false);
      this.show(error instanceof Said ? error.message : t('layout.failed'));
      this.tell('view', 'layout', 'examples');
      if (how.first) await this.carryLayout(before, how);
    }
  }

  /** @param {string} view @param {string} layout @returns {Promise<Places>} */
  placesOf(view, layout) {
    return this.layouts.get(view, layout);
  }

  /**
   * Moves the images; what one looks at stays under the eye.
   *
   * @param {Places} places
   * @param {{first: boolean, still: boolean}} how
   */
  setPlaces(places, how) {
    const { stage } = this;
    const { rig } = stage;
    const old = stage.places;
    const anchor = old ? this.anchor(old) : -1;
    const home = rig.home || anchor < 0;
    const box = anchor >= 0 ? stage.boxOf(anchor) : { x: 0, y: 0, width: 0, height: 0 };
    const pixels = stage.pixels;
    const [x, y] = [rig.camera.x, rig.camera.y];
    standOn(stage, places, this.state.orbit, how.first);
    stage.setPlaces(places, { jump: how.first, x, y });
    this.tell('places');
    if (how.still) return;
    if (home) return rig.goHome();
    const px = box.x + box.width / 2;
    const py = box.y + box.height / 2;
    rig.go(rig.placing(places.xy[anchor * 2], places.xy[anchor * 2 + 1], px, py, pixels / places.size));
  }

  /** The image that stays where it is while the others move: under the pointer, else the chosen one. @param {Places} places */
  anchor(places) {
    if (this.cursor >= 0) return this.cursor;
    if (this.chosen >= 0) return this.chosen;
    const { camera } = this.stage.rig;
    return nearestTo(places.xy, this.stage.sprites.rank, camera.x, camera.y);
  }

  /** @param {string} key of the clustering, "" for none */
  async loadClusters(key) {
    this.grouped = key;
    this.clusters = null;
    if (key) {
      // Without its clusters a view still shows its images.
      const clusters = await this.data.get(`clusters/${key}`).catch(() => null);
      if (key === this.grouped) this.clusters = clusters;
    }
    this.tell('clusters');
  }

  /** Shows another clustering. @param {string} key */
  pickGroup(key) {
    if (key === this.clustering?.key) return;
    const main = clusteringsOf(this.view)[0]?.key;
    // A layout of clusters shows its own: it gives way to that of the clustering, or to the map.
    const name = clusteringsOf(this.view).find((one) => one.key === key)?.name;
    const islands = key === main ? 'clusters' : `clusters-${name}`;
    const other = this.view.layouts.includes(islands) ? islands : '';
    this.update({ group: key === main ? '' : key, cluster: 0, ...(hasIslands(this.layout) ? { layout: other } : {}) });
    this.say(t('say.clusters', { name: clusteringName(this.view, key) }));
  }

  /** @param {number[]} rows of the relatives on show */
  setRelatives(rows) {
    this.relatives = rows;
    this.lighting.light();
  }

  /**
   * Chooses an image: the panel opens, the camera follows only as needed.
   *
   * @param {number} row -1 closes the panel
   */
  choose(row) {
    const id = row < 0 ? '' : this.catalogue.ids[row];
    if (id === this.state.id) return;
    this.update({ id });
    if (row >= 0) {
      this.keepInSight(row);
      this.say(this.describe(row));
    } else {
      this.say(t('say.closed'));
    }
  }

  /**
   * Shows another view: the same layout of it, if it has that, and the relatives that it sees.
   *
   * @param {string} name
   */
  pickView(name) {
    if (name === this.view.name) return;
    // Clusters are counted in each view anew.
    this.update({ view: name, cluster: 0, group: '' });
    keepChoice({ view: name });
    this.say(t('say.view', { name: this.view.label }));
  }

  /** @param {number} row @param {boolean} [jump] */
  keepInSight(row, jump = false) {
    const { rig, places } = this.stage;
    if (!places || rig.home) return;
    const to = reveal(rig.aim, rig.aimFree, this.stage.squareOf(row), SIGHT);
    if (Math.hypot(to.x - rig.aim.x, to.y - rig.aim.y) * to.scale > 1) rig.go(to, jump);
  }

  /** @param {number} row -1 for none */
  setCursor(row) {
    if (row === this.cursor) return;
    this.cursor = row;
    this.tell('cursor');
  }

  /** Shows all rows at once, as large as they can be. @param {number[]} rows */
  flyTo(rows) {
    const { places, rig } = this.stage;
    if (!places || !rows.length) return;
    rig.go(fit(boundsOf(places.xy, places.size, rows), rig.aimFree, 0.8));
  }

  /** @param {number} number of the cluster, 0 for none */
  showCluster(number) {
    this.update({ cluster: number });
    const label = this.clusters?.label;
    if (!number || !label) return;
    this.flyTo(label.flatMap((n, row) => (n === number ? [row] : [])));
  }

  /** @param {number} row @returns {string} what is said of an image aloud */
  describe(row) {
    const { catalogue, clusters } = this;
    const n = clusters?.label[row] ?? -1;
    const place = n > 0 ? `${t('cluster.name', { number: n }).toLowerCase()}, ` : '';
    return t('say.image', { title: catalogue.titles[row], place, row: row + 1, total: catalogue.count });
  }

  /** @param {{x: number, y: number, z: number}} camera @param {boolean} jump */
  toCamera(camera, jump) {
    const { rig } = this.stage;
    rig.go({ x: camera.x, y: camera.y, scale: camera.z * rig.limits.whole }, jump);
  }

  /** Writes where the camera came to rest. */
  noteCamera() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { rig } = this.stage;
      if (!this.stage.resting) return;
      const { x, y } = rig.camera;
      this.state = { ...this.state, camera: rig.home ? null : { x, y, z: rig.zoom }, orbit: this.layout === LANDSCAPE ? orbitOf(rig.relief) : null };
      this.write(false);
    }, 150);
  }
}
