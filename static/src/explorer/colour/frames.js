/**
 * What frames and sizes say: clusters, values of a facet or a number by colour, a number by size,
 * and what is selected. The legend filters.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').NumberColumn} NumberColumn
 * @typedef {{name: string, value: string, colour: string, count: number, chosen: boolean, pick: () => void}} Entry
 * @typedef {{title: string, entries: Entry[], labels: Int32Array | null, names: string[], column: NumberColumn | null}} Meaning
 *   labels: by row the number of its entry in names, -1 for none
 */
import { t } from '../../shared/strings.js';
import { onTheme } from '../../shared/theme.js';
import { parse } from '../ui/colours.js';
import { MISSING } from '../ui/matching.js';
import { css, ramp, slotsOf } from './ramp.js';

/** Side of the smallest images, as a share of the largest. */
const SMALLEST = 0.3;

export class Frames {
  /** @param {Explorer} app @param {() => void} resized called when images changed their size */
  constructor(app, resized) {
    this.app = app;
    this.resized = resized;
    /** @type {Meaning | null} */
    this.meaning = null;
    this.sized = '';
    this.asked = 0;
    app.listen((topics) => {
      if (['colour', 'clusters', 'view', 'matches'].some((topic) => topics.has(/** @type {any} */ (topic)))) this.show();
      else if (topics.has('selection')) this.paint();
    });
    onTheme(() => this.show());
  }

  /** Reads what the frames are to say, and says it. */
  async show() {
    const { app } = this;
    const mine = ++this.asked;
    const { colour, sized } = app.state;
    const number = (/** @type {string} */ name) => app.layouts.number(name).catch(() => {
      app.show(t('numbers.failed'));
      return null;
    });
    const column = colour.startsWith('n.') ? await number(colour.slice(2)) : null;
    const sizes = sized ? await number(sized) : null;
    if (mine !== this.asked) return;
    this.meaning = colour === 'cluster' ? this.ofClusters() : colour.startsWith('f.') ? this.ofFacet(colour.slice(2)) : column ? { title: column.label, entries: [], labels: null, names: [], column } : null;
    if (this.sized !== sized) {
      this.sized = sized;
      app.stage.sprites.scale(sizes && sizesOf(sizes.values));
      app.stage.showMarks(true);
      this.resized();
    }
    this.paint();
    app.tell('meaning');
  }

  /** @returns {Meaning | null} */
  ofClusters() {
    const { clusters, matching, state } = this.app;
    if (!clusters) return null;
    const at = new Map(clusters.clusters.map(({ number }, i) => [number, i]));
    const labels = Int32Array.from(clusters.label, (number) => at.get(number) ?? -1);
    const counts = new Uint32Array(clusters.clusters.length);
    matching.without('cluster', (row) => labels[row] >= 0 && void counts[labels[row]]++);
    const names = clusters.clusters.map(({ name, number }) => name || t('cluster.name', { number }));
    return this.named(t('clusters.title'), names, names, labels, counts, (i) => state.cluster === clusters.clusters[i].number, (i) => {
      const { number } = clusters.clusters[i];
      this.app.update({ cluster: state.cluster === number ? 0 : number });
    });
  }

  /** @param {string} key @returns {Meaning | null} */
  ofFacet(key) {
    const { catalogue, matching, state } = this.app;
    const number = catalogue.facets.findIndex((facet) => facet.key === key);
    if (number < 0) return null;
    const facet = catalogue.facets[number];
    const values = [...facet.values, MISSING];
    const labels = Int32Array.from(facet.index, (value) => (value < 0 ? facet.values.length : value));
    const chosen = state.filters[key] ?? [];
    return this.named(facet.label, values, values.map((value) => value || t('filters.missing')), labels, matching.counts(number), (i) => chosen.includes(values[i]), (i) => {
      const others = chosen.filter((value) => value !== values[i]);
      this.app.update({ filters: { ...state.filters, [key]: chosen.includes(values[i]) ? others : [...others, values[i]] } });
    });
  }

  /**
   * @param {string} title
   * @param {string[]} values
   * @param {string[]} names
   * @param {Int32Array} labels
   * @param {Uint32Array} counts
   * @param {(i: number) => boolean} chosen
   * @param {(i: number) => void} pick
   * @returns {Meaning}
   */
  named(title, values, names, labels, counts, chosen, pick) {
    const whole = new Uint32Array(values.length);
    for (const label of labels) if (label >= 0) whole[label]++;
    const slots = slotsOf(whole);
    this.colours = values.map((_, i) => this.token(slots[i]));
    const entries = values.map((value, i) => ({
      name: names[i], value, colour: css(this.colours?.[i] ?? [0, 0, 0]), count: counts[i], chosen: chosen(i), pick: () => pick(i),
    })).filter((_, i) => whole[i] || chosen(i));
    return { title, entries, labels, names, column: null };
  }

  /** @param {number} slot @returns {number[]} red, green, blue */
  token(slot) {
    return parse(getComputedStyle(document.documentElement).getPropertyValue(`--cluster-${slot + 1}`).trim()).slice(0, 3).map((part) => Math.round(part * 255));
  }

  /** Writes the frames of all sprites. */
  paint() {
    const { stage, state, catalogue } = this.app;
    const { mark } = stage.sprites;
    const { meaning } = this;
    mark.fill(0);
    if (meaning?.labels) {
      for (let row = 0; row < catalogue.count; row++) {
        const rgb = this.colours?.[meaning.labels[row]];
        if (rgb) mark.set([rgb[0], rgb[1], rgb[2], 128], row * 4);
      }
    } else if (meaning?.column) {
      const { values } = meaning.column;
      const [low, high] = rangeOf(values);
      for (let row = 0; row < catalogue.count; row++) {
        const value = values[row];
        if (value !== null && value !== undefined) mark.set([...ramp((value - low) / (high - low || 1)), 128], row * 4);
      }
    }
    const accent = parse(getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()).map((part) => Math.round(part * 255));
    for (const row of state.selected) mark.set([accent[0], accent[1], accent[2], 255], row * 4);
    stage.showMarks();
    this.resized();
  }
}

/** @param {(number | null)[]} values @returns {[number, number]} least and largest */
export function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null || value === undefined) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}

/** The area of an image follows its number. @param {(number | null)[]} values @returns {Float32Array} */
export function sizesOf(values) {
  const [low, high] = rangeOf(values);
  return Float32Array.from(values, (value) => (value === null || value === undefined ? SMALLEST
    : Math.sqrt(SMALLEST ** 2 + (1 - SMALLEST ** 2) * ((value - low) / (high - low || 1)))));
}
