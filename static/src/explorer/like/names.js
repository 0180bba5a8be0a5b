/** Layouts that the explorer makes of the examples: round the most alike, or in rows. */
export const RANKED = 'like';
export const RANKED_ROWS = 'like.rows';

/** @param {string} layout */
export const isRanking = (layout) => layout === RANKED || layout === RANKED_ROWS;
