// The lines' board by keyboard: arrows go from order to order, within a queue and between lines. What an order can do is in its dialog.
import './lines-drag.js';

const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const FOLLOW_MS = 10_000;
let following = null;

document.addEventListener('keydown', (event) => {
  following?.disconnect();
  const card = event.target instanceof Element ? event.target.closest('[data-lines-board] .ln-card') : null;
  if (!card) return;
  // The page must not scroll where a key belongs to the card.
  if (event.key === ' ') event.preventDefault();
  else if (event.key === 'Delete') follow(card.dataset.order);
  else if (event.key in steps && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (event.altKey) follow(card.dataset.order);
    else go(neighbour(card, steps[event.key]));
  }
});
document.addEventListener('pointerdown', () => following?.disconnect());

function go(card) {
  card?.focus();
  card?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

// A card that was moved is drawn anew elsewhere, when the plant has answered: the focus goes with it.
function follow(order) {
  const board = document.querySelector('[data-lines-board]');
  following = new MutationObserver(() => {
    if (document.activeElement === document.body) go(board.querySelector(`.ln-card[data-order="${CSS.escape(order)}"]`));
  });
  following.observe(board, { childList: true, subtree: true });
  const mine = following;
  setTimeout(() => mine.disconnect(), FOLLOW_MS);
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
  const at = cards.indexOf(card);
  if (columns) return cards[at + columns] ?? (columns < 0 ? document.querySelector('.ln-tray .ln-card') : null);
  for (let next = lane; (next = rows > 0 ? next.nextElementSibling : next.previousElementSibling); ) {
    const there = next.querySelectorAll('.ln-card');
    if (there.length > 0) return there[Math.min(at, there.length - 1)];
  }
  return null;
}
