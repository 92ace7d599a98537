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

/** The server ended it: nobody is logged in any more. */
function out(event) {
  const said = document.getElementById("out");
  if (said && event.detail.type === "message") said.hidden = false;
}

/** A control that had the focus is gone with its part of the page: the part itself takes it, not the top of the page. */
function keepFocus(event) {
  const changed = event.target;
  if (!changed.contains(document.activeElement)) return;
  changed.addEventListener(
    "htmx:sseMessage",
    () => {
      if (!changed.contains(document.activeElement)) changed.querySelector("[data-refuge]")?.focus();
    },
    { once: true },
  );
}

/** What was sent is no longer to be written; what was refused stays. */
function empty(event) {
  const form = event.target;
  if ("empties" in form.dataset && document.querySelector("#answer .notice")) form.querySelector("textarea").value = "";
}

/** What was asked did not come, or was refused: an older answer would be taken for this one's. What was typed stays. */
function failed(event) {
  const answer = document.getElementById("answer");
  if (event.detail.xhr.status === 401) location.reload();
  else if (answer) {
    const said = document.createElement("p");
    said.className = "wrong";
    said.textContent = "Le geste n’a pas été fait. Réessayez, ou rechargez la page.";
    answer.replaceChildren(said);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  known = waiting();
  look();
  const button = document.getElementById("try-bell");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", ring);
});
document.addEventListener("pointerdown", allow, { capture: true });
document.addEventListener("keydown", allow, { capture: true });
document.addEventListener("htmx:sseBeforeMessage", keepFocus);
document.addEventListener("htmx:sseMessage", look);
document.addEventListener("htmx:afterRequest", empty);
document.addEventListener("htmx:responseError", failed);
document.addEventListener("htmx:sseError", () => cut(true));
document.addEventListener("htmx:sseOpen", () => cut(false));
document.addEventListener("htmx:sseClose", out);
document.addEventListener("htmx:sendError", failed);
