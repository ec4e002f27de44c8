// Draws a matrix as a table and keeps it true with small changes: whatever changed in a frame is painted once, in that frame.

import { formatQuantity, plainQuantity } from '../numbers.js';
import { buildTable, make } from './build.js';
import { Phase } from './model.js';
import { colourOf, nameOf } from './people.js';

// A text is changed, not replaced: with every node that comes or goes the browser asks all rules with :has() anew, of the whole page.
const setText = (element, text) => {
  const node = element.firstChild;
  if (node !== element.lastChild || node?.nodeType !== Node.TEXT_NODE) element.textContent = text;
  else if (node.data !== text) node.data = text;
};

const MARKS = { unsent: '○', sending: '↑', saved: '✓', refused: '!', conflict: '≠' };
const SAVED_MS = 1600;
/** Letters that a note has room for. */
const NOTE_FITS = 18;

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
    const built = buildTable(model, {
      text: this.#text,
      axisNames,
      id: this.root.id,
      fillable: mayEdit && model.field === 'toProduce',
    });
    this.table = built.table;
    this.#tds = built.tds;
    this.#rowTotals = built.rowTotals;
    this.#columnTotals = built.columnTotals;
    this.#grand = built.grand;
    this.root.replaceChildren(built.table);
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

  /** Writes into an input, the caret behind it. */
  write(i, text) {
    const input = this.input(i);
    if (!input) return;
    input.value = text;
    input.setSelectionRange(text.length, text.length);
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
    const note = this.#note(cell, draft, phase, outstanding, full);
    setText(parts.note, note);
    parts.note.classList.toggle('mx-long', note.length > NOTE_FITS);
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
    const bar = `${done * 100}% ${(done + moved) * 100}%`;
    if (parts.shares === bar) return;
    parts.shares = bar;
    parts.bar.style.setProperty('--done', `${done * 100}%`);
    parts.bar.style.setProperty('--both', `${(done + moved) * 100}%`);
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
