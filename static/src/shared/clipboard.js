/** The clipboard, which from file:// may be closed to scripts. */

/** @param {string} text @returns {Promise<boolean>} whether the clipboard took it, one way or the other */
export async function taken(text) {
  return (await written(text)) || commanded(text);
}

/** @param {string} text @returns {Promise<boolean>} whether the clipboard took it */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The old way, which needs no leave. @param {string} text @returns {boolean} whether it was done */
function commanded(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
