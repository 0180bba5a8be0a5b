import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../static/src/explorer/ui/colours.js';
import { justified } from '../../static/src/explorer/ui/justify.js';
import { TextSearch } from '../../static/src/explorer/ui/text-search.js';
import { add, Data } from '../../static/src/shared/data.js';
import { score, t } from '../../static/src/shared/strings.js';
import { forSeeds } from './random.js';

test('justified rows fill the width, keep proportions and nearly their height', () => {
  forSeeds(100, (random, seed) => {
    const aspects = Array.from({ length: Math.floor(random() * 30) }, () => 0.3 + random() * 3);
    const places = justified(aspects, 400, 80, 10);
    assert.equal(places.length, aspects.length);
    const rows = [[]];
    for (const [i, [wide, high]] of places.entries()) {
      assert.ok(Math.abs(wide / high - aspects[i]) < 1e-9, `seed ${seed}`);
      assert.ok(high <= 80 + 1e-9);
      const used = rows.at(-1).reduce((sum, place) => sum + place[0] + 10, 0);
      if (used + wide > 400) rows.push([]);
      rows.at(-1).push([wide, high]);
    }
    for (const row of rows) {
      const used = row.reduce((sum, place) => sum + place[0], 0) + 10 * (row.length - 1);
      if (row !== rows.at(-1)) assert.ok(used > 399 && used <= 400, `seed ${seed}: ${used}`);
      assert.equal(new Set(row.map((place) => place[1].toFixed(6))).size, row.length ? 1 : 0);
    }
  });
});

test('narrow pictures get a place of the least width', () => {
  assert.deepEqual(justified([0.1, 0.1], 400, 80, 10, 0.8), [[64, 80], [64, 80]]);
});

test('colours of the style sheet are read in every form that it uses', () => {
  assert.deepEqual([1, 0, 1, 1], parse('#ff00ff'));
  assert.deepEqual([0, 1, 0, 1], parse('#0f0'));
  assert.deepEqual([27 / 255, 26 / 255, 23 / 255, 0.1], parse('rgb(27 26 23 / 0.1)'));
  assert.deepEqual([1, 1, 1, 0.5], parse('rgba(255, 255, 255, 50%)'));
});

test('words fill in their values and know one from many', () => {
  assert.equal('1 image', t('search.count', { n: 1 }));
  assert.equal('3,918 images', t('search.count', { n: 3918 }));
  assert.equal('Remove <b>', t('chip.remove', { name: '<b>' }));
  assert.equal('unknown.key', t('unknown.key'));
  assert.equal('0.83', score(0.8349));
  assert.equal('\u22120.10', score(-0.1));
});

const CATALOGUE = {
  ids: ['a', 'b', 'c', 'd'], titles: ['Eclipse of the moon', 'Σελήνης ἔκλειψις', 'خسوف القمر', 'A wheel'],
  sources: ['Almagest', '', '', 'Almagest'], dates: ['1496', '', '', ''],
};

test('the search finds beginnings, other writings and near misses, titles first', async () => {
  const search = new TextSearch(CATALOGUE);
  const complete = await search.prepare(async () => ({ text: ['', '', '', 'the eclipse is mentioned'] }));
  assert.equal(true, complete);
  assert.deepEqual([0, 3], await search.find('ECLIPS'));
  assert.deepEqual([0], await search.find('moon eclipse'));
  assert.deepEqual([1], await search.find('εκλειψισ'));
  assert.deepEqual([2], await search.find('القَمَر'));
  assert.deepEqual([0, 3], await search.find('almagst'));
  assert.deepEqual([], await search.find('moon wheel'));
  assert.deepEqual([], await search.find(' — '));
});

test('without the descriptions the titles are still searched', async () => {
  const search = new TextSearch(CATALOGUE);
  assert.equal(false, await search.prepare(() => Promise.reject(new Error('gone'))));
  assert.deepEqual([3], await search.find('wheel'));
});

test('over http data is fetched once, a failure may be tried again, and items by their ids', async (context) => {
  const asked = [];
  let ok = false;
  context.mock.method(globalThis, 'fetch', async (url) => {
    asked.push(url);
    return { ok, status: 404, json: async () => ({ url }) };
  });
  const data = new Data('./', false);
  await assert.rejects(data.get('catalogue'), /api\/catalogue\.json could not be read \(404\)/);
  ok = true;
  const [first, second] = await Promise.all([data.get('catalogue'), data.get('catalogue')]);
  assert.equal(first, second);
  assert.deepEqual({ url: './api/items/fol-1.json' }, await data.item(70, 'fol-1'));
  assert.deepEqual(['./api/catalogue.json', './api/catalogue.json', './api/items/fol-1.json'], asked);
});

test('from file:// data comes by scripts that call add, items in parts of 64', async () => {
  const scripts = [];
  globalThis.document = {
    createElement: () => ({ remove() {} }),
    head: { append: (node) => scripts.push(node) },
  };
  try {
    const data = new Data('../../', true);
    const waiting = data.item(70, 'fol-1');
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal('../../data/items/1.js', scripts[0].src);
    add('items/1', Array.from({ length: 64 }, (_, i) => ({ row: 64 + i })));
    scripts[0].onload();
    assert.deepEqual({ row: 70 }, await waiting);
    const lost = data.get('search');
    scripts[1].onload();
    await assert.rejects(lost, /data\/search\.js could not be read/);
  } finally {
    delete globalThis.document;
  }
});
