# SPDX-License-Identifier: EUPL-1.2
"""How the networks of ``accessibility/listening/second_opinion.npz`` are taught again (ADR 0176).

    kiosk voice install kokoro-82m kokoro-teaching-voices whisper-base
    python -m benchmarks.teaching.say              sentences said by made-up voices: an hour and a half of two cores
    python -m benchmarks.teaching.look             what the ear's model makes of each: a quarter of an hour
    uv run --with jax --with optax python -m benchmarks.teaching.teach
                                                   the networks, in place: half an hour
    … say further, look further, teach further     half of them go on with what other authors would say (ADR 0186)
    python -m benchmarks.teaching.unseen           what the whole ear then makes of sentences kept out of it

What is made on the way is kept in a temporary folder. No recording of a person is used, and no text that anybody said.
"""
