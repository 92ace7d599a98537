// SPDX-License-Identifier: EUPL-1.2
// What is shown when the app is not: one title, one sentence. Nobody has chosen a language yet: French, then English.

const WORDS = {
  starting: { fr: ["Un instant…", "La borne se prépare."], en: ["One moment…", "The kiosk is getting ready."] },
  restarting: {
    fr: ["La borne redémarre…", "Attendez quelques secondes."],
    en: ["The kiosk is starting again…", "Wait a few seconds."],
  },
  trouble: {
    fr: ["La borne a un problème.", "Demandez de l’aide à l’accueil.", "Technicien : lancez « kiosk doctor »."],
    en: ["This kiosk has a problem.", "Ask for help at the front desk."],
  },
  busy: {
    fr: ["La borne est déjà ouverte dans une autre fenêtre.", "Fermez cette fenêtre."],
    en: ["The kiosk is already open in another window.", "Close this window."],
  },
};

const veil = document.getElementById("veil");

export function showVeil(condition) {
  const lines = Object.entries(WORDS[condition] ?? WORDS.restarting).flatMap(([language, [title, ...sentences]]) => [
    written("h1", title, language),
    ...sentences.map((sentence) => written("p", sentence, language)),
  ]);
  veil.dataset.condition = condition;
  veil.replaceChildren(...lines);
  veil.hidden = false;
}

function written(kind, text, language) {
  const line = document.createElement(kind);
  line.textContent = text;
  line.lang = language;
  return line;
}

export function hideVeil() {
  veil.hidden = true;
}
