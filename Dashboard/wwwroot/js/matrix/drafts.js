// What was typed and not yet acknowledged, kept in sessionStorage so that a refresh or a restarted server loses nothing.

/** Drafts of one person in one order. A draft keeps the version that was seen when typing began. */
export class DraftStore {
  #prefix;

  constructor(user, order) {
    this.#prefix = `manufactura.cell\u001f${user}\u001f${order}\u001f`;
  }

  save(cell, draft) {
    const { text, field, version } = draft;
    try {
      sessionStorage.setItem(this.#key(cell), JSON.stringify({ text, field, version }));
    } catch {
      // A full or forbidden store: typing goes on, only a refresh would lose it.
    }
  }

  remove(cell) {
    sessionStorage.removeItem(this.#key(cell));
  }

  /** All drafts as `{x, y, text, field, version}`. */
  load() {
    const found = [];
    for (let i = 0; i < sessionStorage.length; i++) {
      const key = sessionStorage.key(i);
      if (!key.startsWith(this.#prefix)) continue;
      const [x, y] = key.slice(this.#prefix.length).split('\u001f');
      try {
        found.push({ x, y, ...JSON.parse(sessionStorage.getItem(key)) });
      } catch {
        sessionStorage.removeItem(key);
      }
    }
    return found;
  }

  #key({ x, y }) {
    return this.#prefix + x + '\u001f' + y;
  }
}
