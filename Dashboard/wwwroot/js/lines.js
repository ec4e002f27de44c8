// The lines' board by keyboard: arrows go from order to order, within a queue and between lines. What an order can do is in its dialog.
const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

document.addEventListener('keydown', (event) => {
  const card = event.target instanceof Element ? event.target.closest('[data-lines-board] .ln-card') : null;
  if (!card) return;
  // The page must not scroll where a key belongs to the card.
  if (event.key === ' ' || (event.altKey && event.key in steps)) {
    event.preventDefault();
    follow(card.dataset.order, event);
    return;
  }
  if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const next = neighbour(card, steps[event.key]);
  next?.focus();
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
});

// Dragging: what the browser must be told before the server can hear of it.
document.addEventListener('dragstart', (event) => {
  const card = event.target instanceof Element ? event.target.closest('[data-lines-board] .ln-card') : null;
  if (!card) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', card.dataset.order);
});
document.addEventListener('dragover', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-lines-board] section')) event.preventDefault();
});

// A card that was moved is drawn anew elsewhere: the focus goes with it.
function follow(order, event) {
  if (event.key === ' ') return;
  setTimeout(() => {
    const moved = document.querySelector(`[data-lines-board] .ln-card[data-order="${CSS.escape(order)}"]`);
    if (moved && document.activeElement !== moved && (document.activeElement === document.body || document.activeElement?.matches('.ln-card'))) moved.focus();
    moved?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, 250);
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
