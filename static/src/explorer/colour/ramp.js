/** Colours for what frames say: a fixed set for names, one even ramp for numbers. */

/** Cividis (Nuñez, Anderton and Renslow 2018), which looks nearly the same to colour-blind readers. */
const RAMP = [[0, 34, 78], [53, 69, 108], [102, 105, 112], [148, 142, 119], [200, 184, 102], [254, 232, 56]];

/** @param {number} share 0-1 @returns {[number, number, number]} */
export function ramp(share) {
  const at = Math.max(0, Math.min(1, share)) * (RAMP.length - 1);
  const low = Math.min(RAMP.length - 2, Math.floor(at));
  const [a, b] = [RAMP[low], RAMP[low + 1]];
  const mixed = a.map((value, i) => Math.round(value + (b[i] - value) * (at - low)));
  return [mixed[0], mixed[1], mixed[2]];
}

/** How many names have a colour of their own. */
export const NAMED = 15;

/**
 * Which values get a colour of their own: the most frequent; the others share the last.
 *
 * @param {ArrayLike<number>} counts by value
 * @returns {Int16Array} by value, 0-15
 */
export function slotsOf(counts) {
  const order = Array.from(counts, (_, value) => value).sort((a, b) => counts[b] - counts[a] || a - b);
  const slots = new Int16Array(counts.length).fill(NAMED);
  order.slice(0, NAMED).forEach((value, place) => {
    slots[value] = place;
  });
  return slots;
}

/** @param {number[]} rgb */
export const css = ([r, g, b]) => `rgb(${r} ${g} ${b})`;
