// SPDX-License-Identifier: EUPL-1.2
// What a page that follows by itself does in the browser: it rings, it says how many wait, it says when it is cut.

const bell = new Audio("/static/bell.wav");
const title = document.title;
let allowed = false;

/** A browser plays no sound before the page was touched once: the first gesture opens the way, without a sound. */
function allow() {
  if (allowed) return;
  allowed = true;
  bell.muted = true;
  bell
    .play()
    .then(() => bell.pause())
    .catch(() => (allowed = false))
    .finally(() => (bell.muted = false));
}

function ring() {
  bell.currentTime = 0;
  bell.play().catch(() => undefined);
}

/** Identifiers of the calls that nobody has taken, as the page shows them now. */
function waiting() {
  const list = document.querySelector("[data-waiting]");
  return list ? list.dataset.waiting.split(" ").filter(Boolean) : [];
}

let known = [];

function look() {
  const now = waiting();
  document.title = now.length ? `(${now.length}) ${title}` : title;
  if (now.some((call) => !known.includes(call))) ring();
  known = now;
}

function cut(is) {
  const said = document.getElementById("cut");
  if (said) said.hidden = !is;
}

document.addEventListener("DOMContentLoaded", () => {
  known = waiting();
  look();
  document.getElementById("try-bell")?.addEventListener("click", ring);
});
document.addEventListener("pointerdown", allow, { capture: true });
document.addEventListener("keydown", allow, { capture: true });
document.addEventListener("htmx:sseMessage", look);
document.addEventListener("htmx:sseError", () => cut(true));
document.addEventListener("htmx:sseOpen", () => cut(false));
document.addEventListener("htmx:sendError", () => cut(true));
