// SPDX-License-Identifier: EUPL-1.2
// Reads a text of the page with a voice of the tablet itself. Without a French voice there, the button stays hidden:
// the mediator reads. A voice that works over the network is never taken: what it says would leave the place.
"use strict";

const speech = window.speechSynthesis;

function frenchVoice() {
  return speech.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith("fr"));
}

function sentencesOf(text) {
  return [...text.querySelectorAll("h1, h2, p, li")].map((line) => line.textContent.trim());
}

function prepare(button) {
  const text = document.getElementById(button.dataset.reads);
  const words = button.textContent;
  let reading = false;

  function over() {
    reading = false;
    button.textContent = words;
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    speech.cancel();
    if (reading) {
      over();
      return;
    }
    reading = true;
    button.textContent = button.dataset.stop;
    const sentences = sentencesOf(text);
    sentences.forEach((sentence, place) => {
      const said = new SpeechSynthesisUtterance(sentence);
      said.voice = frenchVoice();
      said.lang = "fr-FR";
      said.rate = 0.9;
      if (place === sentences.length - 1) {
        said.onend = over;
      }
      speech.speak(said);
    });
  });
}

function prepareAll() {
  if (frenchVoice()) {
    document.querySelectorAll(".read-aloud[hidden]").forEach(prepare);
  }
}

if (speech) {
  prepareAll();
  speech.addEventListener("voiceschanged", prepareAll);
  window.addEventListener("pagehide", () => speech.cancel());
}
