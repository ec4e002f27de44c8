// How other people look in a matrix: a colour that stays theirs and one or two letters.

// Each gives white text at least 4.5 : 1.
const COLOURS = ['#9333a8', '#b4690e', '#2456c9', '#0f766e', '#be185d', '#4d7c0f', '#6d28d9', '#b91c1c', '#0369a1', '#a16207'];
const DARKENED = { '#b4690e': '#a35d0a', '#a16207': '#8f5706' };

/** The same user has the same colour on every screen. */
export function colourOf(user) {
  let hash = 0;
  for (const letter of user) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
  const colour = COLOURS[hash % COLOURS.length];
  return DARKENED[colour] ?? colour;
}

/** A user name for reading: "ana.lopez" is "Ana Lopez". */
export function nameOf(user) {
  return user
    .split(/[.\s_-]+/)
    .filter(Boolean)
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join(' ');
}

/** One or two letters. */
export function initialsOf(user) {
  const words = nameOf(user).split(' ');
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : words[0].slice(0, 2)).toUpperCase();
}

/** Fills an element with the avatars of who is here. */
export function drawPeople(element, users) {
  const shown = users.join('\u001f');
  if (element.dataset.users === shown) return;
  element.dataset.users = shown;
  element.replaceChildren(
    ...users.map((user) => {
      const avatar = document.createElement('span');
      avatar.textContent = initialsOf(user);
      avatar.title = nameOf(user);
      avatar.setAttribute('role', 'img');
      avatar.setAttribute('aria-label', nameOf(user));
      avatar.style.background = colourOf(user);
      return avatar;
    }),
  );
}
