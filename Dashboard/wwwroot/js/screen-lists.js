// Lists on a wall screen: what fits, and in the heading how many there are.

import { make, text, name, Rows, number } from './screen-dom.js';

const NEAR_DAYS = 3;

/** A list of rows of one height. A subclass says how an item reads: `row(item)` with kind, title, note, end. */
class ListView {
  #items = [];
  #total = 0;
  #rows;
  #none;

  constructor(body, texts, time, title, heading, none) {
    Object.assign(this, { body, texts, time, title, heading });
    const list = make('div', 'list');
    this.#none = make('div', 'none', `✓ ${none}`);
    body.append(list, this.#none);
    this.#rows = new Rows(list, () => this.#row());
  }

  list(items, total = items.length) {
    [this.#items, this.#total] = [items, total];
    this.draw();
  }

  draw() {
    if (!this.body.clientHeight) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const height = this.rowRem * rem;
    const fits = Math.max(1, Math.floor(this.body.clientHeight / height));
    const shown = this.#items.slice(0, fits);
    this.#rows.show(shown);
    const more = this.#total > shown.length;
    this.title(more ? `${this.heading} · ${this.texts.ShownOf.replace('{0}', shown.length).replace('{1}', number(this.#total))}` : this.heading);
    this.#none.hidden = this.#total > 0;
  }

  #row() {
    const [title, note, end] = [make('b'), make('span'), make('b', 'end')];
    const element = make('div', 'item', make('div', '', title, note), end);
    return {
      element,
      show: (item) => {
        const row = this.row(item);
        name(element, 'item ' + row.kind);
        text(title, row.title);
        text(note, row.note);
        text(end, row.end);
      },
    };
  }
}

export class ExpiringView extends ListView {
  rowRem = 6.6;

  constructor(body, texts, time, title) {
    super(body, texts, time, title, texts.PanelExpiringLots, texts.NoExpiring);
  }

  show(data) {
    this.list(data.lots);
  }

  row({ code, material, unit, onHand, reserved, expiresOn }) {
    const t = this.texts;
    const days = this.time.days(expiresOn);
    const end =
      days <= 0 ? `■ ${t.Expired}`
      : `${days <= NEAR_DAYS ? '▲ ' : ''}${days === 1 ? t.OneDay : t.Days.replace('{0}', days)}`;
    const free = reserved <= 0 ? t.Unreserved : t.Reserved.replace('{0}', number(reserved));
    return {
      kind: days <= 0 ? 'stop' : days <= NEAR_DAYS ? 'warn' : '',
      title: `${code} ${material}`,
      note: `${number(onHand)} ${unit} · ${free}`,
      end,
    };
  }
}

export class WaitingView extends ListView {
  rowRem = 6.6;

  constructor(body, texts, time, title) {
    super(body, texts, time, title, texts.PanelWaitingOrders, texts.NoWaiting);
  }

  show(data) {
    this.list(data.orders, data.total);
  }

  row({ number: order, name: product, dueDate, missing }) {
    const t = this.texts;
    const days = dueDate ? this.time.days(dueDate) : null;
    const end =
      days === null ? ''
      : days < 0 ? `▲ ${t.LateBy.replace('{0}', -days)}`
      : days === 0 ? t.DueToday
      : days === 1 ? t.OneDay
      : t.Days.replace('{0}', days);
    return {
      kind: days !== null && days < 0 ? 'warn' : '',
      title: `${order} ${product}`,
      note: missing.length ? t.Lacks.replace('{0}', missing.join(', ')) : '',
      end,
    };
  }
}
