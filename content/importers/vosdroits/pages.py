# SPDX-License-Identifier: EUPL-1.2
"""The text of a sheet becomes screens that a person can hear: a few sentences each, a question where cases part, and
at each chapter the choice to read it, to pass over it, or to go to the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from content.importers.vosdroits import publications as p
from content.importers.vosdroits import wording as w
from content.importers.vosdroits.chain import Chain, Guard
from content.importers.vosdroits.cleaning import closed, ended, sentences, shortened
from content.importers.vosdroits.draft import END, Answer, Draft, noted, question, rows_said
from content.importers.vosdroits.logic import ALWAYS, NEVER, any_of, negated
from content.importers.vosdroits.road import Road, part_of
from content.model import AnswerIs, Choice, Condition, OfficialSheet, Section, Step, StepKind

PAGE_SENTENCES = 4
PAGE_SIGNS = 330
"""About what one screen of 100 columns shows at the usual size, and what a voice says in half a minute."""
TITLE = 60


class SheetPages:
    """Puts one sheet on a chain, and its road map beside."""

    def __init__(
        self, draft: Draft, chain: Chain, sheet: OfficialSheet, terms: Mapping[str, p.Term], road: Road
    ) -> None:
        self._draft = draft
        self._chain = chain
        self._sheet = sheet
        self._terms = terms
        self._road = road
        self._said: list[str] = []
        self._explained: dict[str, None] = {}
        self._part: Section | None = None
        self._list = ""
        """Title of the chapter of documents under way."""

    def put(self, blocks: Sequence[p.Block], guard: Guard, title: str) -> None:
        """``blocks``, met when ``guard`` holds, under ``title``."""
        self._blocks(blocks, guard, title, gated=True)
        self._flush(guard, title)

    def _blocks(self, blocks: Sequence[p.Block], guard: Guard, title: str, *, gated: bool) -> None:
        for block in blocks:
            match block:
                case p.Paragraph(text, terms):
                    self._say(sentences(ended(text)), terms)
                    self._road.add(block, guard, self._part)
                case p.Items(items):
                    self._items(items, guard, title)
                case p.Table():
                    self._say(rows_said(block))
                    self._road.add(block, guard, self._part)
                case p.Note(_, named, inner, when):
                    self._apart(block, when, guard, title, noted(named, inner))
                case p.Service() | p.Office():
                    self._apart(block, block.when, guard, title, self._road.said_of(block))
                case p.Fragment(inner, when):
                    self._under(when, guard, title, inner, gated=gated)
                case p.Chapter(_, _, _, when):
                    self._flush(guard, title)
                    if (more := self._and(guard, when)) is not None:
                        self._chapter(block, more, gated=gated)
                case p.Cases(cases):
                    self._flush(guard, title)
                    self._cases(cases, guard, title, gated=gated)

    def _and(self, guard: Guard, when: p.Test | None) -> Guard | None:
        """``guard`` and ``when``; None when they never hold here."""
        held = self._draft.variables.holds(when)
        if held == NEVER:
            return None
        return guard if held == ALWAYS else (*guard, held)

    def _under(self, when: p.Test | None, guard: Guard, title: str, blocks: Sequence[p.Block], *, gated: bool) -> None:
        more = self._and(guard, when)
        if more is None:
            return
        if more is not guard:
            self._flush(guard, title)
        self._blocks(blocks, more, title, gated=gated)
        if more is not guard:
            self._flush(more, title)

    def _apart(self, block: p.Block, when: p.Test | None, guard: Guard, title: str, lines: Sequence[str]) -> None:
        more = self._and(guard, when)
        if more is not None:
            self._road.add(block, more, self._part)
            self._say_under(more, guard, title, lines)

    def _say_under(
        self, more: Guard, guard: Guard, title: str, lines: Sequence[str], terms: Sequence[str] = ()
    ) -> None:
        """``lines``, on a screen of their own when they are not for everybody who meets ``guard``."""
        if more is not guard:
            self._flush(guard, title)
        self._say(lines, terms)
        if more is not guard:
            self._flush(more, title)

    def _items(self, items: Sequence[p.Item], guard: Guard, title: str) -> None:
        for item in items:
            paragraphs = [block for block in item.blocks if isinstance(block, p.Paragraph)]
            if len(paragraphs) < len(item.blocks):
                if (inside := self._and(guard, item.when)) is not None and paragraphs:
                    self._road.item(" ".join(paragraph.text for paragraph in paragraphs), inside, self._part)
                self._under(item.when, guard, title, item.blocks, gated=False)
                continue
            more = self._and(guard, item.when)
            if more is None:
                continue
            text = " ".join(paragraph.text for paragraph in paragraphs)
            terms = [term for paragraph in paragraphs for term in paragraph.terms]
            self._road.item(text, more, self._part)
            self._say_under(more, guard, title, sentences(closed(text)), terms)

    # Chapters

    def _chapter(self, chapter: p.Chapter, guard: Guard, *, gated: bool) -> None:
        """A chapter of one screen is read at once; a longer one first asks whether to read it."""
        inside = Chain()
        mine, self._chain = self._chain, inside
        above, self._part = self._part, part_of(chapter, self._part)
        self._road.opens()
        title = shortened(chapter.title, TITLE) or shortened(self._sheet.title, TITLE)
        if self._part is Section.BRING and above is not Section.BRING:
            self._list = title
        self._blocks(chapter.blocks, guard, title, gated=False)
        self._flush(guard, title)
        self._chain, self._part = mine, above
        if gated and len(inside.links) > 1:
            gate = mine.add(self._gate(title), guard)
            mine.links += inside.links
            mine.links[gate].jump = ("passer", len(mine.links))
        else:
            mine.links += inside.links

    def _gate(self, title: str) -> Step:
        choices = (
            Choice("lire", w.READ, "book", w.READ_ALSO),
            Choice("passer", w.SKIP, "next", w.SKIP_ALSO),
            Choice("resume", w.FINISH, "road-map", w.FINISH_ALSO, END),
        )
        return Step(self._draft.name("p"), StepKind.CHOOSE, "", title, (w.GATE,), choices=choices, sheet=self._sheet)

    # Cases

    def _cases(self, cases: Sequence[p.Case], guard: Guard, title: str, *, gated: bool) -> None:
        """Those that the answers select are read. When no answer says anything of them, the person is asked."""
        variables = self._draft.variables
        cases = [replace(case, when=_implied(case)) for case in cases]
        tests = [case.when for case in cases if case.when is not None]
        decided = variables.decided(tests) if tests else NEVER
        asked: Sequence[AnswerIs | None] = [None] * len(cases)
        if decided != ALWAYS:
            undecided = guard if decided == NEVER else (*guard, negated(decided))
            asked = self._ask(cases, undecided, title)
        every = [self._shown(case, decided, answer) for case, answer in zip(cases, asked, strict=True)]
        if self._part is Section.BRING:
            self._road.depends(self._list or title, (*guard, negated(any_of(every))))
        for case, shown in zip(cases, every, strict=True):
            if shown == NEVER:
                continue
            more = guard if shown == ALWAYS else (*guard, shown)
            named = shortened(case.title, TITLE) or title
            self._blocks(case.blocks, more, named, gated=gated)
            self._flush(more, named)

    def _shown(self, case: p.Case, decided: Condition, answer: AnswerIs | None) -> Condition:
        """Selected by the answers (a case without a condition always is, once they are known), or chosen here."""
        by_answers = decided if case.when is None else self._draft.variables.holds(case.when)
        return any_of([by_answers, *([answer] if answer else [])])

    def _ask(self, cases: Sequence[p.Case], guard: Guard, title: str) -> Sequence[AnswerIs]:
        """Ask which case; what is answered also sets the variables of that case: it is not asked again."""
        answers = [Answer(case.title or f"{n}") for n, case in enumerate(cases, 1)]
        steps, found = question(self._draft, w.YOUR_CASE, (closed(title),), answers, sheet=self._sheet)
        first, *more = steps
        self._chain.add(replace(first, may_not_know=not more), guard)
        for before, step in zip(steps, more, strict=False):
            reached = AnswerIs(before.id, ("autre",))
            self._chain.add(step, (*guard, reached))
        for case, answer in zip(cases, found, strict=True):
            if isinstance(case.when, p.IsTrue):
                self._draft.variables.assign(answer, (case.when.variable,))
        return found

    # Screens

    def _say(self, lines: Sequence[str], terms: Sequence[str] = ()) -> None:
        self._said += lines
        self._explain(terms)

    def _explain(self, terms: Sequence[str]) -> None:
        self._explained |= dict.fromkeys(terms)

    def _flush(self, guard: Guard, title: str) -> None:
        """What was said so far becomes screens."""
        lines, self._said = self._said, []
        terms, self._explained = tuple(self._explained), {}
        for page in grouped(lines):
            text = " ".join(page).casefold()
            explained = [self._terms[name] for name in terms if name in self._terms]
            named = [term for term in explained if term.title.casefold()[:6] in text] or (
                explained if page is lines else []
            )
            explain = tuple(line for term in named[:3] for line in sentences(f"{term.title}\u00a0: {term.text}"))
            self._chain.add(self._screen(title, page, explain), guard)

    def _screen(self, title: str, lines: Sequence[str], explain: Sequence[str]) -> Step:
        return Step(
            self._draft.name("t"),
            StepKind.SAY,
            "",
            shortened(title, TITLE),
            tuple(lines),
            tuple(explain),
            sheet=self._sheet,
        )


def _implied(case: p.Case) -> p.Test | None:
    """When a case is selected: by its own condition, or when all of it stands under conditions, by one of these."""
    fragments = [block.when for block in case.blocks if isinstance(block, p.Fragment) and block.when is not None]
    if case.when is not None or not fragments or len(fragments) < len(case.blocks):
        return case.when
    return p.Some(tuple(dict.fromkeys(fragments)))


def grouped(lines: Sequence[str]) -> list[list[str]]:
    """Sentences together on a screen, as long as they fit; one that is longer stands alone."""
    pages: list[list[str]] = []
    size = 0
    for number, line in enumerate(lines):
        # A last short sentence does not stand alone on a screen.
        most = PAGE_SENTENCES + (number == len(lines) - 1)
        if not pages or len(pages[-1]) >= most or size + len(line) > PAGE_SIGNS:
            pages.append([])
            size = 0
        pages[-1].append(line)
        size += len(line)
    return pages
