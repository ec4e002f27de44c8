// Brings what was typed to the plant: single edits over the hub, blocks as one PATCH. Nothing overwrites what somebody else wrote
// without asking, and nothing typed is dropped before the plant has it.

import { request } from '../plant-api.js';
import { ConnectionLost } from '../plant-hub.js';
import { decimalsOf, parseQuantity, plainQuantity } from '../numbers.js';
import { Phase } from './model.js';

const RETRY_MS = 2000;

/**
 * Dispatches `cell` (detail: index) when a cell's look changes, `saved` (index), `edit` (an undo step), `batch` (block state), and `idle`
 * when nothing is on its way any more.
 */
export class MatrixSync extends EventTarget {
  #model;
  #hub;
  #store;
  #options;
  /** The block that waits for the person: `{indexes, problem}`, or null. */
  batch = null;

  /** `options`: order, user, language, precision, text. */
  constructor(model, hub, store, options) {
    super();
    this.#model = model;
    this.#hub = hub;
    this.#store = store;
    this.#options = options;
  }

  /** Something was typed into a cell. */
  type(i, text) {
    const cell = this.#model.cells[i];
    const field = this.#model.field;
    let draft = this.#model.drafts.get(i);
    if (draft?.field !== field) draft = undefined;
    if (!draft) {
      draft = { field, version: cell.version, phase: Phase.typing };
      this.#model.drafts.set(i, draft);
    }
    draft.text = text;
    draft.value = parseQuantity(text, this.#options.language);
    draft.problem = null;
    if (draft.phase !== Phase.sending && draft.phase !== Phase.conflict) draft.phase = Phase.typing;
    draft.batch = false;
    this.#store.save(cell, draft);
    this.#changed(i);
  }

  /** Leaves a cell: what was typed goes out. */
  commit(i) {
    const draft = this.#model.drafts.get(i);
    if (!draft || draft.phase !== Phase.typing) return;
    if (draft.field === this.#model.field && draft.value === this.#model.saved(i)) return this.drop(i);
    const bad = this.#bad(draft);
    if (bad) return this.#refuse(i, bad);
    draft.phase = Phase.unsent;
    this.#send(i);
  }

  /** Takes back what was typed: the plant's value shows again. */
  drop(i) {
    const draft = this.#model.drafts.get(i);
    if (!draft) return;
    this.#model.drafts.delete(i);
    this.#store.remove(this.#model.cells[i]);
    if (this.batch) this.#leaveBatch(i);
    this.#changed(i);
  }

  /** Sets many cells at once: `[{i, value, version?}]`; one command, all of it or nothing. */
  setMany(changes) {
    const field = this.#model.field;
    const indexes = [];
    for (const { i, value, version, text } of changes) {
      const cell = this.#model.cells[i];
      if (value === this.#model.saved(i) && !this.#model.drafts.has(i)) continue;
      const draft = { field, version: version ?? cell.version, value, phase: Phase.unsent, batch: true };
      draft.text = text ?? plainQuantity(value, this.#options.language);
      this.#model.drafts.set(i, draft);
      this.#store.save(cell, draft);
      this.#changed(i);
      indexes.push(i);
    }
    if (indexes.length === 1) {
      this.#model.drafts.get(indexes[0]).batch = false;
      this.#send(indexes[0]);
    } else if (indexes.length) this.#sendBatch(indexes);
    return indexes.length;
  }

  /** What was kept from before a refresh takes its place again and is sent with the version it had seen. */
  restore() {
    for (const kept of this.#store.load()) {
      const i = this.#model.indexOf(kept.x, kept.y);
      if (i < 0 || this.#model.drafts.has(i)) continue;
      const draft = { ...kept, value: parseQuantity(kept.text, this.#options.language), phase: Phase.typing, problem: null };
      this.#model.drafts.set(i, draft);
      this.#reconcile(i);
      const now = this.#model.drafts.get(i);
      if (now && document.activeElement?.closest?.('td')?.dataset.i !== String(i)) this.commit(i);
      this.#changed(i);
    }
  }

  /** The connection is back: what could not be sent is sent. */
  flush() {
    const block = [];
    for (const [i, draft] of this.#model.drafts) {
      if (draft.phase !== Phase.unsent) continue;
      if (draft.batch) block.push(i);
      else this.#send(i);
    }
    if (block.length && !this.batch) this.#sendBatch(block);
  }

  /** The plant says what a cell is now, by an event or by loading. */
  remote(cell) {
    const i = this.#model.merge(cell);
    if (i < 0) return;
    this.#reconcile(i);
    this.#changed(i);
  }

  /** Looks at a draft again after its cell may have changed under it. */
  reconcileAll() {
    for (const i of [...this.#model.drafts.keys()]) this.#reconcile(i);
    if (!this.#travelling()) this.dispatchEvent(new Event('idle'));
  }

  /**
   * Takes back what has not reached the plant: the last cell that waits for the connection. Answers whether there was one. What is on
   * its way is waited for, so that the history knows it.
   */
  async takeBack() {
    while (this.#travelling()) await new Promise((done) => this.addEventListener('idle', done, { once: true }));
    const waiting = [...this.#model.drafts].filter(([, draft]) => draft.phase === Phase.unsent);
    if (waiting.length) this.drop(waiting.at(-1)[0]);
    return waiting.length > 0;
  }

  /** Answers a conflict with what this person wrote, over the value that they were shown: a newer one is a conflict again. */
  useMine(i, shown) {
    const draft = this.#model.drafts.get(i);
    if (!draft) return;
    draft.version = (shown ?? draft.remote ?? this.#model.cells[i]).version;
    draft.phase = Phase.unsent;
    draft.remote = null;
    if (draft.batch && this.batch) {
      if (!this.batch.indexes.some((k) => this.#model.drafts.get(k)?.phase === Phase.conflict)) this.retryBatch();
      else this.#changed(i);
    } else this.#send(i);
  }

  /** Answers a conflict with what stands there. */
  useTheirs(i) {
    const batch = this.batch;
    this.drop(i);
    if (batch && !batch.indexes.some((k) => this.#model.drafts.get(k)?.phase === Phase.conflict)) this.retryBatch();
  }

  /** Sends a block that was refused once more, with what was corrected since. */
  retryBatch() {
    const indexes = (this.batch?.indexes ?? []).filter((i) => this.#model.drafts.get(i)?.batch);
    this.batch = null;
    this.dispatchEvent(new Event('batch'));
    if (indexes.length) this.#sendBatch(indexes);
  }

  /** Gives a block up. */
  dropBatch() {
    const indexes = this.batch?.indexes ?? [];
    this.batch = null;
    for (const i of indexes) if (this.#model.drafts.get(i)?.batch) this.drop(i);
    this.dispatchEvent(new Event('batch'));
  }

  /** Drafts of a field that is no longer edited: they cannot be sent, and the person has to know. */
  orphans() {
    return [...this.#model.drafts].filter(([, draft]) => draft.field !== this.#model.field);
  }

  async #send(i) {
    const draft = this.#model.drafts.get(i);
    const cell = this.#model.cells[i];
    const { order } = this.#options;
    if (!this.#hub.ready) {
      draft.phase = Phase.unsent;
      return this.#changed(i);
    }
    draft.phase = Phase.sending;
    this.#changed(i);
    const sent = draft.value;
    const before = cell[draft.field];
    let answer;
    try {
      answer = await this.#hub.invoke('EditCell', order, cell.x, cell.y, draft.field, sent, draft.version);
    } catch (error) {
      answer = error instanceof ConnectionLost ? null : { problem: { title: error.message } };
    }
    // Meanwhile the event may have acknowledged the draft, or the table may have been built anew.
    const k = this.#model.indexOf(cell.x, cell.y);
    if (k < 0) return;
    if (answer?.cell) this.#accepted(k, draft, answer.cell, sent, before);
    else if (this.#model.drafts.get(k) !== draft) return;
    else if (answer?.conflict) this.#conflict(k, answer.conflict);
    else if (answer?.problem.code === 'unavailable') {
      // Written or not, nobody knows: sent again with the same version it is written once at most.
      draft.phase = Phase.unsent;
      this.#changed(k);
      setTimeout(() => this.#hub.ready && this.flush(), RETRY_MS);
    } else if (answer) this.#refuse(k, answer.problem.title, answer.problem.code);
    else {
      draft.phase = Phase.unsent;
      this.#changed(k);
      if (this.#hub.ready) this.flush();
    }
  }

  #accepted(i, draft, cell, sent, before) {
    this.#model.merge(cell);
    this.dispatchEvent(new CustomEvent('edit', { detail: [{ i, field: draft.field, before, after: sent, version: cell.version }] }));
    if (this.#model.drafts.get(i) !== draft) return this.#saved(i);
    if (draft.value === sent) {
      this.#clear(i);
      return this.#saved(i);
    }
    // Typed on while it travelled: that goes out on its own, on top of what was just saved.
    draft.version = cell.version;
    draft.phase = Phase.typing;
    this.#store.save(cell, draft);
    this.#changed(i);
    if (document.activeElement?.closest?.('td')?.dataset.i !== String(i)) this.commit(i);
  }

  async #sendBatch(indexes) {
    const { order } = this.#options;
    const before = indexes.map((i) => this.#model.saved(i));
    const drafts = indexes.map((i) => this.#model.drafts.get(i));
    const cells = indexes.map((i, n) => {
      drafts[n].phase = Phase.sending;
      this.#changed(i);
      const { x, y } = this.#model.cells[i];
      return { x, y, [drafts[n].field]: drafts[n].value, version: drafts[n].version };
    });
    const answer = await request('PATCH', `/orders/${encodeURIComponent(order)}/matrix/cells`, { cells });
    if (answer.ok) return this.#batchAccepted(indexes, drafts, before, answer.body);
    for (const draft of drafts) draft.phase = Phase.unsent;
    if (answer.status === 0 || answer.status >= 500) {
      indexes.forEach((i) => this.#changed(i));
      setTimeout(() => this.#hub.ready && this.flush(), RETRY_MS);
    } else if (answer.status === 409 && answer.body?.conflicts) this.#batchConflict(indexes, answer.body);
    else {
      this.batch = { indexes, problem: answer.body?.title ?? `HTTP ${answer.status}` };
      for (const [n, i] of indexes.entries()) {
        drafts[n].phase = Phase.refused;
        drafts[n].problem = this.#options.text('refused');
        this.#changed(i);
      }
      this.dispatchEvent(new Event('batch'));
    }
  }

  #batchAccepted(indexes, drafts, before, body) {
    for (const cell of body?.cells ?? []) this.#model.merge(cell);
    const edits = indexes.map((i, n) => {
      const { field, value } = drafts[n];
      if (this.#model.drafts.get(i) === drafts[n] && drafts[n].phase === Phase.sending) this.#clear(i);
      this.#saved(i);
      return { i, field, before: before[n], after: value, version: this.#model.cells[i].version };
    });
    this.dispatchEvent(new CustomEvent('edit', { detail: edits }));
  }

  #batchConflict(indexes, body) {
    this.batch = { indexes, problem: null };
    for (const conflict of body.conflicts) {
      const i = this.#model.indexOf(conflict.x, conflict.y);
      if (i >= 0 && this.#model.drafts.has(i)) this.#conflict(i, conflict);
    }
    for (const i of indexes) this.#changed(i);
    if (!indexes.some((i) => this.#model.drafts.get(i)?.phase === Phase.conflict)) this.retryBatch();
    this.dispatchEvent(new Event('batch'));
  }

  #conflict(i, { current, version, by, at }) {
    const draft = this.#model.drafts.get(i);
    const { x, y } = this.#model.cells[i];
    this.#model.merge({ x, y, [draft.field]: current, version, by, at });
    // The same number twice is no conflict: our own write whose answer was lost, or somebody who means the same.
    if (current === draft.value) {
      this.#clear(i);
      return this.#saved(i);
    }
    draft.phase = Phase.conflict;
    draft.remote = { value: current, by, at, version };
    this.#store.save(this.#model.cells[i], draft);
    this.#changed(i);
    this.dispatchEvent(new CustomEvent('conflict', { detail: i }));
  }

  #refuse(i, problem) {
    const draft = this.#model.drafts.get(i);
    draft.phase = Phase.refused;
    draft.problem = problem;
    this.#changed(i);
    this.dispatchEvent(new CustomEvent('refused', { detail: i }));
  }

  /** A cell that moved on under a draft: shown beside what is being typed; the plant decides when it is sent. */
  #reconcile(i) {
    const draft = this.#model.drafts.get(i);
    if (!draft || draft.field !== this.#model.field) return;
    const cell = this.#model.cells[i];
    if (cell.version <= (draft.remote?.version ?? draft.version)) return;
    const value = cell[draft.field];
    if (value === draft.value && draft.phase !== Phase.sending) {
      this.#clear(i);
      if (cell.by === this.#options.user) this.#saved(i);
      return;
    }
    if (draft.phase !== Phase.sending) draft.remote = { value, by: cell.by, at: cell.at, version: cell.version };
  }

  #travelling() {
    for (const draft of this.#model.drafts.values()) if (draft.phase === Phase.sending) return true;
    return false;
  }

  #bad(draft) {
    const { precision, text } = this.#options;
    if (!Number.isFinite(draft.value)) return text('notNumber', draft.text);
    if (decimalsOf(draft.value) > precision) return text(precision === 0 ? 'noDecimals' : 'tooManyDecimals', precision);
    return null;
  }

  #leaveBatch(i) {
    this.batch.indexes = this.batch.indexes.filter((k) => k !== i);
    if (!this.batch.indexes.length) this.batch = null;
    this.dispatchEvent(new Event('batch'));
  }

  #clear(i) {
    this.#model.drafts.delete(i);
    this.#store.remove(this.#model.cells[i]);
    this.#changed(i);
  }

  #saved(i) {
    this.dispatchEvent(new CustomEvent('saved', { detail: i }));
  }

  #changed(i) {
    this.dispatchEvent(new CustomEvent('cell', { detail: i }));
    if (!this.#travelling()) this.dispatchEvent(new Event('idle'));
  }
}
