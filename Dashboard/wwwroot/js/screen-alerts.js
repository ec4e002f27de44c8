// Alerts on a wall screen, by events. Several of one kind are one entry: one cause seldom needs ten lines.

import { make, text, name, Rows, number } from './screen-dom.js';

const RANK = { critical: 0, warning: 1, info: 2 };
const SIGN = { critical: '!', warning: '▲', info: 'i' };
const GROUP_FROM = 3;
const NAMED = 4;
const ROW_REM = 11;
const MORE_REM = 3.6;
/** More standing alerts than anybody reads; a fetch brings the right ones back. */
const MAX_KEPT = 1000;

export class AlertsView {
  #alerts = new Map();
  #rows;
  #more = make('div', 'more');
  #none;

  constructor(body, texts, time, title) {
    Object.assign(this, { body, texts, time, title });
    const list = make('div', 'list');
    this.#none = make('div', 'none', `✓ ${texts.NoAlerts}`);
    body.append(list, this.#more, this.#none);
    this.#rows = new Rows(list, () => this.#row());
  }

  show({ alerts }) {
    const known = this.#alerts;
    this.#alerts = new Map();
    for (const alert of alerts) {
      const newer = known.get(alert.id);
      this.#alerts.set(alert.id, newer && newer.version > alert.version ? newer : alert);
    }
    for (const [id, alert] of this.#alerts) if (alert.state === 'cleared') this.#alerts.delete(id);
    this.draw();
  }

  event(type, data) {
    if (type !== 'alert-raised' && type !== 'alert-changed') return false;
    const known = this.#alerts.get(data.id);
    if (known && known.version > data.version) return true;
    if (data.state === 'cleared') this.#alerts.delete(data.id);
    else this.#alerts.set(data.id, data);
    if (this.#alerts.size > MAX_KEPT) this.#alerts.delete(this.#alerts.keys().next().value);
    this.draw();
    return true;
  }

  draw() {
    if (!this.body.clientHeight) return;
    const entries = this.#entries();
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const height = this.body.clientHeight / rem;
    const all = entries.length * ROW_REM <= height;
    const shown = all ? entries : entries.slice(0, Math.max(1, Math.floor((height - MORE_REM) / ROW_REM)));
    this.#rows.show(shown);
    const left = entries.slice(shown.length).reduce((sum, entry) => sum + entry.count, 0);
    text(this.#more, left ? this.texts.MoreAlerts.replace('{0}', number(left)) : '');
    this.#more.hidden = !left;
    this.#none.hidden = entries.length > 0;
    const open = [...this.#alerts.values()].filter((a) => a.state === 'active').length;
    this.title(open ? `${this.texts.PanelAlerts} · ${this.texts.Unattended.replace('{0}', number(open))}` : this.texts.PanelAlerts);
  }

  /** Those that nobody has first, then by severity, the oldest first. */
  #entries() {
    const groups = new Map();
    for (const alert of this.#alerts.values()) {
      const key = `${alert.state} ${alert.kind} ${alert.severity}`;
      let group = groups.get(key);
      if (!group) groups.set(key, (group = []));
      group.push(alert);
    }
    const entries = [];
    for (const group of groups.values()) {
      group.sort((a, b) => a.raisedAt.localeCompare(b.raisedAt));
      if (group.length >= GROUP_FROM) entries.push({ alert: group[0], count: group.length, group });
      else for (const alert of group) entries.push({ alert, count: 1, group: null });
    }
    return entries.sort(
      ({ alert: a }, { alert: b }) =>
        (a.state === 'active' ? 0 : 1) - (b.state === 'active' ? 0 : 1) ||
        RANK[a.severity] - RANK[b.severity] ||
        a.raisedAt.localeCompare(b.raisedAt),
    );
  }

  #row() {
    const [sign, title, note, time] = [make('div', 'g'), make('b'), make('span'), make('time')];
    const element = make('div', 'al', sign, make('div', 'w', title, note), time);
    return {
      element,
      show: ({ alert, count, group }) => {
        const taken = alert.state === 'acknowledged';
        name(element, `al ${taken ? 'taken' : alert.severity}`);
        text(sign, taken ? '✓' : SIGN[alert.severity]);
        text(title, group ? this.#groupTitle(alert.kind, count) : this.#sentence(alert));
        text(note, this.#note(alert, group));
        text(time, this.time.span(this.time.now() - Date.parse(alert.raisedAt), this.texts));
      },
    };
  }

  #sentence(alert) {
    return (document.documentElement.lang === 'en' ? alert.en : alert.es).replace(/\.$/, '');
  }

  #groupTitle(kind, count) {
    return (this.texts['Group.' + kind] ?? this.texts.Group).replace('{0}', number(count));
  }

  #note(alert, group) {
    const t = this.texts;
    const parts = [];
    if (group) {
      const subjects = [...new Set(group.map((a) => a.subject))];
      parts.push(subjects.slice(0, NAMED).join(', ') + (subjects.length > NAMED ? '…' : ''));
    }
    if (alert.state === 'acknowledged' && alert.acknowledgedBy) parts.push(t.HeldBy.replace('{0}', alert.acknowledgedBy));
    else parts.push((alert.escalatedAt ? t.EscalatedTo : t.For).replace('{0}', t['Role' + alert.role] ?? alert.role));
    return parts.join(' · ');
  }
}
