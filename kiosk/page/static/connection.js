// SPDX-License-Identifier: EUPL-1.2
// The socket to the relay. When it breaks the page says so at once, waits for the server, and loads itself again:
// a server that restarted has a new secret, and only a fresh page has it.

const BUSY_CODE = 4409;
const REPLACED_CODE = 4000;
const BUSY_RETRY = 1000;
const SILENCE = 5000; // the server says something every second
const RELOAD_DELAY = 500;

function pageId() {
  const known = sessionStorage.getItem("page");
  if (known) {
    return known;
  }
  const fresh = crypto.randomUUID();
  sessionStorage.setItem("page", fresh);
  return fresh;
}

export class Connection {
  #secret;
  #hear;
  #socket = null;
  #silence = 0;

  // hear: { open(textSize, modes), stdout(text), show(condition), lost(condition) }
  constructor(secret, hear) {
    this.#secret = secret;
    this.#hear = hear;
  }

  open() {
    const socket = new WebSocket(`ws://${location.host}/ws`, ["pas-a-pas", this.#secret, pageId()]);
    this.#socket = socket;
    socket.onopen = () => this.#listen();
    socket.onmessage = (event) => {
      this.#listen();
      const [name, ...values] = JSON.parse(event.data);
      this.#hear[name]?.(...values);
    };
    socket.onclose = (event) => this.#lost(event.code);
  }

  send(...message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#socket.onclose = null;
      this.#socket.close();
      this.#lost(0);
    }, SILENCE);
  }

  #lost(code) {
    clearTimeout(this.#silence);
    if (code === REPLACED_CODE) {
      sessionStorage.removeItem("page"); // a copied window has a copied name: take another, and wait
    }
    if (code === BUSY_CODE || code === REPLACED_CODE) {
      this.#hear.lost("busy");
      setTimeout(() => this.open(), BUSY_RETRY);
    } else {
      this.#hear.lost("restarting");
      setTimeout(() => this.#reloadWhenAlive(), RELOAD_DELAY);
    }
  }

  async #reloadWhenAlive() {
    try {
      const answer = await fetch("/alive", { cache: "no-store", signal: AbortSignal.timeout(2000) });
      if (answer.ok) {
        location.reload();
        return;
      }
    } catch {
      // The server is still down.
    }
    setTimeout(() => this.#reloadWhenAlive(), RELOAD_DELAY);
  }
}
