# SPDX-License-Identifier: EUPL-1.2
"""Every text that the kiosk itself says or shows, a field a text. :mod:`kiosk.words` has them in each language.

``…_also`` are other ways of saying an answer aloud. ``{…}`` are filled in by whoever uses the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assist.session.commands import PrintStatus

Ways = tuple[str, ...]
"""Other ways of saying something aloud, or several sentences in their order."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Words:
    """The texts of one language: short, polite, without blame; one word for one thing."""

    language: str
    """The code of this language, as in :data:`kiosk.words.LANGUAGES`."""

    # How pieces are put together

    named: str
    """A heading before what it names."""
    answer_read: str
    """An answer as the voice reads it: the number that is its key, then its label."""
    page_of: str
    step_number: str
    """Where one is in a list of pages or steps."""
    continued: str
    """After the heading of a row that goes on over a new page."""

    # The welcome

    house_and_credit: str
    """The head of the welcome: the credit that the licence of the pictograms asks for (docs/licences.md)."""
    greeting: Ways
    start: str
    start_also: Ways
    letters: str
    """Names the row of text sizes."""
    colours: str
    day: str
    night: str
    yellow: str
    cream: str
    voice: str
    """Names the row of voices."""
    voice_slow: str
    voice_normal: str
    voice_none: str

    # "Que voulez-vous faire ?"

    what: str
    what_say: Ways
    someone: str
    someone_also: Ways
    themes: Mapping[str, str]
    """Theme code -> its short name."""
    write: str
    search: str
    search_say: str
    nothing_found: str

    # Steps

    next: str
    next_also: Ways
    unknown: str
    unknown_also: Ways
    have: str
    have_also: Ways
    missing: str
    missing_also: Ways
    what_is_it: str
    what_is_it_also: Ways
    done: str
    done_also: Ways
    stuck: str
    stuck_also: Ways
    document_say: str
    phone: str
    """A phone number after its name."""

    # Typing

    correct: str
    submit: str
    space: str
    write_answer: str
    write_number: str
    write_number_between: str
    write_number_at_least: str
    write_number_at_most: str
    date_order: str
    """Wherever a date is asked for, before anything is typed or said."""
    write_date: str
    write_past_day: str
    write_date_after: str
    write_date_before: str
    not_a_day: str
    date_example: str
    """After two dates that are none."""
    ask_someone: str
    """After two answers that are none."""

    # The road map

    road_map: str
    print: str
    print_also: Ways
    print_again: str
    listen_again: str
    listen_again_also: Ways
    finish: str
    finish_also: Ways
    row_do: str
    row_bring: str
    row_where: str
    row_cost: str
    row_deadline: str
    row_contact: str
    has_it: str
    lacks_it: str
    details: str
    """Heads what the paper says besides the road map; the rows that follow are its parts."""
    details_more: str
    details_more_also: Ways
    details_less: str
    row_find: str
    row_places: str
    row_paper: str
    row_here: str
    number_on_paper: str
    """Instead of the number of the paper, which is said to headphones only, once it is printed."""

    # The end

    rate: str
    rate_say: Ways
    happy: str
    happy_also: Ways
    neutral: str
    neutral_also: Ways
    unhappy: str
    unhappy_also: Ways
    skip: str
    skip_also: Ways
    goodbye: str
    goodbye_done: Ways
    goodbye_wiped: Ways
    goodbye_paper: str

    # What comes over a step

    erase: str
    erase_say: Ways
    erase_yes: str
    erase_no: str
    erase_no_also: Ways
    idle: str
    idle_say: Ways
    idle_yes: str
    idle_yes_also: Ways
    idle_more: str
    idle_more_also: Ways
    pause: str
    pause_say: Ways
    resume: str
    resume_also: Ways
    help: str
    help_someone: str
    help_known: str
    help_stays: str
    help_wait: str
    help_phone: str
    help_continue: str
    help_continue_also: Ways
    help_cancel: str
    help_cancel_also: Ways

    # The tools and the voice

    tool_back: str
    tool_repeat: str
    tool_help: str
    tool_difficulty: str
    tool_erase: str
    the_voice: str
    """The title of the small screen of the voice."""
    with_voice: str
    without_voice: str
    louder: str
    softer: str
    faster: str
    slower: str
    close: str
    speaking: str
    muted: str
    voice_sample: str

    # Passing words

    difficulty_noted: str
    help_coming: str
    no_journal: str
    lab: str
    """The texts are drafts, tried with volunteers."""
    printing: str
    print_outcomes: Mapping[PrintStatus, str]
    another_paper: str
    """Where none is offered any more."""

    # Trouble

    trouble: str
    trouble_say: Ways
    trouble_ask: str
    trouble_anyone: str
    trouble_call: str
