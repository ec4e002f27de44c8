// In the head, before anything is painted: whether the navigation is open or a rail of icons. Remembered for wide screens; on a tablet
// it is a rail until it is opened, and again afterwards.
window.plantNav = (() => {
  "use strict";
  const root = document.documentElement;
  const narrow = matchMedia("(max-width: 1180px)");
  const remembered = () => {
    try {
      return localStorage.getItem("nav") === "rail" ? "rail" : "open";
    } catch {
      return "open";
    }
  };
  const set = (state) => (root.dataset.nav = state);
  const rest = () => set(narrow.matches ? "rail" : remembered());
  narrow.addEventListener("change", rest);
  rest();
  return {
    isOverlay: () => narrow.matches && root.dataset.nav === "open",
    close: () => set("rail"),
    toggle: () => {
      const state = root.dataset.nav === "rail" ? "open" : "rail";
      set(state);
      if (narrow.matches) return;
      try {
        localStorage.setItem("nav", state);
      } catch {
        // Private mode: not remembered.
      }
    },
  };
})();
