// Draws a matrix as a table and keeps it true with small changes: whatever changed in a frame is painted once, in that frame.

import { formatQuantity, plainQuantity } from '../numbers.js';
import { Phase } from './model.js';
import { colourOf, nameOf } from './people.js';

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

const setText = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

const MARKS = { unsent: '○', sending: '↑', saved: '✓', refused: '!', conflict: '≠' };
const SAVED_MS = 1600;
/** Widths of a table wider than the page, in px. */
const WIDTHS = { head: 178, cell: 112, total: 116 };

/** The table. `text(name, ...values)` gives a sentence in the reader's language. */
export class MatrixView {
  #model;
  #text;
  #language;
  #tds = [];
  #rowTotals = [];
  #columnTotals = [];
  #grand = null;
  #dirty = new Set();
  #totalsDirty = false;
  #frame = 0;
  #saved = new Map();
  #people = new Map();
  #range = new Set();

  /** Called after each paint, with nothing. */
  onPainted = () => {};

  constructor(root, model, text, language) {
    this.root = root;
    this.#model = model;
    this.#text = text;
    this.#language = language;
  }

  /** Builds the table anew. */
  build(mayEdit, axisNames) {
    const model = this.#model;
    this.mayEdit = mayEdit;
    this.#dirty.clear();
    this.#saved.clear();
    const table = make('table', 'mx-table');
    const wide = model.columns > 10;
    table.classList.toggle('mx-wide', wide);
    if (wide) table.style.width = `${WIDTHS.head + model.columns * WIDTHS.cell + WIDTHS.total}px`;
    table.append(this.#caption(), this.#columns(), this.#head(axisNames), this.#body(), this.#foot());
    this.table = table;
    this.root.replaceChildren(table);
    for (const i of model.allCells()) this.#paintCell(i);
    this.#paintTotals();
    this.onPainted();
  }

  input(i) {
    return this.#tds[i]?.input ?? null;
  }

  td(i) {
    return this.#tds[i]?.td ?? null;
  }

  /** Index of the cell that an element lies in, or -1. */
  indexAt(element) {
    const td = element?.closest?.('td[data-i]');
    return td && this.root.contains(td) ? Number(td.dataset.i) : -1;
  }

  /** Marks a cell for the next frame. */
  touch(i) {
    this.#dirty.add(i);
    this.#totalsDirty = true;
    this.#schedule();
  }

  touchAll() {
    for (const i of this.#model.allCells()) this.#dirty.add(i);
    this.#totalsDirty = true;
    this.#schedule();
  }

  /** Says for a moment that the plant has the value. */
  markSaved(i) {
    clearTimeout(this.#saved.get(i));
    this.#saved.set(
      i,
      setTimeout(() => {
        this.#saved.delete(i);
        this.touch(i);
      }, SAVED_MS),
    );
    this.touch(i);
  }

  /** Shows who is in which cell: `[{user, x, y}]`. */
  setPeople(people) {
    const before = new Set(this.#people.keys());
    this.#people = new Map();
    for (const { user, x, y } of people) {
      const i = this.#model.indexOf(x, y);
      if (i >= 0) this.#people.set(i, [...(this.#people.get(i) ?? []), user]);
    }
    for (const i of new Set([...before, ...this.#people.keys()])) this.touch(i);
  }

  /** Shows the selected block; one cell alone is no block. */
  setRange(indexes) {
    const next = new Set(indexes.length > 1 ? indexes : []);
    for (const i of this.#range) if (!next.has(i)) this.td(i)?.classList.remove('mx-in');
    for (const i of next) if (!this.#range.has(i)) this.td(i)?.classList.add('mx-in');
    this.#range = next;
  }

  #caption() {
    return make('caption', 'mx-sr', this.#text('caption'));
  }

  #columns() {
    const group = make('colgroup');
    group.append(make('col', 'mx-col-head'));
    for (let c = 0; c < this.#model.columns; c++) group.append(make('col', 'mx-col'));
    group.append(make('col', 'mx-col-total'));
    return group;
  }

  #head(axisNames) {
    const model = this.#model;
    const head = make('thead');
    const names = head.insertRow();
    const curve = head.insertRow();
    const heading = (row, text, scope) => {
      const th = make('th', '', text);
      if (scope) th.scope = scope;
      row.append(th);
      return th;
    };
    heading(names, axisNames.x);
    heading(curve, this.#text('curve'));
    let sum = 0;
    for (const y of model.y) {
      heading(names, y.name, 'col').title = y.value;
      heading(curve, y.proportion === null ? '?' : String(y.proportion));
      sum += y.proportion ?? 0;
    }
    heading(names, this.#text('total'), 'col');
    heading(curve, String(sum));
    return head;
  }

  #body() {
    const model = this.#model;
    this.#tds = new Array(model.cells.length);
    this.#rowTotals = [];
    const body = make('tbody');
    const pattern = this.#cellPattern();
    for (let r = 0; r < model.rows; r++) {
      const row = body.insertRow();
      row.append(this.#rowHead(r));
      for (const i of model.rowCells(r)) row.append(this.#cell(pattern, i));
      const total = make('td', 'mx-total');
      total.append(make('b'), make('small'));
      row.append(total);
      this.#rowTotals.push(total);
    }
    return body;
  }

  #rowHead(r) {
    const { name, value } = this.#model.x[r];
    const th = make('th');
    th.scope = 'row';
    const words = make('span', 'mx-rowname', name);
    if (value !== name) words.append(make('small', '', value));
    th.append(words);
    if (this.mayEdit && this.#model.field === 'toProduce') {
      const fill = make('button', 'mx-fill', '⇥');
      fill.type = 'button';
      fill.dataset.row = r;
      fill.title = this.#text('fillRow', name);
      fill.setAttribute('aria-label', fill.title);
      fill.tabIndex = -1;
      th.append(fill);
    }
    return th;
  }

  #cellPattern() {
    const td = make('td', 'mx-cell');
    const line = make('div', 'mx-line');
    line.append(make('span', 'mx-slot'), make('span', 'mx-of'), make('span', 'mx-tick'));
    const bar = make('div', 'mx-bar');
    bar.append(make('i'), make('i', 'mx-moved'));
    td.append(line, bar, make('div', 'mx-note'));
    return td;
  }

  #cell(pattern, i) {
    const td = pattern.cloneNode(true);
    td.dataset.i = i;
    const [line, bar, note] = td.children;
    const [slot, of, tick] = line.children;
    note.id = `${this.root.id}-n${i}`;
    this.#tds[i] = { td, slot, of, tick, bar, done: bar.children[0], moved: bar.children[1], note, input: null };
    return td;
  }

  #foot() {
    const foot = make('tfoot');
    const row = foot.insertRow();
    const th = make('th', '', this.#text('total'));
    th.scope = 'row';
    row.append(th);
    this.#columnTotals = this.#model.y.map(() => {
      const td = make('td', 'mx-total');
      td.append(make('b'), make('small'));
      row.append(td);
      return td;
    });
    this.#grand = make('td', 'mx-total mx-grand');
    this.#grand.append(make('b'), make('small'));
    row.append(this.#grand);
    return foot;
  }

  #schedule() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const i of this.#dirty) if (i < this.#model.cells.length) this.#paintCell(i);
      if (this.#totalsDirty) this.#paintTotals(this.#dirty);
      this.#dirty.clear();
      this.#totalsDirty = false;
      this.onPainted();
    });
  }

  #paintCell(i) {
    const model = this.#model;
    const cell = model.cells[i];
    const parts = this.#tds[i];
    const draft = model.drafts.get(i);
    const outstanding = model.outstanding(cell);
    const full = model.state !== 'pending' && outstanding <= 0 && cell.planned > 0;
    this.#paintInput(i, parts, draft);
    const planned = formatQuantity(cell.planned, this.#language);
    const alone = parts.input === null;
    setText(parts.of, model.field === 'planned' && !alone ? '' : alone ? planned : `/ ${planned}`);
    setText(parts.tick, full ? '✓' : '');
    parts.bar.hidden = model.state === 'pending';
    if (!parts.bar.hidden) this.#paintBar(parts, cell);
    const phase = this.#phase(i, draft);
    setText(parts.note, this.#note(cell, draft, phase, outstanding, full));
    const people = this.#people.get(i);
    const classes = ['mx-cell'];
    if (full) classes.push('mx-full');
    if (cell.planned === 0) classes.push('mx-none');
    if (model.shown(i) === 0) classes.push('mx-zero');
    if (phase) classes.push('mx-' + phase);
    if (people) classes.push('mx-someone');
    if (this.#range.has(i)) classes.push('mx-in');
    const className = classes.join(' ');
    if (parts.td.className !== className) parts.td.className = className;
    this.#paintPeople(parts.td, people);
  }

  #phase(i, draft) {
    if (draft && draft.phase !== Phase.typing) return draft.phase;
    if (draft?.remote) return 'remote';
    return !draft && this.#saved.has(i) ? 'saved' : '';
  }

  #paintInput(i, parts, draft) {
    const editable = this.mayEdit && this.#model.editable(i);
    const focused = parts.input !== null && parts.input === document.activeElement;
    if (!editable && parts.input && !focused) {
      parts.slot.replaceChildren();
      parts.input = null;
    }
    if (editable && !parts.input) parts.slot.append((parts.input = this.#newInput(i, parts)));
    if (!parts.input) return;
    const saved = this.#model.saved(i);
    const own = draft && draft.field === this.#model.field;
    const text = own ? draft.text : saved === 0 && this.#model.field !== 'planned' ? '' : plainQuantity(saved, this.#language);
    if (parts.input.value !== text) {
      const whole = focused && parts.input.selectionStart === 0 && parts.input.selectionEnd === parts.input.value.length;
      parts.input.value = text;
      if (whole) parts.input.select();
    }
    const invalid = draft?.phase === Phase.refused || draft?.phase === Phase.conflict;
    if (invalid !== parts.input.hasAttribute('aria-invalid')) parts.input.toggleAttribute('aria-invalid', invalid);
  }

  #newInput(i, parts) {
    const { x, y } = this.#model.cells[i];
    const names = [this.#model.x.find((v) => v.value === x).name, this.#model.y.find((v) => v.value === y).name];
    const input = make('input');
    input.type = 'text';
    input.inputMode = 'decimal';
    input.autocomplete = 'off';
    input.spellcheck = false;
    input.placeholder = '—';
    input.maxLength = 16;
    input.setAttribute('aria-label', this.#text('cellLabel', ...names));
    input.setAttribute('aria-describedby', parts.note.id);
    return input;
  }

  #paintBar(parts, cell) {
    const share = (value) => (cell.planned > 0 ? Math.min(1, value / cell.planned) : 0);
    const done = share(cell.produced);
    const moved = Math.min(1 - done, share(cell.moved));
    parts.done.style.transform = `scaleX(${done})`;
    parts.moved.style.transform = `translateX(${done * 100}%) scaleX(${moved})`;
  }

  #note(cell, draft, phase, outstanding, full) {
    const q = (value) => formatQuantity(value, this.#language);
    if (phase === 'remote') return this.#text('remote', nameOf(draft.remote.by), q(draft.remote.value));
    if (phase === Phase.refused) return `${MARKS.refused} ${draft.problem}`;
    if (phase) return `${MARKS[phase]} ${this.#text(phase)}`;
    if (this.#model.state === 'pending') return '';
    if (full) return cell.moved > 0 ? this.#text('movedAll', q(cell.produced), q(cell.moved)) : this.#text('complete');
    if (cell.planned === 0) return '';
    if (cell.produced > 0) return this.#text('partly', q(cell.produced), q(outstanding));
    return this.#text('missing', q(outstanding));
  }

  #paintPeople(td, people) {
    const names = people ? [...new Set(people)].map(nameOf).join(', ') : '';
    if ((td.dataset.who ?? '') === names) return;
    if (!people) {
      delete td.dataset.who;
      td.style.removeProperty('--who');
      return;
    }
    td.dataset.who = names;
    td.style.setProperty('--who', colourOf(people[0]));
  }

  /** Totals of the rows and columns of the given cells, or of all. */
  #paintTotals(indexes) {
    const model = this.#model;
    const width = model.columns;
    const rows = indexes ? new Set([...indexes].map((i) => Math.floor(i / width))) : this.#rowTotals.keys();
    const columns = indexes ? new Set([...indexes].map((i) => i % width)) : this.#columnTotals.keys();
    for (const r of rows) if (this.#rowTotals[r]) this.#paintTotal(this.#rowTotals[r], model.sum(model.rowCells(r)));
    for (const c of columns) if (this.#columnTotals[c]) this.#paintTotal(this.#columnTotals[c], model.sum(model.columnCells(c)));
    if (this.#grand) this.#paintTotal(this.#grand, model.sum(model.allCells()), model.total);
  }

  #paintTotal(td, sum, total) {
    const q = (value) => formatQuantity(value, this.#language);
    const planning = this.#model.state === 'pending';
    const big = this.#model.field === null ? sum.produced : sum.shown;
    setText(td.children[0], big > 0 ? q(big) : '—');
    const small = planning ? (total === undefined ? '' : this.#text('of', q(sum.planned), q(total))) : this.#text('of', q(sum.produced), q(sum.planned));
    setText(td.children[1], small);
    if (total !== undefined) td.classList.toggle('mx-off', planning && sum.planned !== total);
  }
}
