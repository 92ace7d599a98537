// SPDX-License-Identifier: EUPL-1.2
// A finger becomes a click. Not the browser's own: it gives up when the finger slides a little or stays long, as
// trembling and hesitant fingers do. A tap is a click where the finger came down, when it leaves near that place.

const SLIDE_MM = 8; // beyond this the person changed their mind
const CSS_PX_PER_MM = 96 / 25.4;
const BOUNCE_MS = 120; // faster than any wanted second tap: a trembling finger, or a bouncing screen

export function listenToTouch(host) {
  const down = new Map();
  let lastTap = { at: -Infinity, x: 0, y: 0 };

  const options = { capture: true, passive: false };

  function near(a, b) {
    return Math.hypot(a.x - b.x, a.y - b.y) <= SLIDE_MM * CSS_PX_PER_MM;
  }

  function each(event, act) {
    event.preventDefault(); // no zoom, no scroll, no long-press menu, and no second click from the browser
    event.stopImmediatePropagation();
    for (const touch of event.changedTouches) {
      act(touch.identifier, { x: touch.clientX, y: touch.clientY });
    }
  }

  window.addEventListener("touchstart", (event) => each(event, (id, place) => {
    const bounced = event.timeStamp - lastTap.at < BOUNCE_MS && near(place, lastTap);
    if (!bounced) {
      down.set(id, place);
    }
  }), options);

  window.addEventListener("touchmove", (event) => each(event, (id, place) => {
    if (down.has(id) && !near(place, down.get(id))) {
      down.delete(id);
    }
  }), options);

  window.addEventListener("touchend", (event) => each(event, (id, place) => {
    const from = down.get(id);
    if (from && down.delete(id) && near(place, from)) {
      lastTap = { at: event.timeStamp, ...from };
      click(host, from);
    }
  }), options);

  window.addEventListener("touchcancel", (event) => each(event, (id) => down.delete(id)), options);
}

function click(host, place) {
  const screen = host.querySelector(".xterm-screen");
  if (!screen) {
    return;
  }
  const common = { bubbles: true, cancelable: true, button: 0, clientX: place.x, clientY: place.y };
  screen.dispatchEvent(new MouseEvent("mousedown", { ...common, buttons: 1, detail: 1 }));
  screen.dispatchEvent(new MouseEvent("mouseup", { ...common, buttons: 0, detail: 1 }));
}
