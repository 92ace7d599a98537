# SPDX-License-Identifier: EUPL-1.2
"""Teaches the networks what was looked at, and writes them where the ear finds them.

    uv run --with jax --with optax python -m benchmarks.teaching.teach           those that know nothing
    uv run --with jax --with optax python -m benchmarks.teaching.teach further   the same, from where these are

Each begins from other numbers, and sees the sentences in another order. Those that go on are kept after those from
which they went on, and both halves must agree afterwards (ADR 0186). The layers are those of
:mod:`accessibility.listening.second_opinion`, with what hinders learning by heart between them.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from accessibility.listening.commands import COMMANDS
from accessibility.listening.networks import networks
from accessibility.listening.second_opinion import FILE, LONGEST, REACHES
from benchmarks.teaching.look import seen
from benchmarks.teaching.say import asked_course

WIDTHS = (64, 64, 80)
"""Of each network."""
PACE = {"first": (3000, 2e-3), "further": (1800, 8e-4)}
"""Steps of each course, and how far the farthest of them goes."""
ATTENTIONS = 4
BATCH = 48
OTHERS = 8.0
"""How much oftener what is no command is shown than each command."""
_SCALE = ("mean", "spread")
_FRAME = 512
_ANSWERS = len(COMMANDS) + 1


def beginning(width: int, source: np.random.Generator) -> dict[str, Any]:
    """A network that knows nothing."""

    def drawn(*shape: int, by: float = 1.0) -> Any:
        return (by * source.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)

    network = {"entry": drawn(_FRAME, width), "entry_bias": np.zeros(width, np.float32)}
    for number in range(len(REACHES)):
        network[f"layer{number}"] = drawn(3 * width, width, by=0.7)
        network[f"layer{number}_bias"] = np.zeros(width, np.float32)
    network["attention"] = drawn(width, ATTENTIONS, by=0.1)
    network["answer"] = drawn(width * (ATTENTIONS + 1), _ANSWERS)
    network["answer_bias"] = np.zeros(_ANSWERS, np.float32)
    return network


def answers(network: Mapping[str, Any], frames: Any, there: Any, key: Any) -> Any:
    """As :func:`accessibility.listening.second_opinion.opinion`, many at once, with parts hidden at random."""
    jax: Any = importlib.import_module("jax")
    jnp, gelu = jax.numpy, jax.nn.gelu
    keys = jax.random.split(key, 5)

    def hidden_at_random(key: Any, x: Any, shape: tuple[int, ...], kept: float) -> Any:
        return x * jax.random.bernoulli(key, kept, shape) / kept

    x = hidden_at_random(keys[0], frames, frames.shape, 0.85) + 0.3 * jax.random.normal(keys[1], frames.shape)
    start = jax.random.randint(keys[2], (len(x), 1), 0, LONGEST)
    x = x * ~((jnp.arange(LONGEST) >= start) & (jnp.arange(LONGEST) < start + 4))[..., None]
    h = gelu(x @ network["entry"] + network["entry_bias"]) * there[..., None]
    h = hidden_at_random(keys[3], h, (len(h), 1, h.shape[2]), 0.85)
    for number, reach in enumerate(REACHES):
        wide = jnp.pad(h, ((0, 0), (reach, reach), (0, 0)))
        around = jnp.concatenate([wide[:, :LONGEST], h, wide[:, 2 * reach :]], axis=-1)
        h = (h + gelu(around @ network[f"layer{number}"] + network[f"layer{number}_bias"])) * there[..., None]
    looked_at = jax.nn.softmax(h @ network["attention"] + (there[..., None] - 1) * 1e9, axis=1)
    gathered = jnp.einsum("bta,bth->bah", looked_at, h).reshape(len(h), -1)
    gathered = jnp.concatenate([gathered, (h - (1 - there[..., None]) * 1e3).max(axis=1)], axis=-1)
    gathered = hidden_at_random(keys[4], gathered, gathered.shape, 0.7)
    return gathered @ network["answer"] + network["answer_bias"]


def taught(network: Any, course: str, seed: int, frames: Any, there: Any, means: Any) -> dict[str, Any]:
    """One network, taught what it did not know."""
    jax, optax = importlib.import_module("jax"), importlib.import_module("optax")
    source = np.random.default_rng(seed)
    steps, farthest = PACE[course]
    rate = optax.warmup_cosine_decay_schedule(0, farthest, 100, steps)
    rule = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=3e-2))
    state = rule.init(network)

    def loss(network: Any, x: Any, there: Any, y: Any, key: Any) -> Any:
        wanted = optax.smooth_labels(jax.nn.one_hot(y, _ANSWERS), 0.05)
        return optax.softmax_cross_entropy(answers(network, x, there, key), wanted).mean()

    def step(network: Any, state: Any, *shown: Any) -> Any:
        slope = jax.grad(loss)(network, *shown)
        change, state = rule.update(slope, state, network)
        return optax.apply_updates(network, change), state

    step = jax.jit(step)
    often = 1 / np.maximum(1, np.bincount(means, minlength=_ANSWERS))
    often[-1] *= OTHERS
    chances = often[means] / often[means].sum()
    key = jax.random.PRNGKey(seed)
    for _ in range(steps):
        rows = source.choice(len(means), BATCH, p=chances)
        key, now = jax.random.split(key)
        network, state = step(network, state, frames[rows].astype(np.float32), there[rows], means[rows], now)
    return {name: np.asarray(numbers) for name, numbers in network.items()}


def main() -> None:
    """Teach them all."""
    course = asked_course()
    looks = np.load(seen(course))
    means = np.array([COMMANDS.index(command) if command else len(COMMANDS) for command in looks["commands"]])
    kept: dict[str, Any] = {}
    place = 0
    if course == "first":
        some = looks["frames"][: 60 * 1500].astype(np.float32)
        scale = {"mean": some.mean(axis=0), "spread": some.std(axis=0) + 1e-3}
        begun = [scale | beginning(width, np.random.default_rng(seed)) for seed, width in enumerate(WIDTHS)]
    else:
        begun = [dict(network) for network in networks(FILE)[: len(WIDTHS)]]
        scale = {name: begun[0][name] for name in _SCALE}
        place = len(begun)
        kept = numbered(begun, 0)
    frames = np.zeros((len(means), LONGEST, _FRAME), np.float16)
    there = np.zeros((len(means), LONGEST), np.float32)
    for row, one in enumerate(np.split(looks["frames"], looks["ends"][:-1])):
        frames[row, : len(one)] = (one - scale["mean"]) / scale["spread"]
        there[row, : len(one)] = 1
    done: list[dict[str, Any]] = []
    for seed, network in enumerate(begun, place):
        changing = {name: numbers for name, numbers in network.items() if name not in _SCALE}
        done.append(scale | taught(changing, course, seed, frames, there, means))
        print(f"{len(done)} / {len(begun)}", flush=True)  # noqa: T201
    np.savez_compressed(FILE, **kept | numbered(done, place))


def numbered(some: Sequence[Mapping[str, Any]], first: int) -> dict[str, Any]:
    """Networks as they are kept, the first of them by this number."""
    return {
        f"{number}.{name}": numbers.astype(np.float16)
        for number, network in enumerate(some, first)
        for name, numbers in network.items()
    }


if __name__ == "__main__":
    main()
