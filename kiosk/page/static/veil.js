// SPDX-License-Identifier: EUPL-1.2
// What is shown when the app is not: one title, one sentence.

const WORDS = {
  starting: ["Un instant…", "La borne se prépare."],
  restarting: ["La borne redémarre…", "Attendez quelques secondes."],
  trouble: ["La borne a un problème.", "Demandez de l’aide à l’accueil.", "Technicien : lancez « kiosk doctor »."],
  busy: ["La borne est déjà ouverte dans une autre fenêtre.", "Fermez cette fenêtre."],
};

const veil = document.getElementById("veil");

export function showVeil(condition) {
  const [title, ...sentences] = WORDS[condition] ?? WORDS.restarting;
  const heading = document.createElement("h1");
  heading.textContent = title;
  const lines = sentences.map((sentence) => {
    const line = document.createElement("p");
    line.textContent = sentence;
    return line;
  });
  veil.dataset.condition = condition;
  veil.replaceChildren(heading, ...lines);
  veil.hidden = false;
}

export function hideVeil() {
  veil.hidden = true;
}
