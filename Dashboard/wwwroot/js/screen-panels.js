// The panels of a wall screen. Each has `show(data)` with what a snapshot says, `draw()` for a new size or minute and, where events
// carry all it shows, `event(type, data)`, which answers whether the event was its own.

import { make, text, name, number, Rows } from './screen-dom.js';
import { AlertsView } from './screen-alerts.js';
import { LinesView, LoadView } from './screen-lines.js';
import { ExpiringView, WaitingView } from './screen-lists.js';
import { MatrixView } from './screen-matrix.js';

class TotalsView {
  #data = null;
  #rows;

  constructor(body, texts, time) {
    [this.texts, this.time] = [texts, time];
    const box = make('div', 'big');
    body.append(box);
    this.#rows = new Rows(box, () => {
      const [value, label] = [make('b'), make('span')];
      const element = make('div', '', value, label);
      return {
        element,
        show: (item) => {
          name(element, item.warn ? 'warn' : '');
          text(value, item.value);
          text(label, item.label);
        },
      };
    });
  }

  show(data) {
    this.#data = data;
    this.draw();
  }

  draw() {
    const d = this.#data;
    if (!d) return;
    const t = this.texts;
    const items = [{ value: number(d.produced), label: d.plan ? t.ProducedOf.replace('{0}', number(d.plan)) : t.Produced }];
    if (d.plan)
      items.push({
        value: `${Math.round((d.produced / d.plan) * 100)} %`,
        label: t.ShouldBe.replace('{0}', Math.round(this.time.elapsed() * 100)),
      });
    items.push({ value: number(d.open), label: t.OpenOrders.replace('{0}', number(d.inProgress)) });
    if (d.overdue) items.push({ value: `▲ ${number(d.overdue)}`, label: d.overdue === 1 ? t.OverdueOne : t.Overdue, warn: true });
    this.#rows.show(items);
  }
}

const VIEWS = {
  LinesToday: LinesView,
  LineLoad: LoadView,
  OrderMatrix: MatrixView,
  Alerts: AlertsView,
  ExpiringLots: ExpiringView,
  WaitingOrders: WaitingView,
  Totals: TotalsView,
};

/** One panel in its place: heading, age, contents. */
export function makePanel({ kind, subject, page, column, row, width, height }, texts, time) {
  const [title, age, body] = [make('span', '', texts['Panel' + kind]), make('em'), make('div', 'body')];
  const element = make('section', 'panel ' + kind, make('h2', '', title, age), body);
  element.style.gridArea = `${row} / ${column} / span ${height} / span ${width}`;
  let stale = false;
  return {
    element,
    page,
    key: subject ? `${kind}:${subject}` : kind,
    view: new VIEWS[kind](body, texts, time, (words) => text(title, words)),
    /** Says how old the contents are; from `limit` on they are struck through. Before the first contents nothing is old. */
    age(now, goodAt, limit) {
      if (!goodAt) return;
      const ms = now - goodAt;
      if (ms > limit !== stale) {
        stale = ms > limit;
        element.classList.toggle('stale', stale);
      }
      const words = stale
        ? `✕ ${texts.StaleSince.replace('{0}', time.clock(true, goodAt + time.ahead))}`
        : texts.Age.replace('{0}', Math.max(0, Math.floor(ms / 1000)));
      text(age, words);
    },
  };
}
