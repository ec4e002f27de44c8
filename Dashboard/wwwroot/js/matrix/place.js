// Where the keyboard stood, so that a table that is replaced, or a page that is loaded anew, goes on in the same cell.

const KEY = 'manufactura.cell-place';
const FRESH_MS = 10_000;

/** Keeps the cell that has the keyboard. */
export function keepPlace(order, { x, y }) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ order, x, y, at: Date.now() }));
  } catch {
    // A full or forbidden store: only the place is lost.
  }
}

/** The cell `{x, y}` that was kept for this order a moment ago, or null; it is kept no longer. */
export function takePlace(order) {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  sessionStorage.removeItem(KEY);
  return kept?.order === order && Date.now() - kept.at < FRESH_MS ? kept : null;
}
