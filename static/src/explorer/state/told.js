/**
 * What of an address could not be shown, in a sentence: links come from other builds, and from anyone.
 *
 * @typedef {import('../../shared/contract.js').State} State
 */
import { t } from '../../shared/strings.js';

/**
 * @param {State} asked
 * @param {State} kept what the catalogue has of it
 * @param {string[]} bad parts of the address that say nothing
 * @param {number} lost images that the catalogue does not have
 * @param {Partial<State>} first what is shown without a word: a clean state leaves it out
 * @returns {string} "" where all is shown
 */
export function told(asked, kept, bad, lost, first) {
  const names = [...bad];
  /** @type {(keyof State)[]} */
  const plain = ['layout', 'view', 'id', 'group', 'colour', 'sized', 'beside'];
  for (const key of plain) if (asked[key] && !kept[key] && asked[key] !== first[key]) names.push(String(asked[key]));
  if (asked.cluster && !kept.cluster) names.push(t('cluster.name', { number: asked.cluster }));
  if (asked.years && !kept.years) names.push(asked.years.join('..'));
  for (const [key, values] of Object.entries(asked.filters)) {
    for (const value of values) if (!(kept.filters[key] ?? []).includes(value)) names.push(`${key}: ${value}`);
  }
  for (const name of Object.keys(asked.numbers)) if (!kept.numbers[name]) names.push(name);
  return [
    names.length ? t('address.unknown', { names: names.slice(0, 5).map((name) => `“${name.slice(0, 60)}”`).join(', ') }) : '',
    lost ? t('address.lost', { n: lost }) : '',
  ].filter(Boolean).join(' ');
}
