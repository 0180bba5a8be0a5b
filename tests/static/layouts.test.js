import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Places } from '../../static/src/explorer/scene/places.js';
import { brief, sorted } from '../../static/src/explorer/scene/sorted.js';
import { clusteringName, clusteringOf } from '../../static/src/explorer/ui/clustering.js';
import { clean } from '../../static/src/explorer/ui/clean.js';
import { grouped, shared } from '../../static/src/explorer/ui/layout-groups.js';
import { Matching } from '../../static/src/explorer/ui/matching.js';
import { emptyState } from '../../static/src/shared/address.js';
import { forSeeds } from './random.js';

const named = (...names) => names.map((name) => ({ name, label: name }));

test('a few layouts all stand in the bar, of many the first four', () => {
  const few = named('map', 'grid', 'pca', 'tsne', 'timeline');
  assert.deepEqual({ bar: few, more: [] }, shared(few));
  const { bar, more } = shared(named('map', 'grid', 'pca', 'flas', 'clusters', 'scatter-a-b', 'timeline'));
  assert.deepEqual(['map', 'grid', 'clusters', 'timeline'], bar.map((one) => one.name));
  assert.deepEqual(['pca', 'flas', 'scatter-a-b'], more.map((one) => one.name));
});

test('every layout is in one group', () => {
  const names = ['map', 'map-n50-d015', 'tsne', 'tsne-grid', 'flas', 'clusters-families', 'facet-source', 'geography', 'scatter-x-grid'];
  const found = grouped(named(...names));
  assert.deepEqual(names.slice().sort(), found.flatMap(([, list]) => list.map((one) => one.name)).sort());
  assert.deepEqual(['maps', 'grids', 'clusters', 'facts'], found.map(([group]) => group));
});

const column = (values) => ({ name: 'ink', label: 'Ink', unit: '', meaning: 'Ink.', values });

test('images in rows ascend in reading order, unknown ones come last, none lies on another', () => {
  forSeeds(100, (random, seed) => {
    const ids = Array.from({ length: 1 + Math.floor(random() * 60) }, (_, i) => `i${i}`);
    const values = ids.map(() => (random() < 0.2 ? null : Math.floor(random() * 9)));
    const file = sorted(column(values), ids, 'unknown');
    const order = ids.map((_, i) => i).sort((a, b) => file.y[a] - file.y[b] || file.x[a] - file.x[b]);
    const known = order.filter((row) => values[row] !== null);
    assert.deepEqual(order, [...known, ...order.filter((row) => values[row] === null)], `seed ${seed}`);
    assert.deepEqual(known.map((row) => values[row]), known.map((row) => values[row]).sort((a, b) => a - b));
    assert.equal(ids.length, new Set(ids.map((_, i) => `${file.x[i].toFixed(6)} ${file.y[i].toFixed(6)}`)).size);
    assert.equal(values.includes(null), file.marks.some((mark) => mark.text === 'unknown'));
  });
});

test('numbers on the rows are short', () => {
  assert.deepEqual(['0.123', '\u22125', '12346', '0'], [brief(0.12345), brief(-5), brief(12345.6), brief(0)]);
});

test('places keep marks within their bounds, and trust is by the id of an image', () => {
  const file = { layout: 'a', ids: ['b', 'a'], x: [0, 1], y: [0, 1], size: 0.1, marks: [{ x: 0.5, y: 2, text: 't', level: 0 }], faithful: [0.25, 0.5] };
  const places = new Places(file, ['a', 'b']);
  assert.deepEqual([0.5, 0.25], [...places.faithful]);
  assert.ok(places.bounds.y + places.bounds.height > 2);
  assert.equal(null, new Places({ ...file, faithful: [] }, ['a', 'b']).faithful);
});

const view = {
  name: 'look', layouts: ['map', 'clusters', 'clusters-families'], clusters: 3,
  clusterings: [
    { key: 'look', name: 'k-means', label: '', method: 'k-means over 64', clusters: 3 },
    { key: 'look-families', name: 'families', label: 'Families', method: 'families', clusters: 9 },
  ],
};

test('a layout of clusters decides which clustering is meant, else the reader does', () => {
  assert.equal('look', clusteringOf(view, 'map', '').key);
  assert.equal('look-families', clusteringOf(view, 'map', 'look-families').key);
  assert.equal('look', clusteringOf(view, 'clusters', 'look-families').key);
  assert.equal('look-families', clusteringOf(view, 'clusters-families', '').key);
  assert.equal(null, clusteringOf({ name: 'x', layouts: [], clusters: 0 }, 'map', ''));
  assert.equal('x', clusteringOf({ name: 'x', layouts: [], clusters: 2 }, 'map', '').key);
  assert.deepEqual(['K-means', 'Families'], ['look', 'look-families'].map((key) => clusteringName(view, key)));
});

test('a state keeps a clustering, a cluster of it and a sorted layout that there are', () => {
  const catalogue = { ids: [], facets: [], views: [view], numbers: [{ name: 'ink' }] };
  const kept = clean({ ...emptyState(), group: 'look-families', cluster: 9, layout: 'sort.ink' }, catalogue);
  assert.deepEqual(['look-families', 9, 'sort.ink'], [kept.group, kept.cluster, kept.layout]);
  const lost = clean({ ...emptyState(), group: 'other', cluster: 9, layout: 'sort.hue' }, catalogue);
  assert.deepEqual(['', 0, ''], [lost.group, lost.cluster, lost.layout]);
});

test('images torn from their relatives are a condition like others', () => {
  const matching = new Matching({ count: 3, facets: [], years: [] });
  matching.set({ filters: {}, years: null }, null, null, Uint8Array.from([0, 1, 0]));
  assert.deepEqual([1], matching.rows());
  matching.set({ filters: {}, years: null }, null, null, null);
  assert.deepEqual([0, 1, 2], matching.rows());
});
