/** Buttons that copy a citation. */

const SAID_FOR = 2000; // ms that "Copied" stands

export function copyButtons() {
  for (const node of document.querySelectorAll('button[data-copy]')) {
    const button = /** @type {HTMLButtonElement} */ (node);
    const source = document.getElementById(button.dataset.copy ?? '');
    if (!source) continue;
    button.hidden = false;
    button.addEventListener('click', () => copy(button, source));
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} source
 */
async function copy(button, source) {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    say(button, 'Copied');
  } catch {
    // Without leave to write the clipboard the text is at least chosen, ready for Ctrl+C.
    getSelection()?.selectAllChildren(source);
    say(button, 'Selected: copy it with the keyboard');
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} words
 */
function say(button, words) {
  const label = button.querySelector('[data-said]');
  if (!label) return;
  const before = label.textContent;
  label.textContent = words;
  setTimeout(() => (label.textContent = before), SAID_FOR);
}
