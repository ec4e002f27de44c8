// Hands on the matrix as on a spreadsheet: arrows, Tab, Enter, F2, Esc, blocks to copy, paste and clear.

import { decimalsOf, parseQuantity, plainQuantity } from '../numbers.js';

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** `actions`: type(i, text), commit(i), drop(i), setMany(changes), undo(), redo(), say(sentence), text(name), enterPopover(i). */
export class MatrixKeys {
  #view;
  #model;
  #actions;
  #options;
  /** Whether arrows move in the text (F2 or a double click) instead of between cells. */
  #inText = false;
  #anchor = -1;
  #focus = -1;
  #dragging = false;

  constructor(view, model, actions, options) {
    this.#view = view;
    this.#model = model;
    this.#actions = actions;
    this.#options = options;
    const on = (name, handler) => view.root.addEventListener(name, handler);
    on('focusin', (e) => this.#focusIn(e));
    on('focusout', (e) => this.#focusOut(e));
    on('input', (e) => this.#input(e));
    on('keydown', (e) => this.#keyDown(e));
    on('pointerdown', (e) => this.#pointerDown(e));
    on('pointerover', (e) => this.#pointerOver(e));
    on('dblclick', (e) => this.#editText(this.#view.indexAt(e.target)));
    on('copy', (e) => this.#copy(e));
    on('cut', (e) => this.#copy(e) && this.#clear(this.block()));
    on('paste', (e) => this.#paste(e));
    addEventListener('pointerup', () => (this.#dragging = false));
  }

  /** The cell that has the keyboard, or -1. */
  get current() {
    return this.#focus;
  }

  /** Puts the keyboard into a cell, its text selected. */
  goTo(i) {
    const input = this.#view.input(i);
    if (!input) return;
    if (document.activeElement === input && !this.#typing(i)) input.select();
    input.focus({ preventScroll: false });
    input.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Indexes of the selected block. */
  block() {
    if (this.#focus < 0) return [];
    const width = this.#model.columns;
    const [a, b] = [this.#anchor < 0 ? this.#focus : this.#anchor, this.#focus].map((i) => [Math.floor(i / width), i % width]);
    const cells = [];
    for (let r = Math.min(a[0], b[0]); r <= Math.max(a[0], b[0]); r++)
      for (let c = Math.min(a[1], b[1]); c <= Math.max(a[1], b[1]); c++) cells.push(r * width + c);
    return cells;
  }

  #focusIn(e) {
    const i = this.#view.indexAt(e.target);
    if (i < 0 || e.target.tagName !== 'INPUT') return;
    if (!this.#extending) this.#anchor = i;
    this.#extending = false;
    this.#focus = i;
    this.#inText = false;
    e.target.select();
    this.#view.setRange(this.block());
    this.#actions.focused(i);
  }

  #extending = false;

  #focusOut(e) {
    const i = this.#view.indexAt(e.target);
    if (i < 0 || e.target.tagName !== 'INPUT') return;
    if (this.#view.root.contains(e.relatedTarget)) return this.#actions.commit(i);
    // A table that is taken out of the page loses the keyboard too, but nobody has left the cell: by the next microtask it is gone.
    queueMicrotask(() => {
      if (!this.#view.root.isConnected || this.#focus !== i) return;
      this.#actions.commit(i);
      this.#focus = -1;
      this.#view.setRange([]);
      this.#actions.left();
    });
  }

  #input(e) {
    const i = this.#view.indexAt(e.target);
    if (i >= 0) this.#actions.type(i, e.target.value);
  }

  #keyDown(e) {
    const i = this.#view.indexAt(e.target);
    if (i < 0 || e.target.tagName !== 'INPUT' || e.isComposing) return;
    if (this.#shortcut(e, i) || this.#moving(e, i)) e.preventDefault();
  }

  #shortcut(e, i) {
    const command = e.ctrlKey || e.metaKey;
    const key = e.key.toLowerCase();
    if (e.key === 'F2') {
      this.#editText(i);
    } else if (e.key === 'Escape') {
      this.#inText = false;
      this.#actions.drop(i);
      e.target.select();
    } else if (command && key === 'z' && !this.#typing(i)) e.shiftKey ? this.#actions.redo() : this.#actions.undo();
    else if (command && key === 'y' && !this.#typing(i)) this.#actions.redo();
    else if (command && key === 'a' && !this.#inText) this.#selectAll();
    else if (command && key === 'd') this.#fillDown();
    else if (e.key === 'Delete' && this.block().length > 1) this.#clear(this.block());
    else if (e.key === 'Tab' && !e.shiftKey) return this.#actions.enterPopover(i);
    else return false;
    return true;
  }

  /** The caret behind the text, to change it instead of replacing it. */
  #editText(i) {
    const input = this.#view.input(i);
    if (!input) return;
    this.#inText = true;
    input.setSelectionRange(input.value.length, input.value.length);
  }

  #typing(i) {
    return this.#model.drafts.get(i)?.phase === 'typing';
  }

  #moving(e, i) {
    if (e.altKey) return false;
    if (e.key === 'Enter') {
      this.#actions.commit(i);
      if (!this.#step(i, e.shiftKey ? -1 : 1, 0)) e.target.select();
      return true;
    }
    const step = STEPS[e.key];
    if (step) {
      if (this.#inText && step[0] === 0) return false;
      if (e.shiftKey) this.#extend(step);
      else if (e.ctrlKey || e.metaKey) this.#jump(i, step);
      else this.#step(i, ...step);
      return true;
    }
    if (!this.#inText && (e.key === 'Home' || e.key === 'End')) {
      const toEnd = e.key === 'End';
      this.#jump(i, [0, toEnd ? 1 : -1]);
      if (e.ctrlKey && this.#focus >= 0) this.#jump(this.#focus, [toEnd ? 1 : -1, 0]);
      return true;
    }
    return false;
  }

  /** To the next cell in a direction that has an input. */
  #step(i, down, right) {
    const next = this.#next(i, down, right);
    if (next >= 0) this.goTo(next);
    return next >= 0;
  }

  #next(i, down, right) {
    const width = this.#model.columns;
    let row = Math.floor(i / width) + down;
    let column = (i % width) + right;
    for (; row >= 0 && row < this.#model.rows && column >= 0 && column < width; row += down, column += right)
      if (this.#view.input(row * width + column)) return row * width + column;
    return -1;
  }

  #jump(i, [down, right]) {
    let last = -1;
    for (let next = this.#next(i, down, right); next >= 0; next = this.#next(next, down, right)) last = next;
    if (last >= 0) this.goTo(last);
  }

  #extend([down, right]) {
    const next = this.#next(this.#focus, down, right);
    if (next < 0) return;
    this.#extending = true;
    this.goTo(next);
  }

  #selectAll() {
    this.#anchor = 0;
    const last = this.#model.allCells().findLast((i) => this.#view.input(i));
    if (last === undefined) return;
    if (last === this.#focus) return this.#view.setRange(this.block());
    this.#extending = true;
    this.goTo(last);
  }

  #pointerDown(e) {
    const i = this.#view.indexAt(e.target);
    if (i < 0 || e.button !== 0) return;
    const input = this.#view.input(i);
    if (!input) return;
    if (e.shiftKey && this.#focus >= 0) {
      e.preventDefault();
      this.#extending = true;
      this.goTo(i);
    } else if (e.target === input && document.activeElement === input && (this.#inText || this.#typing(i) || e.pointerType !== 'mouse')) {
      // In a text the mouse, and on a tablet the second touch, puts the caret where it points.
      this.#inText = true;
      this.#anchor = i;
      this.#view.setRange([]);
    } else {
      e.preventDefault();
      this.goTo(i);
      this.#dragging = e.pointerType === 'mouse';
    }
  }

  #pointerOver(e) {
    if (!this.#dragging || !(e.buttons & 1)) return;
    const i = this.#view.indexAt(e.target);
    if (i < 0 || i === this.#focus || !this.#view.input(i)) return;
    this.#extending = true;
    this.goTo(i);
  }

  #copy(e) {
    const cells = this.block();
    const input = this.#view.input(this.#focus);
    if (!input || (this.#inText && cells.length === 1)) return false;
    const width = this.#model.columns;
    const rows = new Map();
    for (const i of cells) {
      const row = Math.floor(i / width);
      rows.set(row, [...(rows.get(row) ?? []), plainQuantity(this.#model.shown(i), this.#options.language)]);
    }
    e.clipboardData.setData('text/plain', [...rows.values()].map((row) => row.join('\t')).join('\n'));
    e.preventDefault();
    return true;
  }

  #paste(e) {
    const i = this.#view.indexAt(e.target);
    if (i < 0 || this.#inText) return;
    const rows = readBlock(e.clipboardData.getData('text/plain'));
    if (!rows.length) return;
    e.preventDefault();
    const single = rows.length === 1 && rows[0].length === 1;
    const target = this.block();
    const wanted = single && target.length > 1 ? target.map((k) => [k, rows[0][0]]) : this.#place(Math.min(...target), rows);
    if (wanted) this.#apply(wanted);
  }

  /** Where each pasted text belongs, or null with a sentence when the block does not fit. */
  #place(start, rows) {
    const width = this.#model.columns;
    const [row, column] = [Math.floor(start / width), start % width];
    const across = Math.max(...rows.map((r) => r.length));
    if (row + rows.length > this.#model.rows || column + across > width) {
      this.#actions.say(this.#actions.text('pasteTooLarge', rows.length, across, this.#model.rows - row, width - column));
      return null;
    }
    return rows.flatMap((texts, r) => texts.map((text, c) => [(row + r) * width + column + c, text]));
  }

  #apply(wanted) {
    const { language, precision } = this.#options;
    const changes = [];
    for (const [i, text] of wanted) {
      const value = parseQuantity(text, language);
      if (!Number.isFinite(value)) return this.#actions.say(this.#actions.text('pasteNotNumber', text.trim()));
      if (decimalsOf(value) > precision)
        return this.#actions.say(this.#actions.text(precision === 0 ? 'noDecimals' : 'tooManyDecimals', precision));
      // A complete cell has nothing to write into; only a number there would be a mistake worth telling.
      if (!this.#view.input(i)) {
        if (value > 0) return this.#actions.say(this.#actions.text('pasteComplete', ...this.#actions.names(i)));
        continue;
      }
      changes.push({ i, value });
    }
    const count = this.#actions.setMany(changes);
    this.#actions.say(this.#actions.text('pasted', count));
    this.#view.input(this.#focus)?.select();
  }

  #clear(cells) {
    this.#actions.setMany(cells.filter((i) => this.#view.input(i)).map((i) => ({ i, value: 0 })));
  }

  /** Ctrl+D as in a spreadsheet: the top row of the block downwards. */
  #fillDown() {
    const cells = this.block();
    const width = this.#model.columns;
    const top = Math.floor(Math.min(...cells) / width);
    this.#actions.setMany(
      cells
        .filter((i) => Math.floor(i / width) > top && this.#view.input(i))
        .map((i) => ({ i, value: this.#model.shown(top * width + (i % width)) })),
    );
  }
}

/** Rows and columns of text as a spreadsheet puts them on the clipboard: tabs, lines, quoted texts. */
export function readBlock(text) {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  if (lines.length === 1 && lines[0] === '') return [];
  return lines.map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1')));
}
