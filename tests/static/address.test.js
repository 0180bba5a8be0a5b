import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyState, fromHash, toHash } from '../../static/src/shared/address.js';
import { clean } from '../../static/src/explorer/ui/clean.js';
import { Keys } from '../../static/src/explorer/state/keys.js';
import { forSeeds } from './random.js';

const KEYS = new Keys(Array.from({ length: 40 }, (_, i) => `fol-${i}`));

const WORDS = ['', 'a', 'f.x', 'Ἔκλειψις', 'a|b', 'a&b=c', '100 %', '1+1', '"><script>', 'كسوف', '🌒', '#i=1', '%7C', 'x..y'];

test('any state comes back from its address as it was', () => {
  forSeeds(300, (random, seed) => {
    const pick = () => WORDS[Math.floor(random() * WORDS.length)];
    const filters = {};
    for (let i = 0; i < 3; i++) {
      const values = Array.from({ length: 1 + Math.floor(random() * 3) }, pick);
      if (random() < 0.5) filters[`key-${pick()}`] = values;
    }
    const range = () => {
      const ends = [random(), random()].map((value) => Number(value.toPrecision(6))).sort((a, b) => a - b);
      const missing = random() < 0.5;
      return { range: missing && random() < 0.5 ? null : ends, missing };
    };
    const rows = Array.from({ length: 40 }, (_, row) => row).filter(() => random() < 0.3);
    const state = {
      selected: rows, examples: rows.slice(0, 5).map((row) => [row, Math.ceil(random() * 100) * (random() < 0.5 ? -1 : 1)]),
      numbers: { ink: range(), [`n-${pick()}`]: range() }, undated: random() < 0.5, colour: pick(), sized: pick(), dense: random() < 0.5,
      edges: random() < 0.5 ? Number(random().toPrecision(6)) : null, beside: pick(), orbit: random() < 0.5 ? [Math.floor(random() * 300) - 150, Math.floor(random() * 75)] : null,
      wander: random() < 0.5, odd: Math.floor(random() * 41) - 1,
      view: pick(), layout: pick(), id: pick(), query: pick(), filters, group: pick(), torn: random() < 0.5,
      cluster: Math.floor(random() * 30),
      years: random() < 0.5 ? [-200, Math.floor(random() * 2000)] : null,
      hide: random() < 0.5,
      camera: random() < 0.5 ? { x: Number(random().toPrecision(6)), y: Number(random().toPrecision(6)), z: Number((1 + random()).toPrecision(6)) } : null,
    };
    assert.deepEqual(state, fromHash(toHash(state, KEYS), KEYS), `seed ${seed}`);
  });
});

test('an empty state is an empty address', () => {
  assert.equal('', toHash(emptyState()));
  assert.deepEqual(emptyState(), fromHash(''));
  assert.deepEqual(emptyState(), fromHash('#'));
});

test('addresses are readable', () => {
  const state = { ...emptyState(), layout: 'grid', id: 'fol-12', query: 'lunar eclipse', filters: { topic: ['moon', ''] } };
  assert.equal('#l=grid&i=fol-12&q=lunar+eclipse&f.topic=moon|', toHash(state));
});

test('malformed parts are left out, the rest is kept', () => {
  const read = fromHash('#i=a&q=%E0%A4%A&x=1&y=zwei&z=3&c=-4&years=abc&hide=yes&&=&nonsense');
  assert.deepEqual({ ...emptyState(), id: 'a' }, read);
});

test('a state is made to fit its catalogue', () => {
  const catalogue = {
    ids: ['a', 'b'],
    views: [{ name: 'look', layouts: ['map', 'grid'], clusters: 3 }, { name: 'form', layouts: ['map'], clusters: 0 }],
    facets: [{ key: 'topic', values: ['moon', 'sun'], index: [0, -1] }],
  };
  const asked = { ...emptyState(), view: 'look', layout: 'grid', id: 'zz', cluster: 9, years: [5, 1], filters: { topic: ['moon', 'mars', '', 'moon'], other: ['x'] } };
  const expected = { ...emptyState(), layout: 'grid', filters: { topic: ['moon', ''] } };
  assert.deepEqual(expected, clean(asked, catalogue));
  assert.equal('', clean({ ...emptyState(), view: 'form', layout: 'grid' }, catalogue).layout);
  assert.equal('form', clean({ ...emptyState(), view: 'form' }, catalogue).view);
});
