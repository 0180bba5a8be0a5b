/** What the scripts of the plain pages say, in one place; small, for every page loads it. */

export const WORDS = {
  copy: 'Copy',
  copied: 'Copied',
  chosen: 'Selected: copy it with the keyboard',
  paper: 'Show on paper',
  night: 'Show at night',
  zoom: 'The picture, to look into',
  close: 'Close',
  closer: 'Closer',
  farther: 'Farther',
  whole: 'The whole',
  turn: 'Turn with the clock',
  mirror: 'Mirror left to right',
  contrast: 'Contrast',
  over: 'Lay over',
  help: 'Drag to move, scroll or pinch to look closer. Keys: + and −, R turns, M mirrors, 0 shows the whole, Escape closes.',
};
