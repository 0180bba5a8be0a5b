/**
 * Builds DOM nodes. Text given as a child or attribute stays text: nothing here parses markup, so
 * whatever a catalogue says cannot become part of the page.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, unknown>} Properties */

/**
 * Makes an element. Properties: `class`, `on` (a map of listeners), `data` (data attributes),
 * `style` (a map of CSS properties), and attributes; `true` sets an empty attribute, `false`,
 * `null` and `undefined` leave it out.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Properties} [properties]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  apply(node, properties);
  node.append(...nodes(children));
  return node;
}

/**
 * @param {string} tag an SVG element's name
 * @param {Properties} [properties]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(tag, properties = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  apply(node, properties);
  node.append(...nodes(children));
  return node;
}

/**
 * Replaces what an element holds.
 *
 * @param {Element} node
 * @param {...(Child | Child[])} children
 */
export function fill(node, ...children) {
  node.replaceChildren(...nodes(children));
}

/**
 * @param {HTMLElement | SVGElement} node
 * @param {Properties} properties
 */
function apply(node, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') node.setAttribute('class', String(value));
    else if (name === 'on') listen(node, /** @type {Record<string, EventListener>} */ (value));
    else if (name === 'data') Object.assign(node.dataset, value);
    else if (name === 'style') style(node, /** @type {Record<string, string>} */ (value));
    else node.setAttribute(name, value === true ? '' : String(value));
  }
}

/**
 * @param {Element} node
 * @param {Record<string, EventListener>} listeners
 */
function listen(node, listeners) {
  for (const [type, listener] of Object.entries(listeners)) node.addEventListener(type, listener);
}

/**
 * @param {HTMLElement | SVGElement} node
 * @param {Record<string, string>} properties
 */
function style(node, properties) {
  for (const [name, value] of Object.entries(properties)) node.style.setProperty(name, value);
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {(Node | string)[]}
 */
function nodes(children) {
  /** @type {(Node | string)[]} */
  const out = [];
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    out.push(child instanceof Node ? child : String(child));
  }
  return out;
}
