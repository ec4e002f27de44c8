// Starts Blazor and does the little that must work before it, without it, or across its restarts.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest("[data-nav-toggle]")) plantNav.toggle();
    else if (plantNav.isOverlay() && (!target.closest(".side") || target.closest(".side a"))) plantNav.close();
    const demo = target.closest("[data-user]");
    if (demo) {
      const form = document.querySelector("form.sign");
      form.querySelector("[autocomplete=username]").value = demo.dataset.user;
      form.querySelector("[type=password]").value = demo.dataset.password;
      form.requestSubmit();
    }
    if (target.closest("[data-reload]")) location.reload();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && plantNav.isOverlay()) plantNav.close();
    // Column after column as in a spreadsheet: Enter takes what was typed and goes to the next field of its kind.
    const kind = event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.dataset.enterNext;
    if (kind) {
      event.preventDefault();
      const fields = [...document.querySelectorAll(kind)].filter((field) => !field.disabled);
      const next = fields[fields.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
      if (next) next.focus();
      else event.target.blur();
    }
  });

  // After a change of page the keyboard, and whoever is read to, begin at its heading.
  window.plantFocusHeading = () => {
    const heading = document.querySelector("h1");
    if (!heading) return;
    if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
    heading.focus();
  };

  // Reconnecting never gives up: a tablet on the wall has nobody to press a button. A server that has forgotten this page
  // (restarted, or away too long) rejects it; then the page is loaded anew, though not between two keystrokes.
  const quietMs = 1500;
  let lastKeyAt = 0;
  document.addEventListener("keydown", () => (lastKeyAt = Date.now()), true);
  const reload = () => {
    const left = lastKeyAt + quietMs - Date.now();
    if (left > 0) setTimeout(reload, left);
    else location.reload();
  };
  const banner = document.getElementById("components-reconnect-modal");
  if (banner)
    new MutationObserver(() => {
      if (banner.classList.contains("components-reconnect-rejected")) reload();
    }).observe(banner, { attributeFilter: ["class"] });
  if (window.Blazor)
    Blazor.start({
      circuit: {
        reconnectionOptions: { maxRetries: 1000000, retryIntervalMilliseconds: (attempt) => Math.min(250 + attempt * 250, 3000) },
      },
    });
})();
