import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matching, MISSING } from '../../static/src/explorer/ui/matching.js';
import { forSeeds } from './random.js';

function anyCatalogue(random) {
  const count = 1 + Math.floor(random() * 60);
  const facets = ['source', 'topic', 'kind'].map((key) => {
    const values = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, i) => `${key} ${i}`);
    return { key, label: key, values, index: Array.from({ length: count }, () => Math.floor(random() * (values.length + 1)) - 1) };
  });
  const years = Array.from({ length: count }, () => {
    const first = Math.floor(random() * 500);
    return random() < 0.2 ? null : [first, first + Math.floor(random() * 50)];
  });
  return { count, facets, years };
}

/** What a row must satisfy, written out plainly. */
function fits(catalogue, conditions, row, except) {
  const { filters, years, found, cluster } = conditions;
  for (const facet of catalogue.facets) {
    const chosen = filters[facet.key] ?? [];
    const value = facet.index[row] < 0 ? MISSING : facet.values[facet.index[row]];
    if (except !== facet.key && chosen.length && !chosen.includes(value)) return false;
  }
  const span = catalogue.years[row];
  if (years && except !== 'years' && !(span && span[0] <= years[1] && span[1] >= years[0])) return false;
  return (!found || found[row] === 1) && (!cluster || cluster[row] === 1);
}

test('matches and counts equal a naive count', () => {
  forSeeds(80, (random, seed) => {
    const catalogue = anyCatalogue(random);
    const mask = () => (random() < 0.5 ? Uint8Array.from({ length: catalogue.count }, () => (random() < 0.6 ? 1 : 0)) : null);
    const filters = {};
    for (const facet of catalogue.facets) {
      if (random() < 0.6) filters[facet.key] = [...facet.values, MISSING].filter(() => random() < 0.4);
    }
    const conditions = { filters, years: random() < 0.5 ? [100, 300] : null, found: mask(), cluster: mask() };
    const matching = new Matching(catalogue);
    matching.set(conditions, conditions.found, conditions.cluster);

    const rows = [...Array(catalogue.count).keys()];
    assert.deepEqual(rows.filter((row) => fits(catalogue, conditions, row)), matching.rows(), `seed ${seed}`);
    assert.equal(matching.rows().length, matching.total);
    catalogue.facets.forEach((facet, number) => {
      const expected = [...facet.values, MISSING].map((_, value) => rows.filter((row) =>
        fits(catalogue, conditions, row, facet.key) && (facet.index[row] < 0 ? facet.values.length : facet.index[row]) === value).length);
      assert.deepEqual(expected, [...matching.counts(number)], `seed ${seed} ${facet.key}`);
    });
  });
});

test('nothing chosen leaves everything', () => {
  const matching = new Matching({ count: 3, facets: [], years: [null, null, null] });
  matching.set({ filters: { topic: [] }, years: null }, null, null);
  assert.equal(false, matching.active);
  assert.deepEqual([0, 1, 2], matching.rows());
});
