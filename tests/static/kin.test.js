import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asked } from '../../static/src/page/views.js';
import { foundBy, foundWords, isQuarter, shareText, sureOnes, turnBack, turnWords } from '../../static/src/shared/kin.js';
import { forSeeds } from './random.js';

const { shares, agreement, turns } = JSON.parse(readFileSync(new URL('../fixtures/relatives.json', import.meta.url), 'utf8'));

test('shares of random pairs are told as on the pages', () => {
  for (const { share, text } of shares) assert.equal(shareText(share), text);
  assert.equal(shareText(undefined), '');
});

test('agreement of views is told as on the pages', () => {
  for (const { labels, found, here, words } of agreement) {
    assert.equal(foundWords(labels, [...found].map((digit) => digit === '1'), here), words);
  }
});

test('how relatives lie is told as on the pages', () => {
  assert.deepEqual(turns.map((_, orientation) => turnWords(orientation)), turns);
});

/** A point after a CSS transform of mirroring and quarter turns, y down; the last is done first. */
function transformed(css, [x, y]) {
  for (const part of css.split(' ').reverse()) {
    if (part === 'scaleX(-1)') [x, y] = [-x, y];
    const quarters = (Number(/rotate\((-?\d+)deg\)/.exec(part)?.[1] ?? 0) / 90 + 8) % 4;
    for (let i = 0; i < quarters; i++) [x, y] = [-y, x];
  }
  return [x, y];
}

test('what lies turned is laid back', () => {
  for (let orientation = 0; orientation < 8; orientation++) {
    let [x, y] = [3, 1];
    if (orientation >= 4) [x, y] = [-x, y];
    for (let i = 0; i < orientation % 4; i++) [x, y] = [-y, x]; // with the clock, as y points down
    assert.deepEqual(transformed(turnBack(orientation), [x, y]), [3, 1], `orientation ${orientation}`);
    assert.equal(isQuarter(orientation), Math.abs(x) === 1);
  }
});

test('views that found a relative are those whose lists name it', () => {
  forSeeds(50, (random, seed) => {
    const names = ['a', 'b', 'c'];
    const ids = Array.from({ length: 6 }, (_, i) => `i${i}`);
    const seen = Object.fromEntries(names.map((name) => {
      const some = () => ids.filter(() => random() < 0.5).map((id) => ({ id }));
      return [name, { neighbours: { all: some(), others: some() } }];
    }));
    for (const scope of ['all', 'others']) {
      for (const id of ids) {
        const naive = names.map((name) => JSON.stringify(seen[name].neighbours[scope]).includes(`"${id}"`));
        assert.deepEqual(foundBy(seen, names, scope, id), naive, `seed ${seed}`);
      }
    }
  });
  assert.deepEqual(foundBy({}, ['a'], 'all', 'i'), [false]);
});

test('relatives are sure until one may be there by chance', () => {
  assert.equal(sureOnes([{ chance: 0.1 }, { chance: 0.99 }, { chance: 1 }, { chance: 0.5 }]), 2);
  assert.equal(sureOnes([{}, {}]), 2);
  assert.equal(sureOnes([]), 0);
});

test('an address names a view and a list of the page, or is left to the browser', () => {
  const views = ['look', 'others-by-look'];
  assert.deepEqual(asked('#by-look', views), { view: 'look', scope: 'all' });
  assert.deepEqual(asked('#others-by-look', views), { view: 'look', scope: 'others' });
  assert.deepEqual(asked('#by-others-by-look', views), { view: 'others-by-look', scope: 'all' });
  for (const hash of ['', '#by-form', '#relatives', '#BY-look', '#by-look&x', '#others-by-']) assert.equal(asked(hash, views), null, hash);
});
