// What a matrix holds: the cells as the plant last said, and what this person has typed and the plant has not yet acknowledged.

import { addQuantities } from '../numbers.js';

/** Typed text of one cell goes through these phases until the plant has it: then the draft is gone. */
export const Phase = Object.freeze({
  typing: 'typing',
  unsent: 'unsent',
  sending: 'sending',
  refused: 'refused',
  conflict: 'conflict',
});

/** Axes, cells and totals of one order's matrix. Knows nothing of screens or servers. */
export class MatrixModel {
  x = [];
  y = [];
  cells = [];
  state = 'pending';
  open = true;
  total = 0;
  /** Drafts by cell index. */
  drafts = new Map();
  #index = new Map();

  /** Takes a whole matrix; answers true when axes or state changed, so that the table has to be built anew. */
  load(matrix) {
    const shape = JSON.stringify([matrix.state, matrix.x, matrix.y]);
    const changed = shape !== this.shape;
    this.shape = shape;
    this.state = matrix.state;
    this.total = matrix.total;
    if (!changed) {
      for (const cell of matrix.cells) this.merge(cell);
      return false;
    }
    const before = new Map([...this.drafts].map(([i, draft]) => [keyOf(this.cells[i]), draft]));
    this.x = matrix.x;
    this.y = matrix.y;
    this.cells = matrix.cells.map((cell) => ({ ...cell }));
    this.#index = new Map(this.cells.map((cell, i) => [keyOf(cell), i]));
    this.drafts = new Map();
    for (const [key, draft] of before) if (this.#index.has(key)) this.drafts.set(this.#index.get(key), draft);
    return true;
  }

  /** Takes one cell unless what we have is newer; answers its index, or -1 when nothing changed. */
  merge(cell) {
    const i = this.indexOf(cell.x, cell.y);
    if (i < 0) return -1;
    const mine = this.cells[i];
    // Starting, confirming and producing do not raise the version everywhere, so an equal version may carry news.
    if (cell.version < mine.version) return -1;
    Object.assign(mine, cell);
    return i;
  }

  indexOf(x, y) {
    return this.#index.get(keyOf({ x, y })) ?? -1;
  }

  get rows() {
    return this.x.length;
  }

  get columns() {
    return this.y.length;
  }

  /** The field that people edit now, or null when nothing is edited. */
  get field() {
    if (!this.open) return null;
    return this.state === 'pending' ? 'planned' : this.state === 'done' ? null : 'toProduce';
  }

  outstanding(cell) {
    return addQuantities([cell.planned, -cell.produced, -cell.moved]);
  }

  /** Whether an input belongs in the cell: what is complete is only read, unless something still stands in it. */
  editable(i) {
    const cell = this.cells[i];
    if (this.field === 'planned') return true;
    return this.field === 'toProduce' && (this.outstanding(cell) > 0 || cell.toProduce > 0 || this.drafts.has(i));
  }

  /** The edited field as the plant has it. */
  saved(i) {
    return this.field === null ? 0 : this.cells[i][this.field];
  }

  /** The edited field as this person sees it: what was typed counts, if it is a number. */
  shown(i) {
    const draft = this.drafts.get(i);
    return draft && draft.field === this.field && Number.isFinite(draft.value) ? draft.value : this.saved(i);
  }

  rowCells(row) {
    return Array.from({ length: this.columns }, (_, c) => row * this.columns + c);
  }

  columnCells(column) {
    return Array.from({ length: this.rows }, (_, r) => r * this.columns + column);
  }

  allCells() {
    return Array.from(this.cells.keys());
  }

  /** Sums over some cells: what is shown, planned, produced, and how many cells have something to produce. */
  sum(indexes) {
    const of = (pick) => addQuantities(indexes.map(pick));
    return {
      shown: of((i) => this.shown(i)),
      planned: of((i) => (this.field === 'planned' ? this.shown(i) : this.cells[i].planned)),
      produced: of((i) => this.cells[i].produced),
      moved: of((i) => this.cells[i].moved),
      count: indexes.filter((i) => this.shown(i) > 0).length,
    };
  }

  /** What the cells lack of the order's total; below zero when they exceed it. */
  get difference() {
    return addQuantities([this.total, -this.sum(this.allCells()).planned]);
  }
}

export function keyOf({ x, y }) {
  return x + '\u001f' + y;
}
