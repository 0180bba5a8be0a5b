/** The permanent address of an image as a code that a visitor's telephone reads. */
import { encode } from 'uqr';
import { h, svg } from '../shared/dom.js';
import { itemPage } from '../shared/links.js';
import { t } from '../shared/strings.js';

/**
 * Where a telephone finds an image: below the site's address, else below the address of this page.
 * A page of this device alone (a file, the loopback) has none.
 *
 * @param {string} site address of the site, "" where none was stated
 * @param {string} here address of the page, without its #
 * @param {string} root from there to the site's root
 * @param {string} id
 * @returns {string} "" if there is none
 */
export function permalink(site, here, root, id) {
  if (site) return `${site.replace(/\/?$/, '/')}items/${encodeURIComponent(id)}/`;
  const url = new URL(itemPage(root, encodeURIComponent(id)), here);
  const lonely = !url.protocol.startsWith('http') || /^(localhost|127\.|\[::1\])/.test(url.hostname);
  return lonely ? '' : url.href.replace(/index\.html$/, '').split('?')[0];
}

/** @param {string} address @returns {HTMLElement} */
export function code(address) {
  const { data, size } = encode(address, { ecc: 'M', border: 3 });
  const cells = data.flatMap((line, y) => line.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
  return h('figure', { class: 'kiosk-code', data: { kioskCode: address } },
    svg('svg', { viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': t('kiosk.code', { address }), 'shape-rendering': 'crispEdges' },
      svg('path', { d: `M0 0h${size}v${size}H0z`, class: 'kiosk-code-ground' }),
      svg('path', { d: cells.join(''), class: 'kiosk-code-ink' })),
    h('figcaption', {}, t('kiosk.take')));
}
