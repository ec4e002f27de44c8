// Alerts that want to be heard: a sound and a notification of the browser for what is raised for this person's roles, where the person
// has switched it on. <plant-alert-ear> is in every page's frame, <plant-alert-switch> on the alerts page.

import { plantHub } from './plant-hub.js';

const KEY = 'alerts.sound';
/** An old alert that is sent again after a break is no news. */
const FRESH_MS = 120_000;
const QUIET_MS = 3000;
/** One cause is one alert: what follows from it within this time is seen, not heard. */
const CAUSE_MS = 600_000;
const MAX_CAUSES = 500;

let context;

function wanted() {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

function want(on) {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Private mode: until the page is left.
  }
}

/** Two tones, rising for what is critical. Browsers allow it once the person has touched the page. */
async function sound(critical) {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') await context.resume();
    for (const [i, hertz] of (critical ? [660, 880, 1100] : [660, 550]).entries()) {
      const [tone, volume] = [context.createOscillator(), context.createGain()];
      const at = context.currentTime + i * 0.22;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.2, at + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.2);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.22);
    }
  } catch {
    // No sound device, or not allowed: the bell still counts.
  }
}

function notify(alert) {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const words = document.documentElement.lang === 'en' ? alert.en : alert.es;
  const note = new Notification(words, { tag: `alert-${alert.id}`, icon: '/favicon.svg' });
  note.onclick = () => {
    focus();
    location.href = '/alerts';
    note.close();
  };
}

class AlertEar extends HTMLElement {
  #leave = null;
  #lastSound = 0;
  #causes = new Map();

  connectedCallback() {
    this.#leave = plantHub().watch('alerts', { event: (id, type, data) => this.#hear(type, data) });
  }

  disconnectedCallback() {
    this.#leave?.();
    this.#leave = null;
  }

  #hear(type, alert) {
    if (!wanted()) return;
    const raised = type === 'alert-raised' && Date.now() - Date.parse(alert.raisedAt) < FRESH_MS;
    const waits = type === 'alert-changed' && alert.state === 'active' && !alert.shelvedUntil;
    const escalated = waits && Date.now() - Date.parse(alert.escalatedAt) < FRESH_MS;
    const back = waits && alert.waitsSince > alert.raisedAt && Date.now() - Date.parse(alert.waitsSince) < FRESH_MS;
    const roles = (this.dataset.roles ?? '').split(' ');
    if (!(raised || escalated || back) || !(roles.includes(alert.role) || roles.includes('Admin'))) return;
    if (!this.#isNews(`${alert.role} ${alert.cause}`)) return;
    notify(alert);
    if (Date.now() - this.#lastSound < QUIET_MS) return;
    this.#lastSound = Date.now();
    sound(alert.severity === 'critical');
  }

  #isNews(cause) {
    const before = this.#causes.get(cause);
    this.#causes.delete(cause);
    this.#causes.set(cause, Date.now());
    if (this.#causes.size > MAX_CAUSES) this.#causes.delete(this.#causes.keys().next().value);
    return !(Date.now() - before < CAUSE_MS);
  }
}

class AlertSwitch extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button';
    button.addEventListener('click', async () => {
      want(!wanted());
      this.#draw(button);
      if (!wanted()) return;
      sound(false);
      if ('Notification' in window && Notification.permission === 'default') await Notification.requestPermission();
      this.#draw(button);
    });
    this.append(button);
    this.#draw(button);
  }

  #draw(button) {
    const on = wanted();
    button.setAttribute('aria-pressed', on);
    const blocked = on && 'Notification' in window && Notification.permission === 'denied';
    button.textContent = !on ? this.dataset.off : blocked ? this.dataset.blocked : this.dataset.on;
  }
}

customElements.define('plant-alert-ear', AlertEar);
customElements.define('plant-alert-switch', AlertSwitch);
