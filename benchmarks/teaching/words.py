# SPDX-License-Identifier: EUPL-1.2
"""Teaches what sentences mean, from how they are written, and writes the networks where the ear finds them.

    uv run --with scikit-learn python -m benchmarks.teaching.words          two minutes of one processor

The sentences are those of the networks of the sound (``sentences.py``), ``written.toml`` and ``authors.toml``; never
the parts that judge.
"""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from accessibility.listening.commands import COMMANDS
from accessibility.listening.word_meaning import FILE, WordMeaning, plainly
from benchmarks.teaching.sentences import taught, written

WIDTH = 256
NETWORKS = 3
ROUNDS = 40
"""How often each sentence is shown."""
KEPT_SMALL = 0.1
"""How much large numbers cost (the weight of the squares)."""
_AT_ONCE = 64


def main() -> None:
    """Teach them all."""
    learning: Any = importlib.import_module("sklearn.neural_network")
    sentences = sorted({(command, plainly(text)) for command, text in [*taught(), *written()]})
    model = WordMeaning()
    texts = [text for _, text in sentences]
    vectors = np.concatenate([model.vectors(texts[n : n + _AT_ONCE]) for n in range(0, len(texts), _AT_ONCE)])
    means = np.array([COMMANDS.index(command) if command else len(COMMANDS) for command, _ in sentences])
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0)
    kept: dict[str, Any] = {}
    for number in range(NETWORKS):
        network = learning.MLPClassifier((WIDTH,), alpha=KEPT_SMALL, max_iter=ROUNDS, random_state=number)
        network.fit((vectors - mean) / spread, means)
        (entry, answer), (entry_bias, answer_bias) = network.coefs_, network.intercepts_
        parts = {"mean": mean, "spread": spread, "entry": entry, "answer": answer}
        parts |= {"entry_bias": entry_bias, "answer_bias": answer_bias}
        kept |= {f"{number}.{name}": numbers.astype(np.float16) for name, numbers in parts.items()}
        print(f"{number + 1} / {NETWORKS}", flush=True)  # noqa: T201
    np.savez_compressed(FILE, **kept)
    print(f"{len(sentences)}")  # noqa: T201


if __name__ == "__main__":
    main()
