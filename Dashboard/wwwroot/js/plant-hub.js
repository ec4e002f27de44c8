// The live connection of a page to the plant: SignalR's JSON protocol over one WebSocket, shared by everything on the page.

const END = '\u001e';
const STALE_MS = 3000;
const PROBE_MS = 2000;
const PING_MS = 10_000;
const MAX_BACKOFF_MS = 2000;
/** A replay starts this many heartbeats back: events may arrive a little after the heartbeat that counts them. */
const REPLAY_MARGIN = 10;

/** The connection went away before the answer came: whether the call was carried out is not known. */
export class ConnectionLost extends Error {}

/**
 * Dispatches `state` whenever `state` changes: `connecting` (nothing seen yet), `live`, `stale` (no heartbeat for 3 s),
 * `signed-out` (the server no longer knows this session). It reconnects for ever.
 */
export class PlantHub extends EventTarget {
  #url;
  #socket = null;
  #ready = false;
  #calls = new Map();
  #nextCall = 1;
  #topics = new Map();
  #beats = [];
  #attempt = 0;
  #reconnectTimer = 0;
  #lastPing = 0;
  #probeAt = 0;
  #stopped = false;

  state = 'connecting';
  /** When the last heartbeat arrived, by this machine's clock; 0 before the first. */
  lastBeatAt = 0;

  constructor(url = new URL('/hubs/plant', location.href)) {
    super();
    this.#url = new URL(url);
    this.#url.protocol = this.#url.protocol === 'https:' ? 'wss:' : 'ws:';
    setInterval(() => this.#watchdog(), 500);
    addEventListener('online', () => this.#retryNow());
    addEventListener('pagehide', () => this.stop());
    addEventListener('pageshow', (e) => e.persisted && this.#restart());
    document.addEventListener('visibilitychange', () => document.hidden || this.#watchdog());
    this.#open();
  }

  /** Whether calls can be made now. */
  get ready() {
    return this.#ready;
  }

  /** Milliseconds since the plant was last heard. */
  get age() {
    return this.lastBeatAt ? Date.now() - this.lastBeatAt : Infinity;
  }

  /**
   * Follows a topic. `listener` may have `event(id, type, data)` (each once per connection and in order, again after a replay),
   * `resync()` (events were missed: load anew) and `connected()`. Answers the function that ends it.
   */
  watch(topic, listener) {
    let entry = this.#topics.get(topic);
    if (!entry) this.#topics.set(topic, (entry = { position: null, listeners: new Set() }));
    entry.listeners.add(listener);
    if (this.#ready) {
      if (entry.listeners.size === 1) this.#watchTopic(topic, entry);
      listener.connected?.();
    }
    return () => {
      if (!entry.listeners.delete(listener) || entry.listeners.size) return;
      this.#topics.delete(topic);
      if (this.#ready) this.invoke('Unwatch', [topic]).catch(() => {});
    };
  }

  /** Listens to `Presence` of every order watched on this page; answers the function that ends it. */
  onPresence(listener) {
    const handler = (e) => listener(e.detail.order, e.detail.people);
    this.addEventListener('presence', handler);
    return () => this.removeEventListener('presence', handler);
  }

  /** Calls the hub. Rejects with ConnectionLost, or with an Error saying what the hub said. */
  invoke(target, ...args) {
    if (!this.#ready) return Promise.reject(new ConnectionLost());
    const invocationId = String(this.#nextCall++);
    return new Promise((resolve, reject) => {
      this.#calls.set(invocationId, { resolve, reject });
      this.#send({ type: 1, invocationId, target, arguments: args });
    });
  }

  /** Ends the connection, until the page is shown again. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#reconnectTimer);
    this.#drop();
  }

  #restart() {
    this.#stopped = false;
    this.#open();
  }

  #open() {
    if (this.#stopped || this.#socket) return;
    const socket = (this.#socket = new WebSocket(this.#url));
    socket.onopen = () => socket.send(JSON.stringify({ protocol: 'json', version: 1 }) + END);
    socket.onmessage = (e) => socket === this.#socket && this.#receive(e.data);
    socket.onclose = () => socket === this.#socket && this.#drop();
    // A server that accepts and then says nothing must not hold us for ever.
    this.#probeAt = Date.now() + STALE_MS + PROBE_MS;
  }

  #drop() {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    this.#ready = false;
    socket.onclose = socket.onmessage = null;
    socket.close();
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.reject(new ConnectionLost());
    this.dispatchEvent(new Event('lost'));
    if (this.#stopped) return;
    const ceiling = Math.min(MAX_BACKOFF_MS, 150 * 2 ** this.#attempt++);
    this.#reconnectTimer = setTimeout(() => this.#open(), ceiling * (0.5 + Math.random() / 2));
    if (this.#attempt % 4 === 0) this.#checkSession();
  }

  #retryNow() {
    if (this.#socket || this.#stopped) return;
    clearTimeout(this.#reconnectTimer);
    this.#open();
  }

  async #checkSession() {
    try {
      const answer = await fetch('/api/v1/orders?limit=1', { headers: { accept: 'application/json' } });
      if (answer.status === 401) this.#setState('signed-out');
    } catch {
      // No network, no news.
    }
  }

  #receive(data) {
    for (const text of data.split(END)) {
      if (!text) continue;
      const message = JSON.parse(text);
      if (message.type === undefined) this.#handshaken(message);
      else if (message.type === 1) this.#called(message.target, message.arguments);
      else if (message.type === 3) this.#completed(message);
      else if (message.type === 7) this.#drop();
    }
  }

  #handshaken(message) {
    if (message.error) return this.#drop();
    this.#ready = true;
    this.#attempt = 0;
    this.#probeAt = 0;
    this.#lastPing = Date.now();
    this.#beats.length = 0;
    for (const [topic, entry] of this.#topics) this.#watchTopic(topic, entry, true);
    this.dispatchEvent(new Event('connected'));
    for (const entry of this.#topics.values()) for (const listener of entry.listeners) listener.connected?.();
  }

  /** Watches a topic, from where it stood; a topic that stood nowhere has to be loaded anew after a loss. */
  async #watchTopic(topic, entry, again = false) {
    try {
      const from = entry.position;
      const answer = await this.invoke('Watch', [topic], from);
      if (answer?.problem) throw new Error(answer.problem.title);
      if (from !== null) return;
      entry.position ??= answer?.lastEventId ?? null;
      if (again) for (const listener of entry.listeners) listener.resync?.();
    } catch (error) {
      if (!(error instanceof ConnectionLost)) console.error(`Watch ${topic}: ${error.message}`);
    }
  }

  #called(target, args) {
    if (target === 'Heartbeat') this.#heartbeat(args[1]);
    else if (target === 'Event') this.#event(...args);
    else if (target === 'Presence')
      this.dispatchEvent(new CustomEvent('presence', { detail: { order: args[0], people: args[1] } }));
    else if (target === 'Resync') this.#resync(args[0]);
  }

  #heartbeat(lastEventId) {
    this.lastBeatAt = Date.now();
    this.#probeAt = 0;
    this.#beats.push(lastEventId);
    if (this.#beats.length > REPLAY_MARGIN) {
      const settled = this.#beats.shift();
      for (const entry of this.#topics.values())
        if (entry.position !== null && settled > entry.position) entry.position = settled;
    }
    this.#setState('live');
  }

  #event(id, topic, type, data) {
    const entry = this.#topics.get(topic);
    if (!entry) return;
    if (entry.position === null || id > entry.position) entry.position = id;
    for (const listener of entry.listeners) listener.event?.(id, type, data);
  }

  #resync(topic) {
    const entry = this.#topics.get(topic);
    if (!entry) return;
    // The server has dropped the topic; watch first and load then, so that nothing falls between.
    entry.position = null;
    this.#watchTopic(topic, entry, true);
  }

  #completed({ invocationId, result, error }) {
    const call = this.#calls.get(invocationId);
    if (!call) return;
    this.#calls.delete(invocationId);
    if (error) call.reject(new Error(error));
    else call.resolve(result);
  }

  #watchdog() {
    const now = Date.now();
    if (this.#probeAt && now > this.#probeAt) {
      this.#probeAt = 0;
      this.#drop();
    } else if (this.#ready) {
      if (now - this.#lastPing > PING_MS) {
        this.#lastPing = now;
        this.#send({ type: 6 });
      }
      if (this.age > STALE_MS && !this.#probeAt) this.#probe(now);
    }
    if (this.state === 'live' && this.age > STALE_MS) this.#setState('stale');
  }

  /** No heartbeat: is the connection dead, or is only the feed behind it standing still? An answer tells. */
  #probe(now) {
    this.#probeAt = now + PROBE_MS;
    const alive = () => (this.#probeAt = 0);
    this.invoke('Unwatch', []).then(alive, (error) => error instanceof ConnectionLost || alive());
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message) + END);
  }

  #setState(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}

let shared;

/** The page's one connection, opened on first use. */
export function plantHub() {
  return (shared ??= new PlantHub());
}
