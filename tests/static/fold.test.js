import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fold, words } from '../../static/src/shared/fold.js';

const { vectors } = JSON.parse(readFileSync(new URL('../fixtures/folding.json', import.meta.url), 'utf8'));

test('text and what is asked for fold to the same', () => {
  for (const { text, asked, folded } of vectors) {
    assert.equal(folded, fold(text));
    assert.equal(folded, fold(asked));
  }
});

test('folding twice is folding once', () => {
  for (const { text } of vectors) assert.equal(fold(text), fold(fold(text)));
});

test('letters of every script make words, signs part them', () => {
  assert.deepEqual(['fol', '12v', 'σεληνησ', 'المجسطي', '月食'], words('fol. 12ᵛ: Σελήνης — المِجَسْطي, “月食”'));
});
