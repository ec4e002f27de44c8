// Lines on a wall screen: made today against the plan, and load against capacity.

import { make, text, name, css, Rows, number } from './screen-dom.js';

/** So much of the plan, and not less than one unit, is no reason to call anybody. */
const TOLERANCE = 0.05;
const FAR_BEHIND = 0.25;
const ROW_REM = 10.6;
const MIN_ROW_REM = 5.6;
const TURN_MS = 12_000;

/** Where a line stands: class, symbol with number, word. */
export function standing({ order, produced, plan }, elapsed, t) {
  if (plan <= 0) return { kind: 'idle', mark: order ? t.NoPlan : t.Free, word: '' };
  if (produced >= plan) return { kind: '', mark: `✓ ${t.Reached}`, word: '' };
  const ahead = Math.round(produced - plan * elapsed);
  const slack = Math.max(1, plan * TOLERANCE);
  if (ahead > slack) return { kind: '', mark: `▲ +${number(ahead)}`, word: '' };
  if (ahead >= -slack) return { kind: '', mark: `● ${t.OnTime}`, word: '' };
  return ahead < -plan * FAR_BEHIND
    ? { kind: 'stop', mark: `■ −${number(-ahead)}`, word: t.FarBehind }
    : { kind: 'warn', mark: `▼ −${number(-ahead)}`, word: t.Behind };
}

class LineRows {
  #data = null;
  #rows;

  constructor(body, texts, time, title) {
    Object.assign(this, { body, texts, time, title });
    this.#rows = new Rows(body, () => this.#row());
  }

  show(data) {
    this.#data = data;
    this.draw();
  }

  /** All lines where they fit; otherwise as many at a time, in turn. */
  draw() {
    if (!this.#data || !this.body.clientHeight) return;
    const lines = this.#data.lines;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const room = this.body.clientHeight / rem;
    const most = Math.max(1, Math.floor(room / MIN_ROW_REM));
    const parts = Math.ceil(lines.length / most) || 1;
    const part = parts === 1 ? 0 : Math.floor(Date.now() / TURN_MS) % parts;
    const shown = parts === 1 ? lines : lines.slice(part * most, part * most + most);
    css(this.body, '--row', `${Math.min(ROW_REM, room / Math.max(1, Math.min(lines.length, most)))}rem`);
    this.body.classList.toggle('tight', room / lines.length < 8.4);
    this.#rows.show(shown);
  }

  #row() {
    const [code, small, fill, plan, figure, of, mark, word] = [
      make('span'), make('small'), make('i'), make('u'), make('span'), make('small'), make('span'), make('span'),
    ];
    const element = make(
      'div', 'line',
      make('b', '', code, small),
      make('div', 'bar', fill, plan),
      make('div', 'n', figure, of),
      make('div', 's', mark, word),
    );
    return {
      element,
      show: (line) => {
        const row = this.row(line);
        name(element, 'line ' + row.kind);
        text(code, line.code);
        text(small, row.small);
        css(fill, 'width', `${Math.min(100, row.fill * 100).toFixed(1)}%`);
        css(plan, 'left', `${Math.min(99.2, row.target * 100).toFixed(1)}%`);
        plan.hidden = !(row.target > 0);
        text(figure, row.figure);
        text(of, row.of);
        text(mark, row.mark);
        text(word, row.word);
      },
    };
  }
}

export class LinesView extends LineRows {
  row(line) {
    const elapsed = this.time.elapsed();
    const { produced, plan } = line;
    const some = plan > 0 || produced > 0;
    return {
      ...standing(line, elapsed, this.texts),
      small: line.order ? `${line.order} ${line.product}` : this.texts.NoOrder,
      fill: plan > 0 ? produced / plan : 0,
      target: plan > 0 ? elapsed : 0,
      figure: some ? number(produced) : '—',
      of: plan > 0 ? ` / ${number(plan)}` : '',
    };
  }
}

/** A bar reaches to twice the capacity of a shift; the mark stands at the capacity. */
export class LoadView extends LineRows {
  row({ name: small, assignedKg, capacityKg }) {
    const percent = (assignedKg / capacityKg) * 100;
    const saturated = percent > 100;
    return {
      kind: saturated ? 'warn' : '',
      small,
      fill: percent / 200,
      target: 0.5,
      figure: `${number(Math.round(percent))} %`,
      of: '',
      mark: `${saturated ? '▲ ' : ''}${number(assignedKg)} kg`,
      word: saturated ? this.texts.Saturated : '',
    };
  }
}
