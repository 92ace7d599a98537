# SPDX-License-Identifier: EUPL-1.2
"""How the one screen is painted: header, scene, notice and tools, always in the same places."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual._arrange import arrange
from textual.app import ComposeResult
from textual.geometry import Size
from textual.layout import DockArrangeResult, Layout
from textual.strip import Strip
from textual.widget import Widget

from accessibility.comfort import Comfort
from kiosk.layout import Box, Glass, forget_measures, wrap
from kiosk.passing import help_ended
from kiosk.screens.cast import scene_class
from kiosk.screens.frame_band import FrameBand
from kiosk.screens.frame_plan import FramePlan, frame
from kiosk.screens.items import (
    Action,
    Band,
    Button,
    Close,
    Line,
    OpenModes,
    OpenVoice,
    Page,
    ReadAgain,
    Role,
    SetComfort,
    Target,
    Tone,
    Words,
)
from kiosk.screens.pointing import page_of, pointed
from kiosk.screens.prompts import Room
from kiosk.screens.scene import Scene
from kiosk.themes.looks import style
from kiosk.themes.palettes import Palette
from kiosk.view import EarSign, StepView, ViewKind
from kiosk.widgets.boxes import Boxes
from kiosk.widgets.header import Header
from kiosk.widgets.painted import Painted, filled
from kiosk.widgets.stagehands import Stagehands
from kiosk.widgets.target import TargetView
from kiosk.widgets.words import WordsView
from kiosk.words import words_in

if TYPE_CHECKING:
    from kiosk.app import KioskApp
    from kiosk.widgets.curtain import Curtain

_OVER = frozenset({ViewKind.HELP, ViewKind.CONSENT, ViewKind.ERASE, ViewKind.IDLE, ViewKind.PAUSE})
_SIGNING = frozenset({ViewKind.MANDATE, ViewKind.IDENTITY})
_SYMBOLS = ("◀", "↻", "☺", "!", "✖")
COMFORT = (("size", "Aa"), ("contrast", "◐"), ("voice", "♪"))


class Ground(Painted):
    """The ground of the tools."""

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        return [filled(width, style(palette.ink, palette.band))] * height


class FramePainting(FrameBand, inherit_bindings=False):
    """Paints views. What is pressed is the affair of :class:`kiosk.screens.frame.Frame`."""

    BINDINGS: ClassVar = []
    AUTO_FOCUS: ClassVar = ""  # The first key shows where the focus is; before, nothing looks chosen.
    app: KioskApp
    _focus_first = False

    def __init__(self) -> None:
        super().__init__()
        self._boxes = Boxes()
        self._view: StepView | None = None
        self._scene = Scene(self)
        self._kept: dict[int, tuple[tuple[object, ...], Scene]] = {}
        """Depth -> the scene of what lies there, under what is shown."""
        self._small: Scene | None = None
        self._identity: tuple[object, ...] = ()
        self._pages: tuple[Page, ...] = ()
        self._targets: list[TargetView] = []
        self._by_key = False
        self._painted_at = 0.0
        self._new_at = 0.0
        """When something new was last painted: a view with another key, or another page of it."""
        self._moved = False
        self._pressed = ""
        """The control that asked for another comfort, until it is laid out again."""
        self._ear = EarSign()
        self._curtain: Curtain | None = None

    # What scenes see

    @property
    def view(self) -> StepView:
        return self._view or self.app.dialogue.view

    @property
    def comfort(self) -> Comfort:
        return self.app.dialogue.comfort

    @property
    def listens(self) -> bool:
        return self.app.settings.listening.engine != "none"

    @property
    def layout(self) -> Layout:
        return self._boxes

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Never from the toolkit's cache: it does not see boxes change."""
        return arrange(self, self._nodes, size, self.size, optimal=optimal)

    def compose(self) -> ComposeResult:
        pictures = self.app.pictures
        self._hands = Stagehands(self._boxes, pictures)
        self._voiced = self.app.settings.voice.engine != "none"
        self._header = Header(pictures, voiced=self._voiced)
        self._ground = Ground()
        self._notice = WordsView(pictures, notice=True)
        self._tools: list[TargetView] = []
        view = self.app.dialogue.view
        self._identity, self._view = _identity(view), view
        self._scene = scene_class(view.kind)(self)
        # Laid out at once for the size the terminal tells, so that the first words need no second round.
        fresh = self._lay_out(Size(*self.app.size))
        yield self._header
        yield self._ground
        yield self._notice
        yield from fresh
        yield from self._tools

    def on_mount(self) -> None:
        self.set_interval(0.2, self._show_head)

    def on_resize(self, event: events.Resize) -> None:
        self.repaint()

    # Painting

    async def paint(self, view: StepView) -> None:
        """Show ``view``: a new scene when the person meets something new, the same one otherwise."""
        identity = _identity(view)
        if identity != self._identity:
            await self._change_scene(view, identity)
        before, new = self.view, not same_moment(self.view, view)
        self._view = view
        if ended := help_ended(before, view):
            self.show_band(Band(ended))
        self.repaint()
        if view.pointed != before.pointed and (page := page_of(self._pages, view.pointed)) not in (
            None,
            self._scene.page,
        ):
            self._scene.page, new = page, True
            self.repaint()
        if new:
            self._new_at = time.monotonic()

    def keep_in_sight(self, action: Action) -> None:
        """Larger letters make more pages: whoever chose them sees the page of what was pressed."""
        targets = (item for page in self._pages for item in page if isinstance(item, Target))
        self._pressed = next((target.button.id for target in targets if target.button.action == action), "")

    def _turn_to(self, option: str) -> bool:
        """Show the page where the card of ``option`` stands. True when it was not the present one."""
        page = page_of(self._pages, option)
        if page is None or page == self._scene.page:
            return False
        self._scene.page = page
        self.repaint()
        return True

    async def _change_scene(self, view: StepView, identity: tuple[object, ...]) -> None:
        before = self.view
        if view.kind in (ViewKind.WELCOME, ViewKind.GOODBYE) and (view.kind, view.visit) != (before.kind, before.visit):
            self._kept = {}
            self.end_band()
            self.forget_spoken()
            await self._wipe()
        if before.kind in _SIGNING and before.sensitive:
            forget_measures()  # What she wrote of herself stays nowhere, not even as lengths of words.
        depth, left = _depth(view.kind), _depth(before.kind)
        if depth > left and self._identity:
            self._kept[left] = (self._identity, self._scene)  # What was being typed waits behind.
        known, scene = self._kept.get(depth, (None, self._scene))
        self._kept = {level: kept for level, kept in self._kept.items() if level < depth}
        self._scene = scene if known == identity else scene_class(view.kind)(self)
        self._small = None
        self._identity = identity
        self._painted_at = time.monotonic()
        self._focus_first = True

    async def _wipe(self) -> None:
        """Throw away every widget that showed something of the person."""
        self.set_focus(None)
        self._targets = []
        gone = self._hands.dismiss()
        if gone:
            await self.remove_children(gone)
        forget_measures()

    def repaint(self) -> None:
        """Lay out the view for the present size and show its present page."""
        if self._view is None or not self.size.width:
            return
        fresh = self._lay_out(self.size)
        if fresh:
            self.mount(*fresh)
        if self._moved or fresh:
            self.refresh(layout=True, repaint=False)

    def _lay_out(self, size: Size) -> list[Widget]:
        """Give every item of the page its widget and its box; the widgets not yet on the screen."""
        self._moved = False
        scene: Scene = self._small or self._scene
        plan = self._plan(size)
        drawing = self.app.pictures.drawing
        sixel = drawing == "sixel"
        room = Room(plan.body, plan.glass, self.app.density, drawing != "text", sixel, self.view.language)
        at_end = 0 < scene.page == len(self._pages) - 1
        self._pages = scene.pages(room)
        # Who was on the last page stays there, where the answers are, even when a notice makes one page more.
        scene.page = len(self._pages) - 1 if at_end else min(scene.page, len(self._pages) - 1)
        if (pressed := page_of(self._pages, self._pressed)) is not None:
            scene.page = pressed
        self._pressed = ""
        focused = self._focused_id()
        beside, fresh_beside = self._show_told(plan)
        fresh_tools = self._show_frame(plan, scene)
        page = self._pages[scene.page]
        fresh, targets, moved = self._hands.show(page if self._small else pointed(page, self.view))
        self._moved |= moved
        self._targets = [t for t in (*targets, *self._tools, *beside) if t.display and t.usable]
        self._refocus(focused, targets)
        self._draw_curtain(size)
        return [*fresh, *fresh_tools, *fresh_beside]

    def _draw_curtain(self, size: Size) -> None:
        """Black over everything for who uses the voice alone."""
        drawn = not self.comfort.screen
        if self._curtain is None:
            if not drawn:
                return
            from kiosk.widgets.curtain import Curtain

            self._curtain = Curtain()
            self.mount(self._curtain)
        from kiosk.words.modes import mode_words_in

        box = Box(0, 0, size.width, size.height)
        self._moved |= self._curtain.display != drawn or self._boxes.boxes.get(self._curtain) != box
        self._curtain.display = drawn
        self._boxes.boxes[self._curtain] = box
        self._curtain.show(mode_words_in(self.view.language).screen_off)

    def _plan(self, size: Size) -> FramePlan:
        screen = self.app.settings.screen
        glass = Glass(size.width, size.height, screen.width_mm, screen.height_mm)
        tools = tuple((tool.symbol, tool.label) for tool in self.view.tools) or _labels(self.view.language)
        plan = frame(glass, tools, [label for _, label in COMFORT], self.view.notices)
        if self.view.tools:
            return plan
        free = glass.rows - plan.notice.height - (1 if glass.roomy else 0)  # No tools: the page is longer.
        notice = replace(plan.notice, y=free)
        return replace(plan, body=replace(plan.body, height=free - 1 - plan.body.y), notice=notice)

    def _show_frame(self, plan: FramePlan, scene: Scene) -> list[Widget]:
        """Header, notice and tools; the tools that are not yet on the screen."""
        view, boxes = self.view, self._boxes.boxes
        told = tuple(Line(text, Role.STRONG, "notice") for text in wrap(view.notices, plan.notice.width - 2))
        pill = replace(plan.notice, width=max((cell_len(line.text) + 2 for line in told), default=1))
        for widget, box in ((self._header, plan.header), (self._ground, plan.bar), (self._notice, pill)):
            self._moved |= boxes.get(widget) != box
            boxes[widget] = box
        self._show_head()
        if self._notice.item != (notice := Words(pill, told)):
            self._notice.show(notice)
        if self._notice.display != bool(told):
            self._notice.display = bool(told)
        shown = bool(view.tools)
        if self._ground.display != shown:
            self._ground.display = shown
        fresh: list[Widget] = []
        if shown and not self._tools:
            self._tools = [TargetView(self.app.pictures) for _ in plan.tools]
            fresh = list(self._tools)
        buttons = self._tool_buttons(scene)
        for widget, cell, button in zip(self._tools, plan.tools, buttons, strict=False):
            if widget.display != shown:
                widget.display = shown
                self._moved = True
            item = Target(cell.box, button, cell.lines, None, False)
            if widget.item != item:
                widget.show(item)
            self._moved |= boxes.get(widget) != cell.box
            boxes[widget] = cell.box
        return fresh

    def _tool_buttons(self, scene: Scene) -> list[Button]:
        comfort = self.comfort
        inside = scene is self._small or scene.inside
        own: dict[str, Action] = {"back": Close(by_pages=True)} if inside else {}
        if scene.aside:
            own["repeat"] = ReadAgain()
        tools = [
            Button(tool.id, tool.label, own.get(tool.id, tool.intent), tone=Tone.TOOL) for tool in self.view.tools
        ] or [Button(label, label, None, tone=Tone.TOOL) for _, label in _labels(self.view.language)]
        last = OpenVoice() if self._voiced else OpenModes()  # No voice at all: nothing to set of it.
        actions: tuple[Action, ...] = (SetComfort(comfort.bigger()), SetComfort(comfort.next_contrast()), last)
        w = words_in(self.view.language)
        return tools + [
            Button(name, label, action, tone=Tone.TOOL, said=said)
            for (name, label), action, said in zip(COMFORT, actions, (w.letters, w.colours, w.voice), strict=True)
        ]

    def _show_head(self) -> None:
        if self._view is not None:
            band, speaking = self.band, self.app.dialogue.speaking
            self._header.show(self._view, self.comfort, speaking, self._ear, band.text if band else "", self._beside)

    # What the frame adds

    def forget_spoken(self) -> None:
        raise NotImplementedError

    def act(self, action: Action) -> None:
        raise NotImplementedError

    def search(self, text: str) -> None:
        raise NotImplementedError

    def _focused_id(self) -> str:
        raise NotImplementedError

    def _refocus(self, before: str, targets: list[TargetView]) -> None:
        raise NotImplementedError


def same_moment(one: StepView, other: StepView) -> bool:
    """True when what is pressed on ``one`` may be taken for ``other``: nothing new, or the welcome getting ready."""
    if one.visit != other.visit:
        return False
    return one.key == other.key or one.kind is other.kind is ViewKind.WELCOME


def _depth(kind: ViewKind) -> int:
    """A step lies under a mandate, and both under what comes over them for a moment."""
    return 2 if kind in _OVER else int(kind in _SIGNING)


def _labels(language: str) -> tuple[tuple[str, str], ...]:
    """Symbol and label of each tool, for a view that has none: the frame keeps its measures."""
    w = words_in(language)
    labels = (w.tool_back, w.tool_repeat, w.tool_help, w.tool_difficulty, w.tool_erase)
    return tuple(zip(_SYMBOLS, labels, strict=True))


def _identity(view: StepView) -> tuple[object, ...]:
    """What makes it a new scene. What is said and how often does not: typed text survives "Répéter"."""
    bare = (view.visit, view.kind, view.heading, view.done)
    common = (*bare, view.title)
    if view.kind in (ViewKind.ASK, ViewKind.IDENTITY):  # A message stands where the title was: what is typed stays.
        return (*bare, view.question)
    if view.kind is ViewKind.THEMES:  # What was typed stays when the ear goes.
        return (*bare, view.options)
    if view.kind is ViewKind.ROAD_MAP:  # "Imprimer" becomes "Imprimer encore": the page that is read stays.
        return common
    if view.kind is ViewKind.WELCOME:  # What is opened over it stays while it gets ready.
        return common
    return (*common, view.sentences, view.options)
