/** Where the files of an image or a cluster are, relative to the site's root. */

/** @param {string} root @param {string} id */
export const itemPage = (root, id) => `${root}items/${id}/index.html`;

/** @param {string} root @param {string} id */
export const thumbFile = (root, id) => `${root}thumbs/${id}.webp`;

/** @param {string} root @param {string} id */
export const imageFile = (root, id) => `${root}images/${id}.webp`;

/** @param {string} root @param {string} view @param {number} number */
export const clusterPage = (root, view, number) => `${root}clusters/${view}/${number}/index.html`;

/** @param {string} root @param {string} a id @param {string} b id of the image that is laid over it */
export const comparePage = (root, a, b) => `${root}compare/index.html#a=${a}&b=${b}`;
