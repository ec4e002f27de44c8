// Undo and redo of one's own edits. Somebody else's later value is never undone: it becomes a conflict, like any other edit.

const STEPS = 200;

/** Steps are lists of `{i, field, before, after, version}`; the version is the one that the edit left behind. */
export class EditHistory {
  #model;
  #user;
  #done = [];
  #undone = [];
  #replaying = null;

  constructor(model, user) {
    this.#model = model;
    this.#user = user;
  }

  /** An edit was acknowledged. */
  add(step) {
    if (this.#replaying) {
      const { to, cells } = this.#replaying;
      if (step.length === cells.length && step.every((edit, n) => edit.i === cells[n])) {
        this.#replaying = null;
        to.push(step);
        return;
      }
    }
    this.#done.push(step);
    if (this.#done.length > STEPS) this.#done.shift();
    this.#undone.length = 0;
  }

  /** The changes that take the last edit back, or null. */
  undo() {
    return this.#take(this.#done, this.#undone);
  }

  /** The changes that carry out again what was undone last, or null. */
  redo() {
    return this.#take(this.#undone, this.#done);
  }

  #take(from, to) {
    for (let step = from.pop(); step; step = from.pop()) {
      const edits = step.filter((edit) => edit.field === this.#model.field);
      if (!edits.length) continue;
      this.#replaying = { to, cells: edits.map((edit) => edit.i) };
      return edits.map(({ i, before, version }) => ({ i, value: before, version: this.#seen(i, version) }));
    }
    return null;
  }

  /** Where I was the last to write, my later edits have raised the version; where somebody else was, the old one makes the conflict. */
  #seen(i, version) {
    const cell = this.#model.cells[i];
    return cell.by === this.#user ? cell.version : version;
  }
}
