# SPDX-License-Identifier: EUPL-1.2
"""A kiosk without a screen: it shows what it is told to, and carries orders out as a kiosk would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assist.link.messages import Act, Consent, Done, HelpStage, Order, PathPlace, Seen, SeenOption

REASONS = SeenOption("perdue", "Perdue", "lost-card"), SeenOption("volee", "Volée", "stolen-card")

ASKED_WHY = Seen(
    session="s1",
    key="k1",
    kind="choose",
    language="fr",
    procedure="carte-identite",
    procedure_title="Refaire ma carte d’identité",
    step="besoin",
    heading="Refaire ma carte d’identité",
    title="Pourquoi refaire la carte ?",
    sentences=("Regardez les images.", "Choisissez une réponse."),
    options=(*REASONS, SeenOption("print", "Imprimer", "printer", pressable=False)),
    pictogram="question",
    done=1,
    total=12,
    path=(PathPlace("pour-qui", "La carte est pour qui ?"), PathPlace("besoin", "Pourquoi refaire la carte ?")),
    asks_next=("Vous déclarez la perte", "Le vol a eu lieu où ?"),
    difficulties=("pour-qui",),
    help=HelpStage.CALLED,
)


@dataclass
class ScriptedKiosk:
    """What the person sees, and the orders that came. ``send`` gives what it shows and answers to the server."""

    seen: Seen
    send: Callable[[Seen | Done | None], None]
    orders: list[Order] = field(default_factory=list)
    refuses: dict[Act, str] = field(default_factory=dict)

    def show(self, **changes: object) -> None:
        """The person sees something else."""
        self.seen = replace(self.seen, **changes)  # type: ignore[arg-type]
        self.send(self.seen)

    def carry_out(self, order: Order) -> None:
        """Do what a mediator asked, then answer."""
        self.orders.append(order)
        if why := self.refuses.get(order.act) or self._stale(order):
            self.send(Done(order.id, False, why))
            return
        self.show(**self._change(order))
        self.send(Done(order.id, True))

    def _stale(self, order: Order) -> str:
        moved = order.key != self.seen.key and order.act in (Act.POINT, Act.PRESS, Act.JUMP, Act.BACK)
        return "La personne voit déjà un autre écran." if moved else ""

    def _change(self, order: Order) -> dict[str, object]:
        key = f"k{int(self.seen.key[1:]) + 1}"
        return {
            Act.JOIN: {"help": HelpStage.JOINED},
            Act.SAY: {"message": order.value},
            Act.POINT: {"pointed": order.value},
            Act.EXPLAIN: {"sentences": ("Perdue : vous ne la trouvez plus.",)},
            Act.BACK: {"key": key, "title": "La carte est pour qui ?", "step": "pour-qui", "pointed": ""},
            Act.JUMP: {"key": key, "title": "La carte est pour qui ?", "step": order.value, "pointed": ""},
            Act.ASK_CONSENT: {"consent": Consent.ASKED},
            Act.PRESS: {"key": key, "title": "Vous déclarez la perte", "step": "perte", "options": (), "pointed": ""},
            Act.LEAVE: {"help": HelpStage.NONE},
            Act.HAND_OVER: {"help": HelpStage.CALLED, "consent": Consent.NONE, "message": "", "pointed": ""},
            Act.UNANSWERED: {"help": HelpStage.UNANSWERED},
        }[order.act]
