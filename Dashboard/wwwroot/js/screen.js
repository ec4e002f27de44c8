// A wall screen: snapshot and live events, without a circuit. It is never reloaded by hand, so nothing here may end: whatever fails is
// tried again, and what is shown says how old it is. Nothing is kept but the last values, so a week costs no more than a minute.

import { plantHub } from './plant-hub.js';
import { makePanel } from './screen-panels.js';
import { PlantTime } from './screen-time.js';

/** A heartbeat comes about every second, right after a read of the database: with the tick, what is shown as fresh is less than 3 s old. */
const STALE_MS = 2700;
const TICK_MS = 250;
const FETCH_EVERY_MS = 1000;
const FETCH_TIMEOUT_MS = 5000;
/** Things that change with the clock alone, and whatever slipped through. */
const REFRESH_MS = 60_000;
/** The clock, what follows from it, and parts of long lists in turn. */
const REDRAW_MS = 3000;
const MAX_BUFFER = 2000;

class Screen {
  #name;
  #build;
  #texts;
  #hub = plantHub();
  #time = new PlantTime();
  #root = document.getElementById('screen');
  #title = document.getElementById('title');
  #shift = document.getElementById('shift');
  #clock = document.getElementById('clock');
  #notice = document.getElementById('notice');
  #layout = null;
  #panels = [];
  #lastEvent = 0;
  /** Events that came while a snapshot was under way: they are newer than it, or known by their versions. */
  #buffer = null;
  #dirty = false;
  #synced = false;
  #connection = 0;
  #fetching = false;
  #fetchedAt = 0;
  #fetchDue = 0;
  #failures = 0;
  #refused = 0;
  /** Until when what is shown is known to have been right: of panels that live on events, and of those that are fetched. */
  #goodDirect = 0;
  #goodFetched = 0;
  #turned = -1;

  constructor({ name, build, texts }) {
    [this.#name, this.#build, this.#texts] = [name, build, texts];
    this.#hub.watch('plant', {
      event: (id, type, data) => this.#event(id, type, data),
      resync: () => this.#askNow(),
      connected: () => this.#connected(),
    });
    this.#hub.addEventListener('lost', () => (this.#synced = false));
    addEventListener('resize', () => this.#draw());
    setInterval(() => this.#tick(), TICK_MS);
    this.#fetch();
  }

  /** The hub carries out calls of one connection in turn: an answer means that the topic is being followed by now. */
  async #connected() {
    const connection = ++this.#connection;
    this.#synced = false;
    try {
      await this.#hub.invoke('Unwatch', []);
    } catch {
      return;
    }
    if (connection === this.#connection) this.#askNow();
  }

  #event(id, type, data) {
    if (id > this.#lastEvent) this.#lastEvent = id;
    if (this.#buffer) {
      if (this.#buffer.length < MAX_BUFFER) this.#buffer.push([type, data]);
      else this.#markDirty();
    }
    this.#apply(type, data);
  }

  #apply(type, data) {
    let taken = type === 'cell-changed';
    for (const panel of this.#panels) if (panel.view.event?.(type, data)) taken = true;
    if (!taken) this.#markDirty();
  }

  #markDirty() {
    this.#dirty = true;
    if (!this.#fetchDue) this.#fetchDue = Math.max(Date.now(), this.#fetchedAt + FETCH_EVERY_MS);
  }

  #askNow() {
    this.#dirty = true;
    this.#fetchDue = Date.now();
    this.#fetch();
  }

  async #fetch() {
    if (this.#fetching) return;
    this.#fetching = true;
    this.#fetchDue = 0;
    this.#dirty = false;
    this.#buffer = [];
    const startedAt = (this.#fetchedAt = Date.now());
    const connection = this.#connection;
    const following = this.#hub.ready && connection > 0;
    try {
      const answer = await fetch(`/api/v1/screens/${encodeURIComponent(this.#name)}/snapshot?after=${this.#lastEvent}`, {
        headers: { accept: 'application/json' },
        cache: 'no-store',
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      });
      this.#refused = answer.ok ? 0 : answer.status;
      if (!answer.ok) throw new Error(`${answer.status}`);
      this.#show(await answer.json());
      this.#failures = 0;
      this.#goodFetched = this.#goodDirect = startedAt;
      if (following && connection === this.#connection) this.#synced = true;
    } catch {
      this.#failures++;
      this.#dirty = true;
    }
    const missed = this.#buffer;
    this.#buffer = null;
    this.#fetching = false;
    if (this.#failures === 0) for (const [type, data] of missed) this.#apply(type, data);
    if (this.#dirty) this.#fetchDue = startedAt + FETCH_EVERY_MS * Math.min(1 + this.#failures, 4);
    this.#say();
  }

  #show(snapshot) {
    // A new version of the program: the page that came with the old one makes room.
    if (snapshot.build !== this.#build) location.reload();
    this.#time.set(snapshot);
    const layout = snapshot.layout;
    if (!this.#layout || layout.version !== this.#layout.version || layout.name !== this.#layout.name) this.#lay(layout);
    for (const panel of this.#panels) {
      const data = snapshot.panels[panel.key];
      if (data) panel.view.show(data);
    }
  }

  #lay(layout) {
    this.#layout = layout;
    document.documentElement.dataset.theme = layout.theme;
    document.title = layout.title;
    this.#title.textContent = layout.title;
    this.#root.style.setProperty('--columns', layout.columns);
    this.#root.style.setProperty('--rows', layout.rows);
    this.#panels = layout.panels.map((panel) => makePanel(panel, this.#texts, this.#time));
    this.#root.replaceChildren(...this.#panels.map((panel) => panel.element));
    this.#turned = -1;
  }

  #draw() {
    for (const panel of this.#panels) panel.view.draw();
  }

  #tick() {
    const now = Date.now();
    if (this.#fetchDue ? now >= this.#fetchDue : now - this.#fetchedAt > REFRESH_MS) this.#fetch();
    const beat = this.#hub.lastBeatAt;
    if (this.#synced) {
      this.#goodDirect = Math.max(this.#goodDirect, beat);
      if (!this.#dirty && !this.#fetching) this.#goodFetched = Math.max(this.#goodFetched, beat);
    }
    for (const panel of this.#panels) panel.age(now, panel.view.event ? this.#goodDirect : this.#goodFetched, STALE_MS);
    this.#turn(now);
    const turn = Math.floor(this.#time.now() / REDRAW_MS);
    if (turn === this.#turned || !this.#layout) return;
    this.#turned = turn;
    set(this.#clock, this.#time.clock(false));
    set(this.#shift, this.#time.shift(this.#texts));
    this.#draw();
  }

  /** Which page stands follows from the clock, so that screens side by side turn together. */
  #turn(now) {
    if (!this.#layout) return;
    const pages = Math.max(...this.#layout.panels.map((panel) => panel.page));
    const page = pages === 1 ? 1 : 1 + (Math.floor(now / (this.#layout.rotationSeconds * 1000)) % pages);
    for (const panel of this.#panels) {
      const hidden = panel.page !== page;
      if (panel.element.hidden === hidden) continue;
      panel.element.hidden = hidden;
      if (!hidden) panel.view.draw();
    }
  }

  #say() {
    const texts = this.#texts;
    const words =
      this.#refused === 401 || this.#refused === 403 ? texts.Denied
      : this.#refused === 404 ? texts.Missing.replace('{0}', this.#name)
      : !this.#layout && this.#failures ? texts.Waiting
      : '';
    set(this.#notice, words);
    this.#notice.hidden = words === '';
  }
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

new Screen(JSON.parse(document.getElementById('start').textContent));
