/**
 * The relatives of one view, and one of its lists, at a time. The page holds all of them one below
 * the other, and links to each; here the links become switches. The choice stands in the address
 * (#by-form, #others-by-form) and is kept for the next page.
 *
 * @typedef {import('../shared/choice.js').Scope} Scope
 */
import { keepChoice, keptChoice } from '../shared/choice.js';

const HASH = /^#(others-)?by-([a-z0-9-]+)$/;

/**
 * What an address asks for.
 *
 * @param {string} hash
 * @param {string[]} views names of the page's views
 * @returns {{view: string, scope: Scope} | null} null where it asks for something else
 */
export function asked(hash, views) {
  const match = HASH.exec(hash);
  if (!match || !views.includes(match[2])) return null;
  return { view: match[2], scope: match[1] ? 'others' : 'all' };
}

export function switchViews() {
  const kin = document.querySelector('.kin');
  if (kin) new Switch(kin);
}

class Switch {
  /** @param {Element} kin */
  constructor(kin) {
    this.kin = kin;
    this.views = [...kin.querySelectorAll('.by')].map((node) => /** @type {HTMLElement} */ (node).dataset.by ?? '');
    this.links = [...kin.querySelectorAll('.switches a')];
    this.buttons = [...kin.querySelectorAll('[data-scopes] button')];
    const kept = keptChoice();
    const view = this.views.includes(kept.view) ? kept.view : this.views[0];
    const choice = asked(location.hash, this.views) ?? { view, scope: kept.scope };
    this.view = choice.view;
    this.scope = choice.scope;
    for (const link of this.links) {
      link.addEventListener('click', (event) => this.pickView(event, link.getAttribute('href') ?? ''));
    }
    for (const node of this.buttons) {
      const button = /** @type {HTMLButtonElement} */ (node);
      button.addEventListener('click', () => this.pick(this.view, /** @type {Scope} */ (button.value)));
    }
    addEventListener('hashchange', () => {
      const now = asked(location.hash, this.views);
      if (now) this.show(now.view, now.scope);
    });
    kin.classList.add('one');
    this.show(this.view, this.scope);
    if (asked(location.hash, this.views)) this.arrive();
  }

  /** Goes where the address points, now that it is there; a page that is come back to stays where it was. */
  arrive() {
    const [entry] = performance.getEntriesByType('navigation');
    const type = /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type;
    if (type && type !== 'navigate') return;
    this.kin.querySelector(`.by[data-by="${this.view}"]`)?.scrollIntoView();
  }

  /** @param {Event} event @param {string} href */
  pickView(event, href) {
    const mouse = /** @type {MouseEvent} */ (event);
    if (mouse.ctrlKey || mouse.metaKey || mouse.shiftKey) return;
    const to = asked(href, this.views);
    if (!to) return;
    // The page need not move: what is asked for comes to where the reader looks.
    event.preventDefault();
    this.pick(to.view, this.scope);
  }

  /** @param {string} view @param {Scope} scope */
  pick(view, scope) {
    this.show(view, scope);
    keepChoice({ view, scope });
    // Back leads to the page before, not through the switches that were tried.
    history.replaceState(history.state, '', `#${scope === 'others' ? 'others-' : ''}by-${view}`);
  }

  /** @param {string} view @param {Scope} scope */
  show(view, scope) {
    this.view = view;
    this.scope = scope;
    for (const node of document.querySelectorAll('[data-by]')) {
      const part = /** @type {HTMLElement} */ (node);
      part.hidden = part.dataset.by !== view;
    }
    const others = this.kin.querySelector(`[data-by="${view}"] [data-scope="others"]`);
    const shown = others ? scope : 'all';
    for (const node of this.kin.querySelectorAll('[data-scope]')) {
      const list = /** @type {HTMLElement} */ (node);
      list.hidden = list.dataset.scope !== shown;
    }
    for (const link of this.links) {
      link.setAttribute('aria-current', String(link.getAttribute('href') === `#by-${view}`));
    }
    for (const node of this.buttons) {
      const button = /** @type {HTMLButtonElement} */ (node);
      button.setAttribute('aria-pressed', String(button.value === shown));
      button.disabled = !others && button.value === 'others';
    }
    const group = this.kin.querySelector('[data-scopes]');
    if (group instanceof HTMLElement) group.hidden = false;
  }
}
