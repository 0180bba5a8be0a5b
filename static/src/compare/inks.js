/**
 * A picture in one ink on white, drawn on a canvas. From file:// no script may read a picture's
 * pixels, so all arithmetic is done by ways of laying one picture over another.
 *
 * Two such canvases multiplied give the difference of two drawings: only in the first its ink, only
 * in the second the other, and black where both are, because the inks have no light in common.
 */

/** Each has no part of the other's light, or little: over each other they are black. */
export const INKS = {
  usual: { a: '#ff0000', b: '#0000ff' },
  safe: { a: '#ff9000', b: '#0048ff' },
};

/** Side of the copy that the ground is found on. */
const COARSE = 64;
/** Side of the copy that the ground is smoothed by. */
const SMOOTH = 16;
/** Strokes up to so many pixels of the coarse copy are taken for ink, not ground. */
const STROKES = 3;
/** Of the way from paper to ink, how much is neither: softer edges look less torn. */
const SOFT = 0.16;

/**
 * @param {HTMLImageElement} image
 * @param {number} side longest side of the canvas; never more than the picture's
 * @param {number} cut share of the ground's light under which something is ink
 * @param {string} ink
 * @returns {HTMLCanvasElement}
 */
export function inInk(image, side, cut, ink) {
  const { canvas, context } = copied(image, side);
  painted(context, 'saturation', '#fff');
  light(context, ground(image));
  stretched(context, Math.max(0.01, cut - SOFT / 2), Math.min(0.99, cut + SOFT / 2));
  painted(context, 'screen', ink);
  return canvas;
}

/** @param {HTMLImageElement} image @param {number} side @returns {{canvas: HTMLCanvasElement, context: CanvasRenderingContext2D}} a copy on white */
export function copied(image, side) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const size = Math.min(1, side / Math.max(width, height));
  const { canvas, context } = blank(Math.round(width * size), Math.round(height * size));
  painted(context, 'source-over', '#fff');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return { canvas, context };
}

/** The light of the paper: the picture without its strokes. @param {HTMLImageElement} image @returns {HTMLCanvasElement} */
function ground(image) {
  let { canvas, context } = copied(image, 4 * COARSE);
  painted(context, 'saturation', '#fff');
  canvas = resized(canvas, 2 * COARSE);
  canvas = resized(canvas, COARSE);
  for (const [dx, dy] of [[1, 0], [0, 1]]) canvas = brightest(canvas, dx, dy);
  return resized(canvas, SMOOTH);
}

/** @param {HTMLCanvasElement} from @param {number} dx @param {number} dy @returns {HTMLCanvasElement} each pixel as bright as the brightest along a line */
function brightest(from, dx, dy) {
  const { canvas, context } = blank(from.width, from.height);
  context.globalCompositeOperation = 'lighten';
  for (let step = -STROKES; step <= STROKES; step++) context.drawImage(from, step * dx, step * dy);
  return canvas;
}

/** @param {HTMLCanvasElement} from @param {number} side @returns {HTMLCanvasElement} */
function resized(from, side) {
  const size = Math.min(1, side / Math.max(from.width, from.height));
  const { canvas, context } = blank(Math.round(from.width * size), Math.round(from.height * size));
  context.imageSmoothingQuality = 'high';
  context.drawImage(from, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Divides by the ground, so that all paper is white. @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} paper */
function light(context, paper) {
  const { canvas: dark, context: inverted } = blank(paper.width, paper.height);
  inverted.drawImage(paper, 0, 0);
  painted(inverted, 'difference', '#fff');
  context.globalCompositeOperation = 'color-dodge';
  context.imageSmoothingEnabled = true;
  context.drawImage(dark, 0, 0, context.canvas.width, context.canvas.height);
}

/** Makes everything below `low` black, above `high` white. @param {CanvasRenderingContext2D} context @param {number} low @param {number} high */
function stretched(context, low, high) {
  painted(context, 'color-burn', grey(1 - low));
  painted(context, 'color-dodge', grey(1 - (high - low) / (1 - low)));
}

/** @param {number} share @returns {string} */
function grey(share) {
  const value = Math.round(255 * share);
  return `rgb(${value}, ${value}, ${value})`;
}

/** @param {CanvasRenderingContext2D} context @param {GlobalCompositeOperation} way @param {string} colour */
function painted(context, way, colour) {
  context.globalCompositeOperation = way;
  context.fillStyle = colour;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

/** @param {number} width @param {number} height */
function blank(width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  return { canvas, context };
}
