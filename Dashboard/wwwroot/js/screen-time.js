// The plant's time on a wall screen: the server's clock and zone, whatever this machine thinks.

export class PlantTime {
  #ahead = 0;
  #zone = 'UTC';
  #shifts = [];
  #today = '';
  #clocks = {};

  /** Takes clock, zone and the day's shifts from a snapshot. */
  set({ serverTime, zone, shifts, today }) {
    this.#ahead = Date.parse(serverTime) - Date.now();
    if (zone !== this.#zone) {
      this.#zone = zone;
      this.#clocks = {};
    }
    this.#today = today;
    this.#shifts = shifts.map(({ name, start, end }) => ({ name, start: Date.parse(start), end: Date.parse(end) }));
  }

  /** Now by the plant's clock, in ms. */
  now() {
    return Date.now() + this.#ahead;
  }

  /** How far this machine's clock is behind, in ms. */
  get ahead() {
    return this.#ahead;
  }

  /** HH:mm or HH:mm:ss in the plant's zone. */
  clock(seconds, at = this.now()) {
    const kind = seconds ? 'seconds' : 'minutes';
    this.#clocks[kind] ??= new Intl.DateTimeFormat('es-CO', {
      hour: '2-digit',
      minute: '2-digit',
      second: seconds ? '2-digit' : undefined,
      hourCycle: 'h23',
      timeZone: this.#zone,
    });
    return this.#clocks[kind].format(at);
  }

  /** Days from today to a date such as 2026-11-20. */
  days(date) {
    return Math.round((Date.parse(date) - Date.parse(this.#today)) / 86_400_000);
  }

  /** How much of the day's working time has passed, 0 to 1. */
  elapsed() {
    const now = this.now();
    let all = 0;
    let passed = 0;
    for (const { start, end } of this.#shifts) {
      all += end - start;
      passed += Math.min(Math.max(now - start, 0), end - start);
    }
    return all ? passed / all : 1;
  }

  /** "turno mañana · 06:00–14:00, quedan 3 h 18 min". */
  shift(texts) {
    const now = this.now();
    const current = this.#shifts.find(({ start, end }) => now >= start && now < end);
    if (current) {
      const times = `${this.clock(false, current.start)}–${this.clock(false, current.end)}`;
      return `${texts['Shift' + current.name]} · ${times}, ${texts.Left.replace('{0}', this.span(current.end - now, texts))}`;
    }
    const next = this.#shifts.find(({ start }) => start > now);
    return next ? texts.NextShift.replace('{0}', this.clock(false, next.start)) : texts.NoShift;
  }

  /** A length of time for reading: 4 min, 3 h 18 min, 2 días. */
  span(ms, texts) {
    const minutes = Math.max(0, Math.floor(ms / 60_000));
    if (minutes < 60) return `${minutes} min`;
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return minutes % 60 && hours < 10 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
    const days = Math.floor(hours / 24);
    return days === 1 ? texts.OneDay : texts.Days.replace('{0}', days);
  }
}
