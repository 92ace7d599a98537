// SPDX-License-Identifier: EUPL-1.2
// The page: a terminal when the app runs, a veil with one sentence when it does not.

import { Connection } from "./connection.js";
import { lockBrowser } from "./lock.js";
import { KioskTerminal } from "./kiosk_terminal.js";
import { listenToTouch } from "./touch.js";
import { showVeil, hideVeil } from "./veil.js";

const host = document.getElementById("terminal");
let terminal = null;

function meta(name) {
  return document.querySelector(`meta[name="${name}"]`).content;
}

// xterm.js makes <style> elements of its own: they get the nonce that the content policy asks for.
function giveNonceToStyles(nonce) {
  const createElement = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = createElement(name, options);
    if (String(name).toLowerCase() === "style") {
      element.nonce = nonce;
    }
    return element;
  };
}

function closeTerminal() {
  terminal?.dispose();
  terminal = null;
  host.replaceChildren();
}

async function openTerminal(connection, textSize, modes) {
  closeTerminal();
  const fresh = new KioskTerminal(host, {
    textSize,
    onInput: (text) => connection.send("stdin", text),
    onSize: (rows, columns, width, height) => connection.send("set_size", rows, columns, width, height),
    onTextSize: (size) => connection.send("text_size", size),
    onPainted: (length) => connection.send("painted", length),
    onShown: hideVeil,
  });
  terminal = fresh;
  await fresh.ready();
  if (terminal === fresh) {
    fresh.write(modes);
    fresh.fit();
  }
}

async function start() {
  giveNonceToStyles(meta("style-nonce"));
  lockBrowser();
  listenToTouch(host);
  await KioskTerminal.loadFonts();
  const connection = new Connection(meta("secret"), {
    open: (textSize, modes) => {
      showVeil("starting");
      openTerminal(connection, textSize, modes);
    },
    stdout: (text) => terminal?.write(text),
    show: (condition) => {
      showVeil(condition);
      closeTerminal();
    },
    lost: (condition) => {
      showVeil(condition);
      closeTerminal();
    },
  });
  window.addEventListener("resize", () => terminal?.fit());
  connection.open();
}

start();
