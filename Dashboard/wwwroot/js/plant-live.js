// <plant-live>: how old what you see is. "en vivo, hace 1 s", or "sin conexión desde 10:42".
// Its words come in attributes: live, now, stale, connecting, signed-out; {0} is the seconds, or the time of the last sign of life.

import { plantHub } from './plant-hub.js';

class PlantLive extends HTMLElement {
  #timer = 0;
  #text = null;
  #redraw = () => this.#draw();

  connectedCallback() {
    this.hub = plantHub();
    if (!this.#text) {
      const dot = document.createElement('i');
      dot.setAttribute('aria-hidden', 'true');
      this.#text = document.createElement('span');
      this.replaceChildren(dot, this.#text);
      this.setAttribute('role', 'status');
      // Said aloud when the state changes, not each second.
      this.setAttribute('aria-live', 'off');
    }
    this.hub.addEventListener('state', this.#redraw);
    this.#timer = setInterval(this.#redraw, 1000);
    this.#draw();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.hub.removeEventListener('state', this.#redraw);
  }

  #draw() {
    const state = this.hub.state;
    const text = this.#words(state);
    if (this.dataset.state !== state) {
      this.dataset.state = state;
      this.setAttribute('aria-live', state === 'live' ? 'off' : 'polite');
    }
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }

  #words(state) {
    const word = (name) => this.getAttribute(name) ?? '';
    if (state === 'live') {
      const seconds = Math.floor(this.hub.age / 1000);
      return seconds < 1 ? word('now') : word('live').replace('{0}', seconds);
    }
    if (state !== 'stale') return word(state);
    const language = document.documentElement.lang || 'es';
    const at = new Date(this.hub.lastBeatAt).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
    return word('stale').replace('{0}', at);
  }
}

customElements.define('plant-live', PlantLive);
