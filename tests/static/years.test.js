import assert from 'node:assert/strict';
import { test } from 'node:test';
import { histogram, yearText } from '../../static/src/explorer/ui/years.js';
import { forSeeds } from './random.js';

/** The same by counting every year on its own; bars must hold whole years. */
function yearByYear(spans, first, last, bars) {
  const counts = new Array(bars).fill(0);
  const width = (last - first + 1) / bars;
  for (const [from, to] of spans) {
    for (let year = from; year <= to; year++) {
      if (year >= first && year <= last) counts[Math.floor((year - first) / width)] += 1 / (to - from + 1);
    }
  }
  return counts;
}

function near(actual, expected) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) assert.ok(Math.abs(actual[i] - expected[i]) < 1e-9, `bar ${i}`);
}

test('an image counts once, spread evenly over the years of its date', () => {
  forSeeds(60, (random) => {
    const bars = 1 + Math.floor(random() * 12);
    const first = Math.floor(random() * 3000) - 1000;
    const last = first + bars * (1 + Math.floor(random() * 9)) - 1;
    const spans = Array.from({ length: Math.floor(random() * 20) }, () => {
      const from = first - 20 + Math.floor(random() * (last - first + 40));
      return [from, from + Math.floor(random() * 60)];
    });
    near(histogram(spans, first, last, bars), yearByYear(spans, first, last, bars));
  });
});

test('bars of less than a year share it out, and nothing is lost', () => {
  near(histogram([[1400, 1400]], 1400, 1401, 8), [0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0]);
  near(histogram([[1400, 1401], [1401, 1401]], 1400, 1401, 3), [1 / 3, 1 / 3 + 1 / 3, 1 / 3 + 2 / 3]);
});

test('a date at either end of the range, or beyond it, stays within the bars', () => {
  near(histogram([[1300, 1399], [1200, 1299], [1399, 1399]], 1300, 1399, 4), [0.25, 0.25, 0.25, 1.25]);
});

test('years before the first are told as BCE', () => {
  assert.deepEqual([1482, 1, 0, -299].map(yearText), ['1482', '1', '1\u00a0BCE', '300\u00a0BCE']);
});
