// The question beside a cell in conflict: what the other person put, what was typed here, and which of the two it shall be.

import { formatQuantity } from '../numbers.js';
import { nameOf } from './people.js';

const TICK_MS = 1000;

/** `answer(i, mine, shown)` is called with the person's choice and what they chose against; focus then goes back through `back(i)`. */
export class ConflictPopover {
  #host;
  #view;
  #model;
  #options;
  #box = null;
  #words = null;
  #mine = null;
  #theirs = null;
  /** What the question shows as the other person's. */
  #shown = null;
  #timer = 0;
  #answer;
  #back;
  index = -1;

  constructor(host, view, model, options, answer, back) {
    this.#host = host;
    this.#view = view;
    this.#model = model;
    this.#options = options;
    this.#answer = answer;
    this.#back = back;
  }

  /** Shows the conflict of one cell; -1 closes. The keyboard stays where it is. */
  show(i) {
    const draft = this.#model.drafts.get(i);
    if (i === this.index && this.#box && draft?.phase === 'conflict') return this.#place();
    this.close();
    if (i < 0 || draft?.phase !== 'conflict') return;
    this.index = i;
    this.#box = this.#build();
    this.#host.append(this.#box);
    this.#place();
    this.#timer = setInterval(() => this.#describe(), TICK_MS);
  }

  close() {
    clearInterval(this.#timer);
    this.#box?.remove();
    this.#box = null;
    this.index = -1;
  }

  /** Moves the keyboard into the question; false when the cell has none. */
  enter(i) {
    if (i !== this.index || !this.#box) return false;
    this.#box.querySelector('button').focus();
    return true;
  }

  /** Keeps the box beside its cell when the table scrolls or changes. */
  follow() {
    if (!this.#box) return;
    if (this.#model.drafts.get(this.index)?.phase !== 'conflict') return this.close();
    this.#describe();
    this.#place();
  }

  #build() {
    const { text } = this.#options;
    const box = document.createElement('div');
    box.className = 'mx-pop';
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-label', text('conflict'));
    const buttons = document.createElement('div');
    this.#words = document.createElement('p');
    this.#mine = this.#button(true);
    this.#theirs = this.#button(false);
    buttons.append(this.#mine, this.#theirs);
    box.append(this.#words, buttons);
    box.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape') return;
      e.preventDefault();
      this.#back(this.index);
    });
    this.#box = box;
    this.#describe();
    return box;
  }

  #button(mine) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = mine ? 'mx-mine' : '';
    // Before the focus leaves a cell in which somebody is typing.
    button.addEventListener('pointerdown', (e) => e.preventDefault());
    button.addEventListener('click', () => {
      const [index, shown] = [this.index, this.#shown];
      this.close();
      this.#answer(index, mine, shown);
      this.#back(index);
    });
    return button;
  }

  /** Says it anew: both sides may have moved on while the question stands. */
  #describe() {
    const draft = this.#model.drafts.get(this.index);
    if (!draft?.remote) return;
    const { text, language, user } = this.#options;
    const { by, value, at } = (this.#shown = draft.remote);
    const who = by === user ? text('yourself') : nameOf(by);
    const [mine, theirs] = [draft.value, value].map((q) => (Number.isFinite(q) ? formatQuantity(q, language) : draft.text));
    this.#mine.textContent = text('useMine', mine);
    this.#mine.disabled = !Number.isFinite(draft.value);
    this.#theirs.textContent = text('useTheirs', theirs);
    const sentence = text('conflictSays', who, theirs, ago(at, text), mine);
    const words = this.#words;
    if (words.dataset.sentence === sentence) return;
    words.dataset.sentence = sentence;
    // The texts mark what is to stand out with asterisks.
    words.replaceChildren(
      ...sentence.split('*').map((part, n) => {
        if (n % 2 === 0) return document.createTextNode(part);
        const strong = document.createElement('b');
        strong.textContent = part;
        return strong;
      }),
    );
  }

  #place() {
    const td = this.#view.td(this.index);
    if (!td) return this.close();
    const host = this.#host.getBoundingClientRect();
    const cell = td.getBoundingClientRect();
    const width = this.#box.offsetWidth;
    const left = Math.max(8, Math.min(host.width - width - 8, cell.left + cell.width / 2 - host.left - width / 2));
    this.#box.style.left = `${left}px`;
    this.#box.style.top = `${cell.bottom - host.top - 6}px`;
  }
}

function ago(at, text) {
  const seconds = Math.max(0, Math.round((Date.now() - new Date(at)) / 1000));
  if (seconds < 60) return text('secondsAgo', seconds);
  if (seconds < 3600) return text('minutesAgo', Math.round(seconds / 60));
  return text('hoursAgo', Math.round(seconds / 3600));
}
