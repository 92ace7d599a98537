# SPDX-License-Identifier: EUPL-1.2
"""Where certainty begins and ends: the numbers by which :mod:`accessibility.listening.understanding` judges."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """How doubt is reckoned, and where certainty begins and ends. Round numbers, chosen on the parts of
    ``benchmarks.listening_set`` that ``docs/mesures-ecoute.md`` names."""

    clear: float = 0.05
    """Doubt up to which a phrase is clear."""
    unsure: float = 0.22
    """Doubt up to which a phrase is asked back; beyond, it is rejected."""
    unsure_likely: float = 0.35
    """The same for a phrase that the engine, asked about it, finds likely."""
    margin: float = 1.0
    """How much each step by which the second phrase is farther takes away from doubt …"""
    margin_most: float = 0.2
    """… as long as it is not farther than this."""
    improbable: float = 0.3
    """What each unit of log probability below ``probable`` adds to doubt."""
    probable: float = -0.3
    other_words: float = 2.0
    """Times the distance and what the log probability is above ``certain``: an engine that is sure of its words is sure
    that they are not quite the phrase's."""
    certain: float = -0.4
    far: float = 0.36
    """The distance beyond which nothing is accepted, however far the second phrase is."""
    peeled: float = 0.15
    """By what share each small word taken off makes a distance longer: little is left to be alike."""
    disagreement: float = 0.2
    """What it adds to doubt that the phrase is not the nearest both to what was heard when told and to what was heard
    freely."""
    short: float = 0.15
    """What a phrase of no sound would add to doubt; it falls to nothing for one of ``long`` sounds."""
    long: int = 6
    noise: float = 0.04
    """What each decibel by which the voice is less than ``quiet`` above the noise adds to doubt: out of noise the model
    makes ordinary phrases ("C'est bon."), and is sure of them."""
    quiet: float = 20.0
    like: float = 0.7
    """How likely a command is to be by its sound, for words that were refused to be asked back as it …"""
    like_agreed: float = 0.4
    """… and where they are near to it as well: this far at most …"""
    near: float = 0.4
    lost: float = -0.25
    """… or else the log probability of the words, at most: surer of them, the engine has not lost them."""
    like_instead: float = 0.5
    """How likely a command is to be by its sound, to be asked instead of one whose own share …"""
    nothing_like: float = 0.03
    """… is below this."""
    unlike: float = 0.15
    """How likely by its sound a command is not done any more, but asked where its words are sure, and else refused."""
    thought_of: float = 0.25
    """How likely its sound has to make a command for it to be what was meant, whatever the words."""
    meant: float = 0.85
    """How likely the sound and the meaning of the words make a command together, for refused words to be asked back as
    it; …"""
    meant_surely: float = 0.95
    """… the same where the sound alone makes it less likely than …"""
    half: float = 0.5
    """… this; and, as :func:`in_noise`, where the voice is less than ``quiet`` above the noise, but at least …"""
    noisy: float = 10.0
    """… so many decibels; …"""
    meant_words: int = 12
    """… no more words than these, as no command known is said in so many; …"""
    sound: float = 0.5
    """… how much the sound counts of it, the meaning of the words being 1; …"""
    least: float = 1e-3
    """… and how likely the sound makes whatever it does not think of."""
    behind: float = 0.5
    """What each unit of log probability by which an alternative is behind the best transcript adds to distance."""
    step: float = 0.15
    """How far each alternative is taken to be behind the one before it, when it is not known."""
    absent: float = 0.8
    """The distance of a phrase that no transcript is anything like."""
    told_least: float = 0.4
    told_most: float = 0.85
    told_at_even: float = -0.9
    told_slope: float = 0.75
    """Share of what was heard when told the words, by its log probability; the rest is what was heard freely."""


LIMITS = Limits()
BY_TELEPHONE = replace(LIMITS, like=0.9, unlike=0.25, thought_of=0.5)
"""Where half of the voice is missing (:func:`accessibility.listening.clarity.narrow`): the networks that judge a sound
were taught with all of it, and have to be surer."""


def in_noise(limits: Limits) -> Limits:
    """The same where the voice is less than ``quiet`` above the noise: neither sound nor words are believed alone."""
    return replace(limits, thought_of=limits.half, meant=limits.meant_surely)
