/**
 * A selection as a figure: a sheet of pictures with captions and credits, as SVG.
 *
 * @typedef {{title: string, under: string, picture: string, width: number, height: number}} Plate
 *   picture: a data address
 */

const CELL = 200;
const GAP = 24;
const LINE = 17;
const MARGIN = 40;
/** Letters in a line of a caption. */
const LETTERS = 30;

/**
 * @param {Plate[]} plates
 * @param {{title: string, credits: string[]}} words
 * @returns {{svg: string, width: number, height: number}} in CSS pixels
 */
export function sheet(plates, { title, credits }) {
  const columns = Math.max(1, Math.min(8, Math.ceil(Math.sqrt(plates.length * 1.4))));
  const captions = plates.map((plate) => [...lines(plate.title, 3), ...lines(plate.under, 2)]);
  const width = 2 * MARGIN + Math.max(columns, 3) * (CELL + GAP) - GAP;
  const parts = [text(MARGIN, MARGIN + 8, title, 22, '#1b1a17', 'serif')];
  let y = MARGIN + 40;
  for (let from = 0; from < plates.length; from += columns) {
    const row = plates.slice(from, from + columns);
    row.forEach((plate, i) => {
      const x = MARGIN + i * (CELL + GAP);
      const scale = CELL / Math.max(plate.width, plate.height, 1);
      const [w, h] = [plate.width * scale, plate.height * scale];
      // Pictures stand on one line, so that captions begin at one height.
      parts.push(`<image x="${fixed(x)}" y="${fixed(y + CELL - h)}" width="${fixed(w)}" height="${fixed(h)}" href="${plate.picture}"/>`);
      const said = lines(plate.title, 3).length;
      captions[from + i].forEach((line, k) => parts.push(text(x, y + CELL + LINE * (k + 1) + 2, line, 13, k < said ? '#1b1a17' : '#6b675e', 'sans-serif')));
    });
    y += CELL + LINE * Math.max(...row.map((_, i) => captions[from + i].length)) + 2 * GAP;
  }
  for (const credit of credits.flatMap((line) => lines(line, 3, Math.floor((width - 2 * MARGIN) / 6.2)))) {
    parts.push(text(MARGIN, y, credit, 12, '#6b675e', 'sans-serif'));
    y += LINE;
  }
  const height = Math.ceil(y + MARGIN - LINE);
  return {
    width, height,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#faf8f4"/>${parts.join('')}</svg>`,
  };
}

/** @param {number} value */
const fixed = (value) => value.toFixed(1);

/** @param {number} x @param {number} y @param {string} words @param {number} size @param {string} fill @param {string} family */
function text(x, y, words, size, fill, family) {
  return `<text x="${x}" y="${fixed(y)}" font-family="${family}" font-size="${size}" fill="${fill}">${escaped(words)}</text>`;
}

/** @param {string} words */
export function escaped(words) {
  // Control characters are not allowed in XML, however they are written.
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** @param {string} words @param {number} most lines @param {number} [letters] in a line @returns {string[]} */
export function lines(words, most, letters = LETTERS) {
  /** @type {string[]} */
  const out = [];
  let line = '';
  for (const word of words.split(/\s+/).filter(Boolean)) {
    if (line && line.length + 1 + word.length > letters) {
      out.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) out.push(line);
  return out.length > most ? [...out.slice(0, most - 1), out.slice(most - 1).join(' ')] : out;
}
