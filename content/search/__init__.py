# SPDX-License-Identifier: EUPL-1.2
"""Finding what a person wants from what they say.

``folding`` makes words that can be compared, ``sounds`` says what they sound like, ``meanings`` which mean the same,
``senses`` which mean something else here; ``index`` compares a sentence with every way of asking; ``weighing`` says
what that is worth; ``contrasts`` leaves out what is set aside, ``stories`` reads what is long part by part; ``finder``
answers.
"""

from content.search.finder import Answer, Finder, Kind, Match, finder_of

__all__ = ["Answer", "Finder", "Kind", "Match", "finder_of"]
