// Dragging on the lines' board by mouse, pen or finger. Everything that moves is drawn here; the server hears of it when an order is
// dropped (`linedrop`), and has the last word.

const SLOP_PX = 6;
// A finger that stays means the order; one that moves at once means to scroll.
const HOLD_MS = 250;
const EDGE_PX = 56;

let drag = null;

Blazor.registerCustomEventType('linedrop', { createEventArgs: ({ detail }) => detail });

document.addEventListener('pointerdown', (event) => {
  if (drag || event.button !== 0 || !event.isPrimary) return;
  const card = event.target instanceof Element ? event.target.closest('[data-lines-board] .ln-card[data-movable]') : null;
  if (!card) return;
  drag = { card, id: event.pointerId, finger: event.pointerType === 'touch', x: event.clientX, y: event.clientY };
  if (!drag.finger) return;
  drag.timer = setTimeout(begin, HOLD_MS);
  // On the card itself: its events come here even if it is drawn anew elsewhere in the meantime.
  card.addEventListener('touchmove', hold, { passive: false });
});

document.addEventListener('pointermove', (event) => {
  if (event.pointerId !== drag?.id) return;
  const moved = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLOP_PX;
  if (!drag.ghost && !moved) return;
  if (!drag.ghost && drag.finger) return end();
  Object.assign(drag, { x: event.clientX, y: event.clientY });
  if (!drag.ghost) begin();
  follow();
});

document.addEventListener('pointerup', (event) => {
  if (event.pointerId !== drag?.id) return;
  if (drag.ghost) drop();
  end();
});

document.addEventListener('pointercancel', (event) => event.pointerId === drag?.id && end());
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !drag?.ghost) return;
  event.preventDefault();
  end();
}, true);
// A long press would open the browser's own menu.
document.addEventListener('contextmenu', (event) => drag?.finger && event.preventDefault(), true);
document.addEventListener('dragstart', (event) => event.target instanceof Element && event.target.closest('.ln-card') && event.preventDefault());

function hold(event) {
  if (drag?.ghost) event.preventDefault();
}

function begin() {
  const { card } = drag;
  const box = card.getBoundingClientRect();
  const ghost = card.cloneNode(true);
  ghost.removeAttribute('tabindex');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.classList.add('ln-ghost');
  ghost.style.width = `${box.width}px`;
  const fit = document.createElement('span');
  fit.className = 'ln-fit';
  ghost.append(fit);
  document.body.append(ghost);
  const { order, line, material, kg } = card.dataset;
  Object.assign(drag, {
    ghost, fit, order, from: line ?? null, kg: Number(kg),
    board: card.closest('[data-lines-board]'), dx: drag.x - box.left, dy: drag.y - box.top,
  });
  drag.board.dataset.dragging = drag.from ?? '';
  card.dataset.dragged = '';
  for (const lane of drag.board.querySelectorAll('.ln-lane'))
    if (lane.dataset.line !== drag.from && !JSON.parse(lane.dataset.makes).includes(material)) lane.dataset.blocked = '';
  if (drag.finger) navigator.vibrate?.(15);
  follow();
  scroll();
}

/** The ghost goes with the pointer, and what is under it shows where the order would go. */
function follow() {
  drag.ghost.style.transform = `translate(${drag.x - drag.dx}px, ${drag.y - drag.dy}px)`;
  const under = document.elementFromPoint(drag.x, drag.y);
  const place = under?.closest('[data-lines-board] .ln-lane, [data-lines-board] [data-tray]') ?? null;
  const next = place?.matches('.ln-lane') ? nextIn(place) : null;
  if (place === drag.place && next === drag.next) return;
  unmark();
  Object.assign(drag, { place, next });
  if (place) place.dataset.over = '';
  if (next) next.dataset.before = '';
  drag.fit.textContent = place?.matches('.ln-lane') && place.dataset.line !== drag.from ? fitOf(place) : '';
}

/** The first order in the queue that stands behind the pointer; none, and the line's own head, is the end. */
function nextIn(lane) {
  const queue = lane.querySelector('.ln-queue');
  const area = queue?.getBoundingClientRect();
  if (!area || drag.y < area.top || drag.x < area.left) return null;
  for (const item of queue.children) {
    const card = item.querySelector('.ln-card');
    if (!card || card.dataset.order === drag.order) continue;
    const box = item.getBoundingClientRect();
    if (drag.x < box.left + box.width / 2) return item;
  }
  return null;
}

/** The line's percent before and after, and whether it will be asked to divide. */
function fitOf(lane) {
  const [assigned, capacity] = [Number(lane.dataset.assigned), Number(lane.dataset.capacity)];
  const percent = (kg) => `${Math.round((kg / capacity) * 100)} %`;
  const over = drag.kg > capacity ? ` · ▲ ${drag.board.dataset.exceeds}` : '';
  return `${lane.dataset.line}: ${percent(assigned)} → ${percent(assigned + drag.kg)}${over}`;
}

function drop() {
  const { board, place, next, order, from } = drag;
  if (!place) return;
  const line = place.dataset.line ?? null;
  if (line === null && from === null) return;
  const before = next?.querySelector('.ln-card').dataset.order ?? null;
  board.dispatchEvent(new CustomEvent('linedrop', { bubbles: true, detail: { order, from, line, before } }));
}

function unmark() {
  if (drag.place) delete drag.place.dataset.over;
  if (drag.next) delete drag.next.dataset.before;
}

function end() {
  const { card, ghost, board, timer } = drag;
  clearTimeout(timer);
  card.removeEventListener('touchmove', hold);
  if (ghost) {
    unmark();
    ghost.remove();
    delete card.dataset.dragged;
    delete board.dataset.dragging;
    for (const lane of board.querySelectorAll('[data-blocked]')) delete lane.dataset.blocked;
    // The click that follows a drag is not meant for the card.
    const swallow = (event) => event.stopPropagation();
    document.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener('click', swallow, true), 50);
  }
  drag = null;
}

/** Near an edge, the queue and the page move on by themselves. */
function scroll() {
  if (!drag?.ghost) return;
  const down = drag.y > innerHeight - EDGE_PX ? 1 : drag.y < EDGE_PX ? -1 : 0;
  if (down) scrollBy(0, down * 12);
  const queue = drag.place?.querySelector('.ln-queue');
  if (queue) {
    const box = queue.getBoundingClientRect();
    const right = drag.x > box.right - EDGE_PX ? 1 : drag.x < box.left + EDGE_PX && drag.x > box.left - EDGE_PX ? -1 : 0;
    if (right) queue.scrollBy(right * 12, 0);
  }
  if (down || queue) follow();
  requestAnimationFrame(scroll);
}
