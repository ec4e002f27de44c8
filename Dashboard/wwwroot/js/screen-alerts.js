// Alerts on a wall screen, by events. What has one cause is one entry, and so are several of one kind: nobody reads ten lines.

import { make, text, name, Rows, number } from './screen-dom.js';

const RANK = { critical: 0, warning: 1, info: 2 };
const SIGN = { critical: '!', warning: '▲', info: 'i' };
const GROUP_FROM = 3;
/** Where several kinds have one cause, the one that names it. */
const NAMING = ['lot-expired', 'low-stock', 'mail-failed', 'journal-failed', 'line-saturated'];
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
    for (const [id, alert] of this.#alerts) if (!stands(alert)) this.#alerts.delete(id);
    this.draw();
  }

  event(type, data) {
    if (type !== 'alert-raised' && type !== 'alert-changed') return false;
    const known = this.#alerts.get(data.id);
    if (known && known.version > data.version) return true;
    if (!stands(data)) this.#alerts.delete(data.id);
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
    const open = entries.filter((entry) => entry.alert.state === 'active').length;
    this.title(open ? `${this.texts.PanelAlerts} · ${this.texts.Unattended.replace('{0}', number(open))}` : this.texts.PanelAlerts);
  }

  /** Those that nobody has first, then by severity, the oldest first. */
  #entries() {
    const entries = [];
    const single = [];
    for (const group of groups(this.#alerts.values(), (a) => `${a.state} ${a.cause}`)) {
      if (group.length === 1) single.push(group[0]);
      else entries.push(entryOf(group.sort((a, b) => naming(a) - naming(b) || oldest(a, b)), true));
    }
    for (const group of groups(single, (a) => `${a.state} ${a.kind} ${a.severity}`)) {
      group.sort(oldest);
      if (group.length >= GROUP_FROM) entries.push(entryOf(group, false));
      else for (const alert of group) entries.push(entryOf([alert], false));
    }
    return entries.sort(
      (a, b) =>
        (a.alert.state === 'active' ? 0 : 1) - (b.alert.state === 'active' ? 0 : 1) ||
        RANK[a.severity] - RANK[b.severity] ||
        a.since.localeCompare(b.since),
    );
  }

  #row() {
    const [sign, title, note, time] = [make('div', 'g'), make('b'), make('span'), make('time')];
    const element = make('div', 'al', sign, make('div', 'w', title, note), time);
    return {
      element,
      show: (entry) => {
        const { alert, count, kind, severity, since } = entry;
        const taken = alert.state === 'acknowledged';
        name(element, `al ${taken ? 'taken' : severity}`);
        text(sign, taken ? '✓' : SIGN[severity]);
        text(title, kind ? this.#groupTitle(kind, count) : this.#sentence(alert));
        text(note, this.#note(entry));
        text(time, this.time.span(this.time.now() - Date.parse(since), this.texts));
      },
    };
  }

  #sentence(alert) {
    return (document.documentElement.lang === 'en' ? alert.en : alert.es).replace(/\.$/, '');
  }

  #groupTitle(kind, count) {
    return (this.texts['Group.' + kind] ?? this.texts.Group).replace('{0}', number(count));
  }

  #note({ alert, group, kind }) {
    const t = this.texts;
    const parts = [];
    if (kind) {
      const subjects = [...new Set(group.map((a) => a.subject))];
      parts.push(subjects.slice(0, NAMED).join(', ') + (subjects.length > NAMED ? '…' : ''));
    } else if (group.length > 1) parts.push(t.SameCause.replace('{0}', number(group.length - 1)));
    if (alert.state === 'acknowledged' && alert.acknowledgedBy) parts.push(t.HeldBy.replace('{0}', alert.acknowledgedBy));
    else parts.push((alert.escalatedAt ? t.EscalatedTo : t.For).replace('{0}', t['Role' + alert.role] ?? alert.role));
    return parts.join(' · ');
  }
}

/** Neither over nor put aside. */
function stands(alert) {
  return alert.state !== 'cleared' && !alert.shelvedUntil;
}

function groups(alerts, keyOf) {
  const found = new Map();
  for (const alert of alerts) {
    const key = keyOf(alert);
    const group = found.get(key);
    if (group) group.push(alert);
    else found.set(key, [alert]);
  }
  return found.values();
}

/** Alerts that are one entry; `kind` where they are of one kind and have causes of their own, or one cause of which none is the name. */
function entryOf(group, oneCause) {
  const [alert] = group;
  const alike = group.length > 1 && group.every((a) => a.kind === alert.kind);
  return {
    alert,
    group,
    count: group.length,
    kind: group.length > 1 && (!oneCause || alike) ? alert.kind : null,
    severity: group.map((a) => a.severity).sort((a, b) => RANK[a] - RANK[b])[0],
    since: group.map((a) => a.raisedAt).sort()[0],
  };
}

function naming(alert) {
  const place = NAMING.indexOf(alert.kind);
  return place < 0 ? NAMING.length : place;
}

function oldest(a, b) {
  return a.raisedAt.localeCompare(b.raisedAt);
}
