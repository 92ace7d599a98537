# SPDX-License-Identifier: EUPL-1.2
"""The one screen of the kiosk: header, scene, notice and tools, always in the same places."""

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
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from accessibility.comfort import Comfort
from assist.session.commands import Origin, StillHere
from kiosk import words
from kiosk.layout import FramePlan, Glass, frame, wrap
from kiosk.screens.cast import scene_class
from kiosk.screens.items import (
    Action,
    Button,
    Close,
    Line,
    Local,
    OpenVoice,
    Page,
    Role,
    SetComfort,
    Submit,
    Target,
    Tone,
    Words,
)
from kiosk.screens.paging import Room
from kiosk.screens.scene import Scene
from kiosk.screens.shortcuts import LETTER_KEYS, NEXT, PRESS, PREVIOUS, TOOL_KEYS
from kiosk.themes.looks import style
from kiosk.themes.palettes import Palette
from kiosk.view import Option, StepView, ViewKind
from kiosk.widgets.boxes import Boxes
from kiosk.widgets.header import Header
from kiosk.widgets.painted import Painted, filled
from kiosk.widgets.stagehands import Stagehands
from kiosk.widgets.target import TargetView
from kiosk.widgets.words import WordsView

if TYPE_CHECKING:
    from kiosk.app import KioskApp

_OVER = frozenset({ViewKind.HELP, ViewKind.ERASE, ViewKind.IDLE, ViewKind.PAUSE})
_TOOLS = (
    ("◀", words.TOOL_BACK),
    ("↻", words.TOOL_REPEAT),
    ("☺", words.TOOL_HELP),
    ("!", words.TOOL_DIFFICULTY),
    ("✖", words.TOOL_ERASE),
)
COMFORT = (("size", "Aa"), ("contrast", "◐"), ("voice", "♪"))
DOUBLE_TAP_SECONDS = 0.3
DOUBLE_TAP_CELLS = 2
MOST_PASTED = 256


class Band(Painted):
    """The ground of the tools."""

    def paint(self, width: int, height: int, palette: Palette) -> list[Strip]:
        return [filled(width, style(palette.ink, palette.band))] * height


class Frame(Screen[None], inherit_bindings=False):
    """Paints views, sends what is pressed."""

    BINDINGS: ClassVar = []
    app: KioskApp

    def __init__(self) -> None:
        super().__init__()
        self._boxes = Boxes()
        self._view: StepView | None = None
        self._scene = Scene(self)
        self._kept: tuple[tuple[object, ...], Scene] | None = None
        self._voice: Scene | None = None
        self._identity: tuple[object, ...] = ()
        self._pages: tuple[Page, ...] = ()
        self._targets: list[TargetView] = []
        self._by_key = False
        self._last_tap = (0.0, -99, -99)
        self._painted_at = 0.0
        self._moved = False

    # What scenes see

    @property
    def view(self) -> StepView:
        return self._view or self.app.dialogue.view

    @property
    def comfort(self) -> Comfort:
        return self.app.dialogue.comfort

    @property
    def layout(self) -> Layout:
        return self._boxes

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Never from the toolkit's cache: it does not see boxes change."""
        return arrange(self, self._nodes, size, self.size, optimal=optimal)

    def compose(self) -> ComposeResult:
        pictures = self.app.pictures
        self._hands = Stagehands(self._boxes, pictures)
        self._header = Header(pictures)
        self._band = Band()
        self._notice = WordsView(pictures, notice=True)
        self._tools: list[TargetView] = []
        view = self.app.dialogue.view
        self._identity, self._view = _identity(view), view
        self._scene = scene_class(view.kind)(self)
        # Laid out at once for the size the terminal tells, so that the first words need no second round.
        fresh = self._lay_out(Size(*self.app.size))
        yield self._header
        yield self._band
        yield self._notice
        yield from fresh
        yield from self._tools

    def on_mount(self) -> None:
        self.set_interval(0.2, self._show_voice)

    def on_resize(self, event: events.Resize) -> None:
        self.repaint()

    # Painting

    async def paint(self, view: StepView) -> None:
        """Show ``view``: a new scene when the person meets something new, the same one otherwise."""
        identity = _identity(view)
        if identity != self._identity:
            await self._change_scene(view, identity)
        self._view = view
        self.repaint()

    async def _change_scene(self, view: StepView, identity: tuple[object, ...]) -> None:
        if view.kind in (ViewKind.WELCOME, ViewKind.GOODBYE):
            self._kept = None
            await self._wipe()
        elif view.kind in _OVER and self._identity and (self._view is None or self._view.kind not in _OVER):
            self._kept = (self._identity, self._scene)  # What was being typed waits behind.
        if self._kept is not None and self._kept[0] == identity:
            self._scene = self._kept[1]
            self._kept = None
        else:
            self._scene = scene_class(view.kind)(self)
        self._voice = None
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
        scene: Scene = self._voice or self._scene
        plan = self._plan(size)
        drawing = self.app.pictures.drawing
        room = Room(plan.body, plan.glass, self.app.density, drawing != "text", drawing == "sixel")
        self._pages = scene.pages(room)
        scene.page = min(scene.page, len(self._pages) - 1)
        focused = self._focused_id()
        fresh_tools = self._show_frame(plan, scene)
        fresh, targets, moved = self._hands.show(self._pages[scene.page])
        self._moved |= moved
        self._targets = [t for t in (*targets, *self._tools) if t.display and t.usable]
        self._refocus(focused, targets)
        return [*fresh, *fresh_tools]

    def _plan(self, size: Size) -> FramePlan:
        screen = self.app.settings.screen
        glass = Glass(size.width, size.height, screen.width_mm, screen.height_mm)
        tools = tuple((tool.symbol, tool.label) for tool in self.view.tools) or _TOOLS
        plan = frame(glass, tools, [label for _, label in COMFORT], self.view.notice)
        if self.view.tools:
            return plan
        free = glass.rows - plan.notice.height - (1 if glass.roomy else 0)  # No tools: the page is longer.
        notice = replace(plan.notice, y=free)
        return replace(plan, body=replace(plan.body, height=free - 1 - plan.body.y), notice=notice)

    def _show_frame(self, plan: FramePlan, scene: Scene) -> list[Widget]:
        """Header, notice and tools; the tools that are not yet on the screen."""
        view, boxes = self.view, self._boxes.boxes
        told = tuple(Line(text, Role.STRONG) for text in wrap(view.notice, plan.notice.width - 2))
        pill = replace(plan.notice, width=max((cell_len(line.text) + 2 for line in told), default=1))
        for widget, box in ((self._header, plan.header), (self._band, plan.bar), (self._notice, pill)):
            self._moved |= boxes.get(widget) != box
            boxes[widget] = box
        self._show_voice()
        if self._notice.item != (notice := Words(pill, told)):
            self._notice.show(notice)
        if self._notice.display != bool(told):
            self._notice.display = bool(told)
        shown = bool(view.tools)
        if self._band.display != shown:
            self._band.display = shown
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
        inside = scene is self._voice or scene.inside
        tools = [
            Button(tool.id, tool.label, Close() if tool.id == "back" and inside else tool.intent, tone=Tone.TOOL)
            for tool in self.view.tools
        ] or [Button(label, label, None, tone=Tone.TOOL) for _, label in _TOOLS]
        actions: tuple[Action, ...] = (SetComfort(comfort.bigger()), SetComfort(comfort.next_contrast()), OpenVoice())
        return tools + [
            Button(name, label, action, tone=Tone.TOOL) for (name, label), action in zip(COMFORT, actions, strict=True)
        ]

    def _show_voice(self) -> None:
        if self._view is not None:
            self._header.show(self._view, self.comfort, self.app.dialogue.speaking)

    # Focus: a ring of everything that can be pressed

    _focus_first = False

    def _focused_id(self) -> str:
        focused = self.focused
        return focused.item.button.id if isinstance(focused, TargetView) and focused.item else ""

    def _refocus(self, before: str, targets: list[TargetView]) -> None:
        if not self._by_key:
            self.set_focus(None)
        elif self._focus_first and (self._voice or self._scene.on_enter is None):
            first = next((t for t in targets if t.usable), None)
            self.set_focus(first, scroll_visible=False)
        else:  # Nothing where one types: Enter then gives what was typed.
            same = next((t for t in self._targets if t.item and t.item.button.id == before), None)
            self.set_focus(same, scroll_visible=False)
        self._focus_first = False

    def _move(self, by: int) -> None:
        ring = self._targets
        if not ring:
            return
        focused = self.focused
        at = next((i for i, target in enumerate(ring) if target is focused), -1 if by > 0 else 0)
        self.set_focus(ring[(at + by) % len(ring)], scroll_visible=False)

    # Keys, taps, paste

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.app.dialogue.touched()
        self._by_key = True
        if event.key in NEXT:
            self._move(1)
        elif event.key in PREVIOUS:
            self._move(-1)
        elif event.key in PRESS:
            self._press_focused()
        else:
            self._other_key(event.key, event.character)

    def _press_focused(self) -> None:
        focused = self.focused
        if isinstance(focused, TargetView) and focused.item and focused.usable:
            self._do(focused.item.button.action, Origin.KEY)
        elif self._voice is None and self._scene.on_enter is not None:
            self._do(self._scene.on_enter, Origin.KEY)
        else:
            self._move(1)

    def _other_key(self, key: str, character: str | None) -> None:
        if key in TOOL_KEYS:
            self._tool(TOOL_KEYS[key])
        elif self._voice is None and self._typed_into(key, character):
            self.set_focus(None)
            self.repaint()
        elif character and character.isdigit() and (button := self._numbered(int(character))):
            self._do(button.action, Origin.KEY)
        elif key in LETTER_KEYS:
            self._tool(LETTER_KEYS[key])

    def _typed_into(self, key: str, character: str | None) -> bool:
        if self._view is not None and self._view.kind is ViewKind.IDLE:
            return self._scene.typed(key, character)
        return self._scene.typing and self._scene.typed(key, character)

    def _numbered(self, number: int) -> Button | None:
        """The button of that number, on whatever page it stands: the voice may have said it already."""
        return next(
            (
                item.button
                for page in self._pages
                for item in page
                if isinstance(item, Target) and item.button.number == number
            ),
            None,
        )

    def _tool(self, name: str) -> None:
        comfort = self.comfort
        if name in ("louder", "softer"):
            self._do(SetComfort(comfort.louder() if name == "louder" else comfort.softer()), Origin.KEY)
            return
        if not self.view.tools:
            return
        for widget in self._tools:
            if widget.item and widget.item.button.id == name:
                self._do(widget.item.button.action, Origin.KEY)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.app.dialogue.touched()  # The voice stops as the finger lands.
        self._by_key = False

    def on_click(self, event: events.Click) -> None:
        if self.view.kind is ViewKind.IDLE:
            self._do(StillHere(), Origin.TOUCH)

    def on_target_view_pressed(self, message: TargetView.Pressed) -> None:
        x, y = message.by.screen_x, message.by.screen_y
        then, last_x, last_y = self._last_tap
        now = time.monotonic()
        self._last_tap = (now, x, y)
        again = now - then < DOUBLE_TAP_SECONDS and max(abs(x - last_x), abs(y - last_y)) <= DOUBLE_TAP_CELLS
        if again and self._painted_at > then and message.button.tone is not Tone.KEY:
            return  # The second tap of a trembling hand: it meant the former screen.
        self._do(message.button.action, Origin.TOUCH)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.app.dialogue.touched()
        if self._voice is None and self._scene.typing:
            for character in event.text[:MOST_PASTED]:
                self._scene.typed(character, character)
            self.repaint()

    # Doing

    def act(self, action: Action) -> None:
        """What a scene asks for by itself."""
        self._do(action, Origin.KEY if self._by_key else Origin.TOUCH)

    def search(self, text: str) -> None:
        """Look for procedures beside; only the last question's answer is shown."""
        self.app.search(text, self._found)

    def _found(self, options: tuple[Option, ...]) -> None:
        self._scene.found(options)
        self.repaint()

    def _do(self, action: Action | None, origin: Origin) -> None:
        if action is None:
            return
        if isinstance(action, SetComfort):
            self.app.dialogue.set_comfort(action.comfort)
        elif isinstance(action, OpenVoice):
            from kiosk.screens.voice import VoiceScene

            self._voice = VoiceScene(self)
            self._focus_first = True
            self.repaint()
        elif isinstance(action, Close):
            self._close()
        elif isinstance(action, Local):
            self._focus_first = True
            if (self._voice or self._scene).do(action):
                self._focus_first = not _stays(action)
                self.repaint()
        else:
            self.app.send(action, origin)

    def _close(self) -> None:
        if self._voice is not None:
            self._voice = None
        elif not self._scene.back():
            return
        self._focus_first = True
        self.repaint()


def _stays(action: Local) -> bool:
    """True for keys of a keyboard: the focus stays where it is."""
    from kiosk.screens.items import EraseOne, SwitchKeyboard, TypeText

    return isinstance(action, (TypeText, EraseOne, SwitchKeyboard, Submit))


def _identity(view: StepView) -> tuple[object, ...]:
    """What makes it a new scene. What is said and how often does not: typed text survives "Répéter"."""
    if view.kind is ViewKind.ASK:
        return (view.kind, view.heading, view.done, view.title, view.question)
    return (view.kind, view.heading, view.done, view.title, view.sentences, view.options)
