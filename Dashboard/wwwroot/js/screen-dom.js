// The little of a page that changes: elements are made once and their texts set when they differ.

/** An element with a class and children, texts or elements. */
export function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

export function css(element, property, value) {
  if (element.style.getPropertyValue(property) !== value) element.style.setProperty(property, value);
}

export function name(element, value) {
  if (element.className !== value) element.className = value;
}

/** Rows of a list by position: as many as are shown, made when they are first needed, taken away when there are fewer. */
export class Rows {
  #parent;
  #make;
  #rows = [];

  /** `make` answers an object with `element` and `show(item)`. */
  constructor(parent, makeRow) {
    [this.#parent, this.#make] = [parent, makeRow];
  }

  show(items) {
    while (this.#rows.length > items.length) this.#rows.pop().element.remove();
    while (this.#rows.length < items.length) {
      const row = this.#make();
      this.#rows.push(row);
      this.#parent.append(row.element);
    }
    items.forEach((item, i) => this.#rows[i].show(item));
  }
}

const formats = new Map();

/** A quantity with thousands marks, without decimals unless it is small. */
export function number(value) {
  const language = document.documentElement.lang || 'es';
  let format = formats.get(language);
  if (!format) formats.set(language, (format = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: 'always' })));
  return format.format(Math.abs(value) >= 100 ? Math.round(value) : value);
}
