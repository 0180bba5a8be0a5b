/**
 * Looking into a picture: a click on it opens the viewer, whose script is fetched only then. With a
 * modifier, or without scripts, the link opens the picture alone as ever.
 */

/**
 * @typedef {object} Picture
 * @property {string} src
 * @property {number} width
 * @property {number} height
 * @property {string} alt
 */

/** @type {Promise<void> | null} */
let fetched = null;

export function zoomPictures() {
  for (const node of document.querySelectorAll('a[data-zoom]')) {
    node.addEventListener('click', (event) => {
      const { altKey, ctrlKey, metaKey, shiftKey, button } = /** @type {MouseEvent} */ (event);
      if (altKey || ctrlKey || metaKey || shiftKey || button) return;
      const link = /** @type {HTMLAnchorElement} */ (node);
      event.preventDefault();
      viewer().then(
        () => window.volvelleZoom?.(pictureOf(link)),
        () => location.assign(link.href),
      );
    });
  }
}

/** @param {HTMLAnchorElement} link @returns {Picture} */
function pictureOf(link) {
  const image = /** @type {HTMLImageElement} */ (link.querySelector('img'));
  return { src: link.href, width: image.width, height: image.height, alt: image.alt };
}

/** @returns {Promise<void>} when the viewer's script is there; a classic one, for file:// */
function viewer() {
  fetched ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${document.documentElement.dataset.root}assets/zoom.js`;
    script.onload = () => resolve();
    script.onerror = () => {
      fetched = null;
      reject(new Error('zoom.js'));
    };
    document.head.append(script);
  });
  return fetched;
}
