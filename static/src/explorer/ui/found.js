/** Facets that the build has found, told from the columns of the metadata by their keys. */

/** @param {string} key @returns {boolean} whether it holds bands of a number */
export const isNumber = (key) => key.startsWith('number-');

/** @param {string} key @returns {boolean} whether its values say little without its name */
export const isFound = (key) => isNumber(key) || key === 'kind-of-picture';
