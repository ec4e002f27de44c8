// The lines' board by keyboard: arrows go from order to order, within a queue and between lines. What an order can do is in its dialog.
// The board is drawn anew by whatever anybody does; whoever works by keyboard keeps the focus on the order they were at.
import './lines-drag.js';

const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const CARD = '[data-lines-board] .ln-card';
const DIALOG = '.rz-dialog';
// What one line loses and what another gains may be told one after the other.
const GONE_MS = 1000;
// The order that the keyboard is at, and where it stood; null for whoever works with the mouse.
let at = null;
let begun = null;

document.addEventListener('keydown', (event) => {
  const card = cardOf(event.target);
  if (!card) return void holdBack(event);
  keep(card);
  // The page must not scroll where a key belongs to the card.
  if (event.key === ' ') event.preventDefault();
  else if (event.key in steps && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (!event.altKey) go(neighbour(card, steps[event.key]));
  }
});
document.addEventListener('focusin', ({ target }) => {
  const card = cardOf(target);
  if (card?.matches(':focus-visible')) keep(card);
  // A dialog comes back to the order that it was opened for.
  else if (!target.closest(DIALOG)) at = null;
});
document.addEventListener('pointerdown', () => (at = null), true);
new MutationObserver(() => {
  begin();
  if (at) follow();
}).observe(document.body, { childList: true, subtree: true });

// A dialog has the keyboard as soon as it is there: what is typed ahead is meant for it, not for the card behind it.
function begin() {
  const dialog = document.querySelector('.ln-dialog');
  if (dialog === begun) return;
  begun = dialog;
  if (!dialog || dialog.contains(document.activeElement)) return;
  dialog.querySelector(':is(button, input, select, a[href]):not(:disabled)')?.focus();
}

// The key that opened a dialog is still down when its first button has the focus.
function holdBack(event) {
  if (event.repeat && ['Enter', ' '].includes(event.key) && event.target.closest?.('.ln-dialog')) event.preventDefault();
}

function cardOf(target) {
  return target instanceof Element ? target.closest(CARD) : null;
}

function keep(card) {
  const queue = card.closest('.ln-lane, .ln-tray');
  at = { order: card.dataset.order, queue, place: [...queue.querySelectorAll('.ln-card')].indexOf(card) };
}

// A card that is drawn elsewhere loses the focus, and so does one that a dialog was opened for.
function follow() {
  const focused = cardOf(document.activeElement);
  if (focused) return keep(focused);
  if (!isLost()) return;
  const own = document.querySelector(`${CARD}[data-order="${CSS.escape(at.order)}"]`);
  if (own) go(own);
  else at.gone ??= setTimeout(giveUp, GONE_MS, at);
}

function isLost() {
  return document.activeElement === document.body && !document.querySelector(DIALOG);
}

// An order that has left the board leaves the focus to the one that came to its place.
function giveUp(left) {
  if (at !== left || !isLost()) return;
  const there = [...at.queue.querySelectorAll('.ln-card')];
  go(there[Math.min(at.place, there.length - 1)] ?? document.querySelector(CARD));
}

function go(card) {
  card?.focus();
  card?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function neighbour(card, [rows, columns]) {
  const tray = card.closest('.ln-tray');
  // The tray is a column: there, up and down go along it, and right goes to the lanes.
  if (tray) {
    const cards = [...tray.querySelectorAll('.ln-card')];
    if (rows) return cards[cards.indexOf(card) + rows];
    return columns > 0 ? document.querySelector('.ln-lane .ln-card') : null;
  }
  const lane = card.closest('.ln-lane');
  const cards = [...lane.querySelectorAll('.ln-card')];
  const place = cards.indexOf(card);
  if (columns) return cards[place + columns] ?? (columns < 0 ? document.querySelector('.ln-tray .ln-card') : null);
  for (let next = lane; (next = rows > 0 ? next.nextElementSibling : next.previousElementSibling); ) {
    const there = next.querySelectorAll('.ln-card');
    if (there.length > 0) return there[Math.min(place, there.length - 1)];
  }
  return null;
}
