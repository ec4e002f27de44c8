// Sentences above the table: what was refused, what waits for an answer, what could not be kept.

/** One notice per kind at a time; each is read aloud once. */
export class Notices {
  #host;
  #said;
  #timer = 0;

  /** `host` shows notices; `said` is read aloud and shows the short ones. */
  constructor(host, said) {
    this.#host = host;
    this.#said = said;
  }

  /** Says something that needs no answer; gone after a while. */
  say(sentence) {
    this.#said.textContent = sentence ?? '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#said.textContent = ''), 6000);
  }

  /** Shows a notice with buttons `[label, action]`, replacing the one of the same kind; without a sentence takes it away. */
  show(kind, sentence, buttons = []) {
    const old = this.#host.querySelector(`[data-kind="${kind}"]`);
    if (!sentence) return old?.remove();
    if (old?.dataset.sentence === sentence) return;
    const notice = document.createElement('div');
    notice.className = 'mx-notice';
    notice.dataset.kind = kind;
    notice.dataset.sentence = sentence;
    notice.setAttribute('role', 'alert');
    const words = document.createElement('span');
    words.textContent = sentence;
    notice.append(words, ...buttons.map(([label, action]) => this.#button(label, action)));
    if (old) old.replaceWith(notice);
    else this.#host.append(notice);
  }

  #button(label, action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', action);
    return button;
  }
}
