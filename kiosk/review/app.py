# SPDX-License-Identifier: EUPL-1.2
"""The review on the screen of a terminal: five tables and drawings of a period, and what stands behind their lines."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Footer, Static, TabbedContent, TabPane

from accessibility.comfort import Contrast
from assist.server.review.asked import Asked, read
from assist.server.starting import CannotServe
from content.model import Catalogue
from kiosk.review import opened, sheets
from kiosk.review.filters import Filters, next_period
from kiosk.review.opened_screen import OpenedScreen
from kiosk.review.plots import Drawing, Standing
from kiosk.review.reader import Reader
from kiosk.review.sentences import Sentences
from kiosk.review.table import SheetView
from kiosk.review.view import Overview
from kiosk.themes.palettes import PALETTES, theme, variables
from printouts.charts.model import Columns

if TYPE_CHECKING:
    from kiosk.review.opened_screen import Question

TABS = {
    "figures": "Chiffres",
    "charts": "Dessins",
    "procedures": "Démarches",
    "visits": "Passages",
    "machines": "Bornes",
}
_TALL = 34
"""Lines of a terminal from which the drawing of who came stands under the figures."""


class ReviewApp(App[None], inherit_bindings=False):
    """Asks ``reader`` what ``asked`` asks for, and shows it.

    Args:
        place: Of what the figures are, in French.
    """

    CSS_PATH: ClassVar = Path(__file__).parent / "review.tcss"
    TITLE = "Revue"
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (_TALL, "-tall")]  # noqa: RUF012 - the toolkit's own is no ClassVar
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(f"{number}", f"tab('{id_}')", show=False) for number, id_ in enumerate(TABS, 1)),
        Binding("p", "period", "Période"),
        Binding("f", "filters", "Filtres"),
        Binding("r", "read", "Relire"),
        Binding("c", "colours", "Couleurs"),
        Binding("q", "quit", "Quitter"),
        Binding("ctrl+c,ctrl+q", "quit", show=False),
    ]

    def __init__(self, reader: Reader, asked: Asked, procedures: Catalogue, place: str) -> None:
        super().__init__()
        self._reader, self._procedures, self._place = reader, procedures, place
        self.asked = asked
        self.overview: Overview | None = None
        for contrast in Contrast:
            self.register_theme(theme(contrast))
        self.theme = Contrast.NIGHT.value

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables(PALETTES[Contrast.NIGHT])

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static(f"Revue. {self._place}", id="place", markup=False)
            yield Static("", id="state", markup=False)
        yield Sentences(id="question")
        yield Sentences(id="wrong", classes="nothing")
        with TabbedContent():
            for number, (id_, name) in enumerate(TABS.items(), 1):
                with TabPane(f"{number} {name}", id=id_):
                    if id_ == "charts":
                        yield VerticalScroll(id="drawings")
                    else:
                        yield SheetView()
                    if id_ == "figures":
                        with Vertical(id="came", classes="nothing"):
                            yield Sentences()
                            yield Standing()
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.action_read()

    def action_read(self) -> None:
        """Ask again."""
        self.screen_stack[0].query_one("#state", Static).update("Lecture…")
        self.run_worker(self._read(), exclusive=True, group="read")

    async def _read(self) -> None:
        state = self.screen_stack[0].query_one("#state", Static)
        asking = partial(sheets.overview, asked=self.asked, procedures=self._procedures)
        try:
            self.overview = await self._reader.ask(asking)
            if isinstance(self.screen, OpenedScreen):
                await self.screen.read()
        except CannotServe as fault:
            self.tell(f"{fault}")
            return
        finally:
            state.update("")
        self.tell("")
        await self._show(self.overview)

    def tell(self, wrong: str) -> None:
        """Say what is wrong, until the next reading that is well; "" when nothing is."""
        line = self.screen_stack[0].query_one("#wrong", Sentences)
        line.update(f"✖ {wrong}")
        line.set_class(not wrong, "nothing")
        if wrong and isinstance(self.screen, OpenedScreen):
            self.screen.dismiss()

    async def _show(self, overview: Overview) -> None:
        first = self.screen_stack[0]
        first.query_one("#question", Sentences).update(overview.question)
        for id_ in ("figures", "procedures", "visits", "machines"):
            first.query_one(f"#{id_} SheetView", SheetView).show(getattr(overview, id_))
        drawings = first.query_one("#drawings", VerticalScroll)
        with self.batch_update():
            await drawings.remove_children()
            nothing = [Sentences("Rien à dessiner pour cette période.")]
            await drawings.mount(*([Drawing(chart) for chart in overview.charts] or nothing))
        came = next((chart for chart in overview.charts if isinstance(chart, Columns)), None)
        below = first.query_one("#came", Vertical)
        below.set_class(came is None, "nothing")
        if came is not None:
            below.query_one(Sentences).update(f"{came.title}. {came.sentence}")
            below.query_one(Standing).show(came)

    def on_tabbed_content_tab_activated(self, event: TabbedContent.TabActivated) -> None:
        pane = event.pane
        for view in pane.query(SheetView):
            view.lines.focus()
        for scroll in pane.query("#drawings"):
            scroll.focus()

    def action_tab(self, id_: str) -> None:
        """Go to a tab."""
        self.query_one(TabbedContent).active = id_

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return len(self.screen_stack) == 1 if action == "tab" else True

    def action_period(self) -> None:
        """The next of the usual periods."""
        self._ask(next_period(self.asked))

    def action_filters(self) -> None:
        """Choose what narrows the figures."""
        if self.overview is not None:
            self.push_screen(Filters(self.overview, sheets.titles_of(self._procedures)), self._ask)

    def _ask(self, query: dict[str, str] | None) -> None:
        if query is None:
            return
        asked = read(query, datetime.now(UTC))
        if asked.wrong:
            self.tell(f"{asked.wrong} Rien n'a changé.")
            return
        self.asked = asked
        self.action_read()

    def action_colours(self) -> None:
        """The next of the four sets of colours."""
        themes = [contrast.value for contrast in Contrast]
        self.theme = themes[(themes.index(self.theme) + 1) % len(themes)]
        for plot in self.screen_stack[0].query(Standing):
            plot.repaint()

    def on_sheet_view_opened(self, event: SheetView.Opened) -> None:
        if not event.line.opens:
            return
        question: Question
        if event.view.sheet is self.overview.procedures if self.overview else False:
            question = lambda transaction: opened.procedure(  # noqa: E731 - asked again when the period changes
                transaction, self.asked, event.line.opens, self._procedures
            )
        else:
            question = partial(opened.session, id_=event.line.opens, procedures=self._procedures)
        self.push_screen(OpenedScreen(self._reader, question, self.tell))

    def on_sheet_view_more(self, event: SheetView.More) -> None:
        self.run_worker(self._more(), exclusive=True, group="more")

    async def _more(self) -> None:
        view = self.screen_stack[0].query_one("#visits SheetView", SheetView)
        if view.sheet is None or not view.sheet.more:
            return
        titles = sheets.titles_of(self._procedures)
        asking = partial(sheets.visits, asked=self.asked, titles=titles, after=view.sheet.more)
        try:
            view.add(await self._reader.ask(asking))
        except CannotServe as fault:
            self.tell(f"{fault}")
