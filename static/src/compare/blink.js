/**
 * Shows one picture and the other in turn: by itself at a rate of the reader's, or at a press where
 * the system asks for less motion.
 *
 * @typedef {import('./app.js').App} App
 */
export class Blink {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.calm = matchMedia('(prefers-reduced-motion: reduce)');
    this.running = true;
    this.other = false;
    this.timer = 0;
    this.rate = 0;
    this.calm.addEventListener('change', () => app.changed());
    app.listen(() => this.adjust());
  }

  get moves() {
    return this.running && !this.calm.matches && this.app.state.mode === 'blink' && this.app.whole;
  }

  /** Starts, stops or changes the pace. */
  adjust() {
    const rate = this.moves ? this.app.state.rate : 0;
    if (rate !== this.rate) {
      clearInterval(this.timer);
      this.rate = rate;
      if (rate) this.timer = setInterval(() => this.turn(), 1000 / rate);
    }
    if (this.app.state.mode !== 'blink') this.other = false;
    this.show();
  }

  turn() {
    this.other = !this.other;
    this.show();
  }

  show() {
    this.app.stage.node.classList.toggle('other', this.other);
  }

  toggle() {
    this.running = !this.running;
    this.app.changed();
  }

  /** Shows the other by hand, and so stops. */
  step() {
    if (this.moves) this.running = false;
    this.turn();
    this.app.changed();
  }
}
