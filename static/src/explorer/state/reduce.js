/**
 * Every change of the explorer's state: from a state and an action to the next state, and nothing else.
 *
 * @typedef {import('../../shared/contract.js').Catalogue} Catalogue
 * @typedef {import('../../shared/contract.js').State} State
 * @typedef {import('../../shared/contract.js').NumberRange} NumberRange
 * @typedef {'set' | 'add' | 'remove' | 'toggle'} How
 * @typedef {{type: 'change', changes: Partial<State>}
 *   | {type: 'select', rows: Iterable<number>, how: How}
 *   | {type: 'weigh', rows: Iterable<number>, weight: number}
 *   | {type: 'range', name: string, range: NumberRange | null}
 *   | {type: 'restore', state: State}} Action `weigh` with 0 takes examples away
 */
import { clean } from '../ui/clean.js';
import { isRanking, RANKED } from '../like/names.js';

/**
 * @param {State} state
 * @param {Action} action
 * @param {Catalogue} catalogue
 * @returns {State} one that fits the catalogue
 */
export function reduce(state, action, catalogue) {
  return clean(next(state, action), catalogue);
}

/** @param {State} state @param {Action} action @returns {State} */
function next(state, action) {
  switch (action.type) {
    case 'change':
      return { ...state, ...action.changes };
    case 'select':
      return { ...state, selected: joined(state.selected, action.rows, action.how) };
    case 'weigh':
      return weighed(state, action.rows, action.weight);
    case 'range': {
      const { [action.name]: _, ...others } = state.numbers;
      return { ...state, numbers: action.range ? { ...others, [action.name]: action.range } : others };
    }
    case 'restore':
      return action.state;
  }
}

/**
 * @param {number[]} before ascending
 * @param {Iterable<number>} rows
 * @param {How} how
 * @returns {number[]} ascending, each once
 */
export function joined(before, rows, how) {
  if (how === 'set') return [...new Set(rows)].sort((a, b) => a - b);
  const all = new Set(before);
  for (const row of new Set(rows)) {
    if (how === 'remove' || (how === 'toggle' && all.has(row))) all.delete(row);
    else all.add(row);
  }
  return [...all].sort((a, b) => a - b);
}

/** The first example shows the ranking; without examples there is none. @param {State} state @param {Iterable<number>} rows @param {number} weight */
function weighed(state, rows, weight) {
  const weights = new Map(state.examples);
  for (const row of rows) {
    if (weight) weights.set(row, weight);
    else weights.delete(row);
  }
  const examples = [...weights];
  const ranked = isRanking(state.layout);
  const layout = !examples.length && ranked ? '' : examples.length && !state.examples.length && !ranked ? RANKED : state.layout;
  return { ...state, examples, layout };
}
