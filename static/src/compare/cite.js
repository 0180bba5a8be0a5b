/**
 * How what is shown is cited, and its address.
 *
 * @typedef {import('./app.js').App} App
 */
import { h } from '../shared/dom.js';
import { taken } from '../shared/clipboard.js';
import { textButton } from './controls.js';
import { raised } from './numbers.js';
import { toHash } from './state.js';
import { t } from './words.js';

/** @param {App} app @returns {string} */
export function citation(app) {
  const { catalogue } = app;
  const named = (/** @type {number} */ row) => (catalogue.sources[row] ? t('over.cite.named', { title: catalogue.titles[row], source: catalogue.sources[row] }) : catalogue.titles[row]);
  const said = t('over.cite.said', { a: named(app.rows.a), b: named(app.rows.b), how: how(app), catalogue: catalogue.title, version: catalogue.version });
  const authors = (catalogue.credit?.authors ?? []).join('; ');
  return authors ? t('over.cite.credited', { authors, said }) : said;
}

/** @param {App} app */
function how({ placing }) {
  const { kind, found, model } = placing;
  if (kind !== 'found' || !found) return t(`over.cite.how.${kind}`);
  if (found.by) return t('over.cite.how.by', { model, who: found.by });
  return t('over.cite.how.found', { model, view: found.view, nfa: Math.round(found.log10_nfa) }).replace(/10\^(-?\d+)/, (_, exponent) => `10${raised(Number(exponent))}`);
}

/** @param {App} app @returns {string} of what is shown: on the web as it is published, else as it was opened */
export function address(app) {
  const published = app.catalogue.credit?.site_url;
  const here = location.href.replace(/#.*/, '');
  return (published ? `${published}compare/index.html` : here) + toHash(app.state);
}

export class Cite {
  /** @param {App} app */
  constructor(app) {
    this.text = h('p', { class: 'over-citation', dir: 'auto', data: { citation: '' } });
    this.link = h('a', { class: 'code', data: { permalink: '' } });
    this.said = h('span', { class: 'legend', 'aria-live': 'polite' });
    const copy = async (/** @type {string} */ text) => {
      this.said.textContent = t((await taken(text)) ? 'over.copied' : 'over.notcopied');
    };
    this.node = h('section', { 'aria-labelledby': 'over-cite' },
      h('h2', { id: 'over-cite' }, t('over.cite')), this.text,
      h('p', { class: 'legend' }, t('over.link')), h('p', { class: 'over-link' }, this.link),
      h('div', { class: 'over-row' },
        textButton(t('over.cite.copy'), 'cite', () => copy(`${citation(app)} ${address(app)}`)),
        textButton(t('over.link.copy'), 'link', () => copy(address(app))), this.said));
    app.listen(() => this.write(app));
  }

  /** @param {App} app */
  write(app) {
    this.node.hidden = !app.whole;
    if (!app.whole) return;
    this.text.textContent = citation(app);
    this.link.textContent = this.link.href = address(app);
    this.said.textContent = '';
  }
}
