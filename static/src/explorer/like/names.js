/** Layouts that the explorer makes of the examples: a spiral round the most alike, rows, rings by score. */
export const RANKED = 'like';
export const RANKED_ROWS = 'like.rows';
export const RANKED_RINGS = 'like.rings';

/** @param {string} layout */
export const isRanking = (layout) => layout === RANKED || layout === RANKED_ROWS || layout === RANKED_RINGS;
