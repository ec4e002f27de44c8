// The elements of a matrix's table, empty: two header rows, a cell per variant, totals. Filling and repainting is the view's.

export const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

/** Widths of a table wider than the page, in px. */
const WIDTHS = { head: 178, cell: 112, total: 116 };
const WIDE = 10;

/**
 * Builds the table of a model. Answers `{table, tds, rowTotals, columnTotals, grand}`, the cells by index with their parts.
 * `options`: text, axisNames, id (of the notes), fillable (rows get a button that fills them).
 */
export function buildTable(model, options) {
  const table = make('table', 'mx-table');
  const wide = model.columns > WIDE;
  table.classList.toggle('mx-wide', wide);
  if (wide) table.style.width = `${WIDTHS.head + model.columns * WIDTHS.cell + WIDTHS.total}px`;
  const { body, tds, rowTotals } = buildBody(model, options);
  const { foot, columnTotals, grand } = buildFoot(model, options);
  table.append(make('caption', 'mx-sr', options.text('caption')), buildColumns(model), buildHead(model, options), body, foot);
  return { table, tds, rowTotals, columnTotals, grand };
}

function buildColumns(model) {
  const group = make('colgroup');
  group.append(make('col', 'mx-col-head'), ...model.y.map(() => make('col', 'mx-col')), make('col', 'mx-col-total'));
  return group;
}

function buildHead(model, { text, axisNames }) {
  const head = make('thead');
  const names = head.insertRow();
  const curve = head.insertRow();
  const heading = (row, words, scope) => {
    const th = make('th', '', words);
    if (scope) th.scope = scope;
    row.append(th);
    return th;
  };
  heading(names, axisNames.x);
  heading(curve, text('curve'));
  let sum = 0;
  for (const y of model.y) {
    heading(names, y.name, 'col').title = y.value;
    heading(curve, y.proportion === null ? '?' : String(y.proportion));
    sum += y.proportion ?? 0;
  }
  heading(names, text('total'), 'col');
  heading(curve, String(sum));
  return head;
}

function buildBody(model, options) {
  const tds = new Array(model.cells.length);
  const rowTotals = [];
  const body = make('tbody');
  const pattern = cellPattern();
  for (let r = 0; r < model.rows; r++) {
    const row = body.insertRow();
    row.append(rowHead(model.x[r], r, options));
    for (const i of model.rowCells(r)) row.append((tds[i] = cellParts(pattern, i, options.id)).td);
    rowTotals.push(totalCell('mx-total'));
    row.append(rowTotals[r]);
  }
  return { body, tds, rowTotals };
}

function rowHead({ name, value }, r, { text, fillable }) {
  const th = make('th');
  th.scope = 'row';
  const words = make('span', 'mx-rowname', name);
  if (value !== name) words.append(make('small', '', value));
  th.append(words);
  if (fillable) {
    const fill = make('button', 'mx-fill', '⇥');
    fill.type = 'button';
    fill.dataset.row = r;
    fill.title = text('fillRow', name);
    fill.setAttribute('aria-label', fill.title);
    fill.tabIndex = -1;
    th.append(fill);
  }
  return th;
}

function cellPattern() {
  const td = make('td', 'mx-cell');
  const line = make('div', 'mx-line');
  line.append(make('span', 'mx-slot'), make('span', 'mx-of'), make('span', 'mx-tick'));
  td.append(line, make('div', 'mx-bar'), make('div', 'mx-note'));
  return td;
}

function cellParts(pattern, i, id) {
  const td = pattern.cloneNode(true);
  td.dataset.i = i;
  const [line, bar, note] = td.children;
  const [slot, of, tick] = line.children;
  note.id = `${id}-n${i}`;
  return { td, slot, of, tick, bar, note, input: null, shares: '' };
}

function buildFoot(model, { text }) {
  const foot = make('tfoot');
  const row = foot.insertRow();
  const th = make('th', '', text('total'));
  th.scope = 'row';
  const columnTotals = model.y.map(() => totalCell('mx-total'));
  const grand = totalCell('mx-total mx-grand');
  row.append(th, ...columnTotals, grand);
  return { foot, columnTotals, grand };
}

function totalCell(className) {
  const td = make('td', className);
  td.append(make('b'), make('small'));
  return td;
}
