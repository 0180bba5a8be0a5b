/**
 * Loading the page anew: each night, when a script failed, when the graphics card does not come
 * back. A page that fails again and again is tried more and more rarely, but for ever.
 */

const FAULTS = 'volvelle-kiosk-faults';
/** First wait before a page that failed is loaded anew, and the longest, in ms. */
const [FIRST, LONGEST] = [3000, 300_000];
/** A page that ran so long has recovered, in ms. */
const SOUND = 600_000;
/** Hour of the day at which a page that nobody uses is loaded anew. */
const NIGHT = 4;

/** @param {number} faults how often the page failed before @returns {number} ms to wait */
export function delay(faults) {
  return Math.min(LONGEST, FIRST * 2 ** faults);
}

/** @param {Date} opened @returns {number} time in ms of the next night's loading: at least an hour later */
export function nextNight(opened) {
  const next = new Date(opened);
  next.setHours(NIGHT, 0, 0, 0);
  while (next.getTime() - opened.getTime() < 3_600_000) next.setDate(next.getDate() + 1);
  return next.getTime();
}

export class Recovery {
  /** @param {() => void} failed called once, when a fault will have the page loaded anew */
  constructor(failed) {
    this.failed = failed;
    this.due = nextNight(new Date());
    this.timer = 0;
    setTimeout(() => remember(0), SOUND);
  }

  /** The page cannot go on: loads it anew after a while. */
  fault() {
    if (this.timer) return;
    const faults = remembered();
    remember(faults + 1);
    this.failed();
    this.timer = setTimeout(() => this.reload(), delay(faults));
  }

  /** To be called each second while nobody is there. */
  look() {
    if (Date.now() < this.due || this.timer) return;
    this.timer = setTimeout(() => this.reload());
  }

  /** A server that does not answer would leave the browser's own page of error, which nobody can leave. */
  async reload() {
    const there = !location.protocol.startsWith('http') || await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then((answer) => answer.ok, () => false);
    if (there) location.replace(location.pathname + location.search);
    else this.timer = setTimeout(() => this.reload(), LONGEST / 10);
  }
}

/** @returns {number} */
function remembered() {
  try {
    return Math.min(20, Number(sessionStorage.getItem(FAULTS)) || 0);
  } catch {
    // Without storage each fault is taken for the fourth: no page is loaded in a frenzy.
    return 3;
  }
}

/** @param {number} faults */
function remember(faults) {
  try {
    sessionStorage.setItem(FAULTS, String(faults));
  } catch {
    // As above.
  }
}
