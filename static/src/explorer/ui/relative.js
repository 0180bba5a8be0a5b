/**
 * One relative in the panel.
 *
 * @typedef {import('./explorer.js').Explorer} Explorer
 * @typedef {import('../../shared/contract.js').Neighbour} Neighbour
 */
import { h } from '../../shared/dom.js';
import { icon } from '../../shared/icons.js';
import { dots, isQuarter, shareText, turnBack, turnWords } from '../../shared/kin.js';
import { itemPage, thumbFile } from '../../shared/links.js';
import { score, t } from '../../shared/strings.js';

/**
 * @param {Explorer} app
 * @param {Neighbour} near
 * @param {number} row of it
 * @param {{found: boolean[], words: string}} agreed which views have it, "" if this one alone
 * @returns {HTMLElement}
 */
export function relative(app, near, row, agreed) {
  const { catalogue } = app;
  const link = h(
    'a',
    {
      href: itemPage(app.root, near.id), 'aria-label': sentence(app, near, row, agreed.words), title: catalogue.titles[row],
      data: { row: String(row), relative: near.id },
      on: {
        mouseenter: () => app.setCursor(row),
        focus: () => app.setCursor(row),
        blur: () => app.setCursor(-1),
        click: /** @type {EventListener} */ ((/** @type {MouseEvent} */ event) => walk(app, event, row)),
      },
    },
    h('span', { class: 'relative-picture' }, picture(app, near.id, row)),
    h(
      'span',
      { class: 'relative-score' },
      h('span', {}, score(near.score)),
      near.percentile !== undefined && h('span', { class: 'relative-share' }, shareText(near.percentile)),
      (near.mutual || agreed.words) && h(
        'span',
        { class: 'relative-marks' },
        near.mutual && h('span', { class: 'mark', title: t('mark.mutual') }, icon('mutual')),
        agreed.words && h('span', { class: 'mark', title: agreed.words }, dots(agreed.found)),
      ),
    ),
    near.orientation > 0 && h('span', { class: 'relative-turn' }, small(app, near), turnWords(near.orientation)),
  );
  return h('li', {}, link);
}

/** Everything that stands at a relative, to be read aloud. @param {Explorer} app @param {Neighbour} near @param {number} row @param {string} agreed */
function sentence({ catalogue }, near, row, agreed) {
  const share = shareText(near.percentile);
  const number = share ? `${score(near.score)}: ${t('mark.share', { share })}` : score(near.score);
  const parts = [
    catalogue.titles[row], catalogue.sources[row], number, near.mutual ? t('mark.mutual') : '', agreed, turnWords(near.orientation),
  ];
  return parts.filter(Boolean).join(', ');
}

/** @param {Explorer} app @param {string} id @param {number} row */
function picture(app, id, row) {
  const { catalogue, stage, root } = app;
  const [r, g, b] = stage.sprites.colour.subarray(row * 4, row * 4 + 3);
  return h('img', {
    alt: '', src: thumbFile(root, id), width: catalogue.width[row], height: catalogue.height[row],
    loading: 'lazy', decoding: 'async', style: { 'background-color': `rgb(${r} ${g} ${b})` },
  });
}

/** The relative once more, small, as the image lies. @param {Explorer} app @param {Neighbour} near */
function small(app, near) {
  return h('img', { alt: '', src: thumbFile(app.root, near.id), loading: 'lazy', style: { '--turn': turnBack(near.orientation) } });
}

/**
 * Gives a relative's picture its size, and lays it as the image lies if that is wanted.
 *
 * @param {Element} entry
 * @param {number} width of its frame, in CSS pixels
 * @param {number} aspect of its frame, width by height
 * @param {number} orientation to undo, 0 for none
 */
export function fitPicture(entry, width, aspect, orientation) {
  const frame = /** @type {HTMLElement | null} */ (entry.querySelector('.relative-picture'));
  const image = frame?.querySelector('img');
  if (!frame || !image) return;
  const height = width / aspect;
  const quarter = isQuarter(orientation);
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px` });
  Object.assign(image.style, {
    width: `${quarter ? height : width}px`,
    height: `${quarter ? width : height}px`,
    transform: `translate(-50%, -50%) ${turnBack(orientation)}`,
  });
}

/**
 * Follows a link within the explorer; with a modifier it is the browser's.
 *
 * @param {Explorer} app
 * @param {MouseEvent} event
 * @param {number} row
 */
function walk(app, event, row) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  app.setCursor(-1);
  app.choose(row);
}
