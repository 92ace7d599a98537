// SPDX-License-Identifier: EUPL-1.2
// Takes from the browser what a kiosk must not do. What a page cannot reach (Ctrl+W, Ctrl+T, Ctrl+N outside the
// kiosk mode) is closed by the browser's policies: see deploy/chromium-policy.json.

const LONGEST_TYPED = 64;

const NEVER = [
  "contextmenu", "selectstart", "dragstart", "dragenter", "dragover", "drop", "copy", "cut", "paste",
  "gesturestart", "gesturechange", "auxclick", "beforeprint",
];

function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Keys that belong to the browser. AltGr makes letters on a French keyboard: it passes.
function isBrowserKey(event) {
  if (event.getModifierState("AltGraph")) {
    return false;
  }
  return event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key) || event.key.startsWith("Browser");
}

export function lockBrowser() {
  const options = { capture: true, passive: false };
  for (const name of NEVER) {
    window.addEventListener(name, swallow, options);
  }
  for (const name of ["keydown", "keypress", "keyup"]) {
    window.addEventListener(name, (event) => isBrowserKey(event) && swallow(event), options);
  }
  window.addEventListener("wheel", (event) => (event.ctrlKey || event.shiftKey) && swallow(event), options);
  window.addEventListener("mousedown", (event) => event.button !== 0 && swallow(event), options);
  window.addEventListener("mouseup", (event) => event.button !== 0 && swallow(event), options);
  window.addEventListener("beforeinput", (event) => (event.data?.length ?? 0) > LONGEST_TYPED && swallow(event), options);
  history.pushState(null, "");
  window.addEventListener("popstate", () => history.pushState(null, ""));
}
