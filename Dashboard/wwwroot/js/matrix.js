// <plant-matrix>: one order's matrix, live, edited by several people at once. It lives on the hub and the JSON API alone, so that
// typing goes on while the page around it has lost its server.
//
// Attributes: order, user, precision (decimals of the unit), may-plan, may-produce, x-axis, y-axis (their names), texts (JSON of
// sentences). It keeps elements of the page up to date: [data-matrix-sum], [data-matrix-people], and answers clicks on
// [data-matrix-do="fill|undo"]. It dispatches `matrix` (detail: state, open, cells, units, difference, unsent) when they change.

import { get } from './plant-api.js';
import { formatQuantity } from './numbers.js';
import { plantHub } from './plant-hub.js';
import { DraftStore } from './matrix/drafts.js';
import { EditHistory } from './matrix/history.js';
import { MatrixKeys } from './matrix/keys.js';
import { MatrixModel } from './matrix/model.js';
import { MatrixSync } from './matrix/sync.js';
import { MatrixView } from './matrix/view.js';
import { Notices } from './matrix/notices.js';
import { ConflictPopover } from './matrix/popover.js';
import { drawPeople } from './matrix/people.js';
import { keepPlace, takePlace } from './matrix/place.js';

let count = 0;

class PlantMatrix extends HTMLElement {
  #started = false;

  connectedCallback() {
    const order = this.getAttribute('order');
    this.language = document.documentElement.lang || 'es';
    this.texts = JSON.parse(this.getAttribute('texts') ?? '{}');
    this.id ||= `mx${++count}`;
    this.#layout();
    this.#parts(order);
    this.#wire(order);
    this.#load(order);
    this.#started = true;
  }

  disconnectedCallback() {
    if (!this.#started) return;
    this.ends.forEach((end) => end());
    this.question.close();
    // Blazor replaces what the server rendered first by the same again.
    this.#keepPlace();
  }

  /** The sentence of that name with its values. */
  text = (name, ...values) => (this.texts[name] ?? name).replace(/\{(\d)\}/g, (_, n) => values[n] ?? '');

  /** Puts all that is outstanding into the cells: of one row, or of all. */
  fill(row) {
    if (this.model.field !== 'toProduce') return;
    const cells = row === undefined ? this.model.allCells() : this.model.rowCells(row);
    const changes = cells
      .map((i) => ({ i, value: Math.max(0, this.model.outstanding(this.model.cells[i])) }))
      .filter(({ i, value }) => value > 0 && value !== this.model.shown(i));
    this.notices.say(this.text('filled', this.sync.setMany(changes)));
  }

  #layout() {
    const part = (className, tag = 'div') => {
      const element = document.createElement(tag);
      element.className = className;
      return element;
    };
    this.notes = part('mx-notices');
    this.scroll = part('mx-scroll');
    this.scroll.id = this.id + '-table';
    this.foot = part('mx-foot');
    const hints = part('mx-hints');
    for (const [key, text] of [
      ['Tab', 'hintNext'],
      ['↑↓←→', 'hintMove'],
      ['Ctrl V', 'hintPaste'],
      ['Ctrl Z', 'hintUndo'],
    ]) {
      const hint = part('', 'span');
      const kbd = part('', 'kbd');
      kbd.textContent = key;
      hint.append(kbd, ' ' + this.text(text));
      hints.append(hint);
    }
    this.said = part('mx-said', 'span');
    this.said.setAttribute('role', 'status');
    this.check = part('mx-check', 'span');
    this.foot.append(hints, this.said, this.check);
    this.replaceChildren(this.notes, this.scroll, this.foot);
  }

  #parts(order) {
    const user = this.getAttribute('user') ?? '';
    const precision = Number(this.getAttribute('precision') ?? 3);
    const options = { order, user, precision, language: this.language, text: this.text };
    this.user = user;
    this.hub = plantHub();
    this.model = new MatrixModel();
    this.view = new MatrixView(this.scroll, this.model, this.text, this.language);
    this.sync = new MatrixSync(this.model, this.hub, new DraftStore(user, order), options);
    this.history = new EditHistory(this.model, user);
    this.notices = new Notices(this.notes, this.said);
    this.question = new ConflictPopover(this, this.view, this.model, options, (i, mine, shown) => this.#answer(i, mine, shown), (i) => this.keys.goTo(i));
    this.keys = new MatrixKeys(this.view, this.model, this.#actions(order), options);
  }

  #actions(order) {
    const replay = (changes) => (changes ? this.sync.setMany(changes) : this.notices.say(this.text('nothingToUndo')));
    return {
      type: (i, text) => this.sync.type(i, text),
      commit: (i) => this.sync.commit(i),
      drop: (i) => this.sync.drop(i),
      setMany: (changes) => this.sync.setMany(changes),
      undo: async () => (await this.sync.takeBack()) || replay(this.history.undo()),
      redo: () => replay(this.history.redo()),
      say: (sentence) => this.notices.say(sentence),
      text: this.text,
      names: (i) => this.#names(i),
      enterPopover: (i) => this.question.enter(i),
      focused: (i) => this.#focused(order, i),
      left: () => this.#left(order),
    };
  }

  #wire(order) {
    const { sync, view } = this;
    sync.addEventListener('cell', (e) => view.touch(e.detail));
    sync.addEventListener('saved', (e) => view.markSaved(e.detail));
    sync.addEventListener('edit', (e) => this.history.add(e.detail));
    sync.addEventListener('batch', () => this.#showBatch());
    sync.addEventListener('refused', (e) => this.notices.say(this.model.drafts.get(e.detail)?.problem));
    sync.addEventListener('conflict', (e) => {
      this.notices.say(this.text('conflictIn', ...this.#names(e.detail)));
      if (this.question.index < 0) this.question.show(e.detail);
    });
    view.onPainted = () => this.#painted();
    this.scroll.addEventListener('scroll', () => this.question.follow(), { passive: true });
    const click = (e) => this.#clicked(e);
    const resize = () => this.question.follow();
    const leave = () => this.#keepPlace();
    addEventListener('pagehide', leave);
    document.addEventListener('click', click);
    addEventListener('resize', resize);
    this.ends = [
      () => document.removeEventListener('click', click),
      () => removeEventListener('resize', resize),
      () => removeEventListener('pagehide', leave),
      this.hub.onPresence((of, people) => of === order && this.#present(people)),
      this.hub.watch('order:' + order, {
        event: (_, type, data) => this.#event(order, type, data),
        resync: () => this.#load(order),
        connected: () => this.#connected(order),
      }),
    ];
  }

  async #load(order) {
    const path = '/orders/' + encodeURIComponent(order);
    const [matrix, head] = await Promise.all([get(path + '/matrix'), get(path)]);
    if (!this.isConnected) return;
    if (!matrix.ok || !head.ok) {
      if (matrix.status === 0 || matrix.status >= 500) setTimeout(() => this.isConnected && this.#load(order), 1500);
      else this.notices.show('load', matrix.body?.title ?? head.body?.title ?? `HTTP ${matrix.status}`);
      return;
    }
    this.notices.show('load', null);
    const open = ['Draft', 'Planned', 'InProgress'].includes(head.body.status);
    this.#take(matrix.body, open);
    const place = this.#takePlace(order);
    this.sync.restore();
    // What was half typed goes on at its end.
    if (place >= 0 && this.model.drafts.has(place)) this.view.write(place, this.model.drafts.get(place).text);
    this.#showOrphans();
  }

  /** Shows a whole matrix, building the table anew only where it has to be. */
  #take(matrix, open = this.model.open) {
    const opened = open !== this.model.open;
    this.model.open = open;
    const reshaped = this.model.load(matrix);
    if (reshaped || opened || !this.view.table) this.#build();
    else this.view.touchAll();
    this.sync.reconcileAll();
  }

  #build() {
    const focus = this.keys.current >= 0 ? this.model.cells[this.keys.current] : null;
    const may = this.hasAttribute(this.model.field === 'planned' ? 'may-plan' : 'may-produce') && this.model.field !== null;
    this.classList.toggle('mx-empty', this.model.cells.length === 0);
    this.view.build(may, { x: this.getAttribute('x-axis') ?? '', y: this.getAttribute('y-axis') ?? '' });
    if (focus) this.keys.goTo(this.model.indexOf(focus.x, focus.y));
  }

  #event(order, type, data) {
    if (type === 'cell-changed') this.sync.remote(data);
    else if (type === 'matrix-recalculated') {
      this.#take(data.matrix);
      this.#showOrphans();
    } else if (type === 'order-changed') {
      const open = ['Draft', 'Planned', 'InProgress'].includes(data.status);
      if (data.matrixState !== this.model.state || open !== this.model.open || data.quantity !== this.model.total) {
        const { x, y, cells } = this.model;
        this.#take({ state: data.matrixState, x, y, cells, total: data.quantity }, open);
        this.#showOrphans();
      }
    }
  }

  #connected(order) {
    if (this.keys.current >= 0) this.#focused(order, this.keys.current);
    this.sync.flush();
  }

  #focused(order, i) {
    this.question.show(this.model.drafts.get(i)?.phase === 'conflict' ? i : this.#firstConflict());
    if (!this.hub.ready) return;
    const { x, y } = this.model.cells[i];
    this.hub.invoke('FocusCell', order, x, y).catch(() => {});
  }

  #left(order) {
    if (this.hub.ready) this.hub.invoke('BlurCell', order).catch(() => {});
  }

  #present(people) {
    const others = people.filter((p) => p.user !== this.user);
    this.view.setPeople(others);
    this.people = [...new Set(people.map((p) => p.user))];
    this.#drawPeople();
  }

  #drawPeople() {
    const users = [this.user, ...(this.people ?? []).filter((u) => u !== this.user)];
    for (const element of document.querySelectorAll('[data-matrix-people]')) drawPeople(element, users);
  }

  #answer(i, mine, shown) {
    if (mine) this.sync.useMine(i, shown);
    else this.sync.useTheirs(i);
    this.question.show(this.#firstConflict());
  }

  #firstConflict() {
    for (const [i, draft] of this.model.drafts) if (draft.phase === 'conflict') return i;
    return -1;
  }

  #clicked(e) {
    const fill = e.target.closest?.('.mx-fill');
    if (fill && this.contains(fill)) return this.fill(Number(fill.dataset.row));
    const button = e.target.closest?.('[data-matrix-do]');
    if (!button || button.disabled) return;
    if (button.dataset.matrixDo === 'fill') this.fill();
  }

  #showBatch() {
    const { batch } = this.sync;
    const conflicts = batch?.indexes.filter((i) => this.model.drafts.get(i)?.phase === 'conflict') ?? [];
    if (!batch) this.notices.show('batch', null);
    else if (conflicts.length)
      this.notices.show('batch', this.text('blockConflict', conflicts.length, batch.indexes.length), [
        [this.text('blockUseMine'), () => conflicts.forEach((i) => this.sync.useMine(i))],
        [this.text('blockUseTheirs'), () => conflicts.forEach((i) => this.sync.useTheirs(i))],
        [this.text('discardAll'), () => this.sync.dropBatch()],
      ]);
    else if (batch.problem)
      this.notices.show('batch', this.text('blockRefused', batch.problem), [
        [this.text('tryAgain'), () => this.sync.retryBatch()],
        [this.text('discardAll'), () => this.sync.dropBatch()],
      ]);
  }

  /** Typed values whose field is edited no more: named, so that nothing disappears in silence. */
  #showOrphans() {
    const orphans = this.sync.orphans();
    const list = orphans.map(([i, draft]) => `${this.#names(i).join(' / ')}: ${draft.text}`).join('; ');
    this.notices.show('orphans', orphans.length ? this.text('orphans', list) : null, [
      [
        this.text('understood'),
        () => {
          for (const [i] of orphans) this.sync.drop(i);
          this.#showOrphans();
        },
      ],
    ]);
  }

  #painted() {
    const { model } = this;
    const q = (value) => formatQuantity(value, this.language);
    const sum = model.sum(model.allCells());
    const difference = model.state === 'pending' ? model.difference : 0;
    const words =
      difference > 0
        ? this.text('lacks', q(difference), q(sum.planned), q(model.total))
        : difference < 0
          ? this.text('exceeds', q(-difference), q(sum.planned), q(model.total))
          : this.text(model.state === 'pending' ? 'addsUp' : 'invariant');
    if (this.check.textContent !== words) this.check.textContent = words;
    this.check.classList.toggle('mx-off', difference !== 0);
    const detail = {
      state: model.state,
      cells: model.field === 'toProduce' ? sum.count : 0,
      units: model.field === 'toProduce' ? sum.shown : 0,
      difference,
      unsent: model.drafts.size,
    };
    this.question.follow();
    this.#drawPeople();
    for (const element of document.querySelectorAll('[data-matrix-sum]')) {
      const text = detail.cells ? this.text(detail.cells === 1 ? 'sumOne' : 'sum', detail.cells, q(detail.units)) : '';
      if (element.textContent !== text) element.textContent = text;
    }
    const key = JSON.stringify(detail);
    if (key === this.told) return;
    this.told = key;
    this.dispatchEvent(new CustomEvent('matrix', { detail, bubbles: true }));
  }

  #names(i) {
    const { x, y } = this.model.cells[i];
    return [this.model.x.find((v) => v.value === x)?.name ?? x, this.model.y.find((v) => v.value === y)?.name ?? y];
  }

  #keepPlace() {
    const cell = this.model.cells[this.keys.current];
    if (cell) keepPlace(this.getAttribute('order'), cell);
  }

  /** Puts the keyboard where it was; answers the cell, or -1. */
  #takePlace(order) {
    const place = takePlace(order);
    const i = place ? this.model.indexOf(place.x, place.y) : -1;
    if (i >= 0) this.keys.goTo(i);
    return i;
  }
}

customElements.define('plant-matrix', PlantMatrix);


/** Sends what is still being typed on this page; true when the plant then has everything, false when a cell waits for a person. */
globalThis.plantMatrixSettled = async () => {
  const matrix = document.querySelector('plant-matrix');
  if (!matrix) return true;
  if (matrix.keys.current >= 0) matrix.sync.commit(matrix.keys.current);
  for (let left = 40; left > 0; left--) {
    const phases = [...matrix.model.drafts.values()].map((draft) => draft.phase);
    if (!phases.length) return true;
    if (phases.some((phase) => phase === 'conflict' || phase === 'refused')) return false;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  return false;
};
