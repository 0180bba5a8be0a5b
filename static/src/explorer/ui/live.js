/** Says things to screen readers, and briefly on screen where all should see them. */
import { h } from '../../shared/dom.js';

export class Live {
  constructor() {
    this.node = h('div', { class: 'live', role: 'status', 'aria-live': 'polite', data: { live: '' } });
    this.toast = h('div', { class: 'toast', hidden: true, data: { toast: '' } });
    this.timer = 0;
  }

  /** @param {string} text */
  say = (text) => {
    this.node.textContent = text;
  };

  /** @param {string} text */
  show(text) {
    this.say(text);
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.toast.hidden = true;
    }, 4000);
  }
}
