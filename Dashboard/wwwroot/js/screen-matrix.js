// The matrix of one order on a wall screen: per cell produced of planned, by events.

import { make, text, name, css, number } from './screen-dom.js';

const MIN_ROW_REM = 4.4;
const MIN_COLUMN_REM = 9;
const HEAD_REM = 18;
const TURN_MS = 12_000;

export class MatrixView {
  #data = null;
  #cells = new Map();
  #table = make('table', 'matrix');
  #none;
  #shape = '';
  #grid = [];

  constructor(body, texts, time, title) {
    Object.assign(this, { body, texts, time, title });
    this.#none = make('div', 'none', texts.NoMatrix);
    body.append(this.#table, this.#none);
  }

  show(data) {
    const known = this.#data?.order === data.order ? this.#cells : new Map();
    this.#data = data;
    this.#cells = new Map();
    for (const cell of data.matrix?.cells ?? []) {
      const newer = known.get(key(cell.x, cell.y));
      this.#cells.set(key(cell.x, cell.y), newer && newer.version > cell.version ? newer : cell);
    }
    this.draw();
  }

  event(type, data) {
    if (type !== 'cell-changed' || data.order !== this.#data?.order) return false;
    const known = this.#cells.get(key(data.x, data.y));
    if (!known || data.version <= known.version) return true;
    this.#cells.set(key(data.x, data.y), data);
    this.draw();
    return true;
  }

  draw() {
    const matrix = this.#data?.matrix;
    this.#table.hidden = !matrix;
    this.#none.hidden = !!matrix;
    if (!matrix || !this.body.clientHeight) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const x = part(matrix.x, Math.max(2, Math.floor(this.body.clientHeight / rem / MIN_ROW_REM) - 1));
    const y = part(matrix.y, Math.max(2, Math.floor((this.body.clientWidth / rem - HEAD_REM) / MIN_COLUMN_REM)));
    const shape = `${x.map((v) => v.value).join()}|${y.map((v) => v.value).join()}`;
    if (shape !== this.#shape) this.#build(shape, x, y);
    let [produced, planned] = [0, 0];
    for (const cell of this.#cells.values()) {
      produced += cell.produced;
      planned += cell.planned - cell.moved;
    }
    this.title(`${this.#data.order} ${this.#data.product} · ${number(produced)} / ${number(planned)}`);
    for (const { box, figure, of, at } of this.#grid) this.#cell(box, figure, of, this.#cells.get(at));
  }

  #cell(box, figure, of, cell) {
    const goal = cell ? cell.planned - cell.moved : 0;
    const done = goal > 0 && cell.produced >= goal;
    name(box, !cell || (goal <= 0 && !cell.produced) ? 'nil' : done ? 'done' : cell.toProduce > 0 ? 'now' : '');
    css(box, '--to', `${goal > 0 ? Math.min(100, (cell.produced / goal) * 100).toFixed(0) : 0}%`);
    text(figure, !cell || (goal <= 0 && !cell.produced) ? '—' : `${done ? '✓ ' : ''}${number(cell.produced)}`);
    text(of, cell && goal > 0 && !done ? ` / ${number(goal)}` : '');
  }

  #build(shape, x, y) {
    this.#shape = shape;
    this.#grid = [];
    const head = make('tr', '', make('th'), ...y.map((v) => make('th', '', v.name)));
    const rows = x.map((row) => {
      const cells = y.map((column) => {
        const [figure, of] = [make('b'), make('small')];
        const box = make('td', '', figure, of);
        this.#grid.push({ box, figure, of, at: key(row.value, column.value) });
        return box;
      });
      return make('tr', '', make('th', '', row.name), ...cells);
    });
    this.#table.replaceChildren(make('thead', '', head), make('tbody', '', ...rows));
  }
}

function key(x, y) {
  return `${x}\u001f${y}`;
}

/** All where they fit, otherwise a part at a time, in turn. */
function part(values, most) {
  if (values.length <= most) return values;
  const turn = Math.floor(Date.now() / TURN_MS) % Math.ceil(values.length / most);
  return values.slice(turn * most, turn * most + most);
}
