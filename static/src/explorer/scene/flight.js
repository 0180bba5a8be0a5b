/**
 * The way of a camera from one place to another: out, over and in again along the path that looks
 * steadiest (J. J. van Wijk and W. A. A. Nuij, "Smooth and efficient zooming and panning", 2003).
 *
 * @typedef {import('./camera.js').Camera} Camera
 * @typedef {{duration: number, at: (t: number) => Camera}} Flight duration in ms, t from 0 to 1
 */

/** How readily the path goes out instead of over; the authors' preferred value is 1.42. */
const RHO = 1.2;

/**
 * @param {Camera} from
 * @param {Camera} to
 * @param {number} span width of the free rectangle in CSS pixels
 * @returns {Flight}
 */
export function flight(from, to, span) {
  const path = way(from, to, span);
  return {
    duration: 500 + 400 * Math.min(1, path.length / 3),
    at: (t) => (t >= 1 ? { ...to } : path.at(easeInOut(t) * path.length)),
  };
}

/**
 * @param {Camera} from
 * @param {Camera} to
 * @param {number} span
 * @returns {{length: number, at: (s: number) => Camera}}
 */
function way(from, to, span) {
  const [w0, w1] = [span / from.scale, span / to.scale];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const u1 = Math.hypot(dx, dy);
  if (u1 < 1e-4 * Math.min(w0, w1)) {
    const length = Math.abs(Math.log(w1 / w0)) / RHO;
    return {
      length,
      at(s) {
        const k = length ? s / length : 1;
        const scale = from.scale * Math.exp(k * Math.log(to.scale / from.scale));
        return { x: from.x + dx * k, y: from.y + dy * k, scale };
      },
    };
  }
  const rho2 = RHO * RHO;
  const b0 = (w1 * w1 - w0 * w0 + rho2 * rho2 * u1 * u1) / (2 * w0 * rho2 * u1);
  const b1 = (w1 * w1 - w0 * w0 - rho2 * rho2 * u1 * u1) / (2 * w1 * rho2 * u1);
  const r0 = -Math.asinh(b0);
  const r1 = -Math.asinh(b1);
  return {
    length: (r1 - r0) / RHO,
    at(s) {
      const r = RHO * s + r0;
      const u = (w0 / rho2) * (Math.cosh(r0) * Math.tanh(r) - Math.sinh(r0)) / u1;
      return { x: from.x + dx * u, y: from.y + dy * u, scale: (from.scale * Math.cosh(r)) / Math.cosh(r0) };
    },
  };
}

/** @param {number} t 0-1 */
export function easeInOut(t) {
  return t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2;
}

/** @param {number} t 0-1 */
export function easeOut(t) {
  return 1 - (1 - t) ** 3;
}
