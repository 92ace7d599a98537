// SPDX-License-Identifier: EUPL-1.2
// One terminal for one run of the app: thrown away with it, so that nothing of a person is left.

import { Terminal } from "./vendor/xterm/xterm.mjs";
import { FitAddon } from "./vendor/addon-fit/addon-fit.mjs";
import { ImageAddon } from "./vendor/addon-image/addon-image.mjs";
import { Unicode11Addon } from "./vendor/addon-unicode11/addon-unicode11.mjs";
import { fontSize, LARGEST_TEXT_SIZE } from "./text_size.js";

const FAMILY = '"Atkinson Hyperlegible Mono", "Atkinson Hyperlegible Mono Ext", "Pas a pas Blocs", "DejaVu Sans Mono", monospace';
const FOREGROUND = "#111111";
const TEXT_SIZE_OSC = 7771; // the app's private sequence: ESC ] 7771 ; size=N BEL
const LONGEST_INPUT = 256; // a key or a tap is under 32 characters; the relay refuses more than this
const FIT_DELAY = 50;
const ONE_DOT = "\x1b[H\x1bPq#0@\x1b\\";
const CLEAR = "\x1b[2J";
const READY_TRIES = 200;
const READY_PAUSE = 10;

export class KioskTerminal {
  #host;
  #on;
  #textSize;
  #terminal;
  #fit = new FitAddon();
  #images = new ImageAddon({ iipSupport: false, showPlaceholder: false, storageLimit: 64 });
  #edges = "";
  #fitTimer = 0;
  #shown = false;
  #disposed = false;

  static async loadFonts() {
    const probe = "Àé—ŒW";
    await document.fonts.load('20px "Pas a pas Blocs"', "─█");
    await Promise.all(
      ["400", "700"].flatMap((weight) => [
        document.fonts.load(`${weight} 20px "Atkinson Hyperlegible Mono"`, probe),
        document.fonts.load(`${weight} 20px "Atkinson Hyperlegible Mono Ext"`, probe),
      ]),
    );
  }

  // on: { textSize, onInput(text), onSize(rows, columns, width, height), onTextSize(size), onPainted(length),
  //       onShown() once, when the app's first words are there }
  constructor(host, on) {
    this.#host = host;
    this.#on = on;
    this.#textSize = on.textSize;
    this.#terminal = new Terminal({
      allowProposedApi: true, // asked for by the Unicode add-on
      cursorBlink: false,
      cursorInactiveStyle: "none",
      fontFamily: FAMILY,
      fontSize: this.#wantedFontSize(),
      logLevel: "off",
      scrollback: 0,
      theme: { background: "#ffffff", foreground: FOREGROUND },
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#images);
    this.#terminal.loadAddon(new Unicode11Addon());
    this.#terminal.unicode.activeVersion = "11";
    this.#terminal.parser.registerOscHandler(TEXT_SIZE_OSC, (data) => this.#onTextSizeAsked(data));
    this.#terminal.open(host);
    this.#terminal.textarea.inputMode = "none"; // no keyboard pops up: the app has its own
    this.#terminal.onData((text) => text.length <= LONGEST_INPUT && on.onInput(text));
    this.#terminal.onRender(() => this.#onRender());
    this.#terminal.onSelectionChange(() => this.#terminal.hasSelection() && this.#terminal.clearSelection());
    this.#terminal.focus();
  }

  // The sixel decoder is compiled after its add-on is loaded: a picture that comes before it is lost without a
  // word. So draw one dot until it is there.
  async ready() {
    const drawn = () => this.#disposed || this.#images.getImageAtBufferCell(0, 0);
    for (let tries = 0; tries < READY_TRIES && !drawn(); tries += 1) {
      await new Promise((then) => this.#terminal.write(ONE_DOT, () => setTimeout(then, READY_PAUSE)));
    }
    if (!this.#disposed) {
      this.#terminal.reset();
    }
  }

  write(text) {
    this.#terminal.write(text, () => this.#on.onPainted(text.length));
  }

  // Fill the window at the wanted text size, and tell the app the size in cells and the size of a cell in pixels:
  // it paints everything anew.
  fit() {
    this.#images.reset();
    this.#terminal.write(CLEAR, () => this.#resize()); // what sticks out of a smaller grid would stay visible
  }

  #resize() {
    if (this.#disposed) {
      return;
    }
    this.#terminal.options.fontSize = this.#wantedFontSize();
    const proposed = this.#fit.proposeDimensions();
    if (!proposed) {
      return;
    }
    this.#terminal.resize(proposed.cols, proposed.rows);
    const screen = this.#host.querySelector(".xterm-screen").getBoundingClientRect();
    const sides = Math.floor((this.#host.clientWidth - screen.width) / 2);
    const ends = Math.floor((this.#host.clientHeight - screen.height) / 2);
    this.#edges = "";
    this.#terminal.element.style.margin = `${Math.max(0, ends)}px ${Math.max(0, sides)}px`;
    const cell = [Math.round(screen.width / proposed.cols), Math.round(screen.height / proposed.rows)];
    this.#on.onSize(proposed.rows, proposed.cols, ...cell);
  }

  dispose() {
    this.#disposed = true;
    clearTimeout(this.#fitTimer);
    this.#images.reset();
    this.#terminal.dispose();
  }

  #wantedFontSize() {
    return fontSize(this.#textSize, this.#host.clientWidth, this.#host.clientHeight, FAMILY);
  }

  #onTextSizeAsked(data) {
    const wanted = /^size=(\d)$/.exec(data);
    if (wanted && Number(wanted[1]) <= LARGEST_TEXT_SIZE && Number(wanted[1]) !== this.#textSize) {
      this.#textSize = Number(wanted[1]);
      this.#on.onTextSize(this.#textSize);
      clearTimeout(this.#fitTimer);
      this.#fitTimer = setTimeout(() => this.fit(), FIT_DELAY);
    }
    return true;
  }

  #onRender() {
    this.#takeBackground();
    if (!this.#shown && this.#hasText()) {
      this.#shown = true;
      this.#on.onShown();
    }
  }

  #hasText() {
    const lines = this.#terminal.buffer.active;
    for (let row = 0; row < this.#terminal.rows; row += 1) {
      if (lines.getLine(row)?.translateToString(true).trim()) {
        return true;
      }
    }
    return false;
  }

  // The window's edges go on in the colours of the rows beside them; what lies under a picture takes the colour
  // that most rows have.
  #takeBackground() {
    const colours = this.#rowColours();
    const edges = colours.join(" ");
    if (!colours.length || edges === this.#edges) {
      return;
    }
    this.#edges = edges;
    const screen = this.#host.querySelector(".xterm-screen").getBoundingClientRect();
    const height = screen.height / colours.length;
    const stops = colours.map((colour, row) => {
      const start = row === 0 ? 0 : screen.top + row * height;
      const end = row === colours.length - 1 ? window.innerHeight : screen.top + (row + 1) * height;
      return `${colour} ${start}px ${end}px`;
    });
    document.body.style.background = `linear-gradient(${stops.join(", ")})`;
    const ground = mostFrequent(colours);
    if (this.#terminal.options.theme.background !== ground) {
      this.#terminal.options.theme = { background: ground, foreground: FOREGROUND };
    }
  }

  #rowColours() {
    const lines = this.#terminal.buffer.active;
    const colours = [];
    for (let row = 0; row < this.#terminal.rows; row += 1) {
      const cell = lines.getLine(row)?.getCell(0);
      if (!cell?.isBgRGB()) {
        return [];
      }
      colours.push(`#${cell.getBgColor().toString(16).padStart(6, "0")}`);
    }
    return colours;
  }
}

function mostFrequent(values) {
  const counts = new Map();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
