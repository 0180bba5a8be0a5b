/**
 * Random numbers from a seed, so that a failing case can be repeated.
 *
 * @param {number} seed
 * @returns {() => number} numbers in [0, 1)
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {number} count @param {(random: () => number, seed: number) => void} check */
export function forSeeds(count, check) {
  for (let seed = 1; seed <= count; seed++) check(seeded(seed), seed);
}
