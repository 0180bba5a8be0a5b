/** The list that is already in the page, instead of the map. */

/** @param {string} why one sentence */
export function showPlain(why) {
  const { classList } = document.documentElement;
  classList.remove('exploring', 'has-panel', 'has-drawer', 'bare');
  classList.add('plain');
  document.getElementById('explorer')?.remove();
  const note = document.getElementById('why-plain');
  if (!note) return;
  note.textContent = why;
  note.hidden = false;
}
