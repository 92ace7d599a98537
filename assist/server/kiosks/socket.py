# SPDX-License-Identifier: EUPL-1.2
"""Where kiosks connect: who may, in which versions, and with which journal."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from fastapi import APIRouter, WebSocket
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse

from assist.link.codec import NotUnderstood, from_kiosk
from assist.link.messages import PROTOCOL, Hello, Welcome
from assist.link.proof import proven
from assist.server.kiosks import devices
from assist.server.kiosks.ingest import held, journal_of
from assist.server.kiosks.line import REFUSED, KioskLine, Parts
from assist.server.kiosks.projection import Source
from assist.server.kiosks.tables import Journal
from assist.server.mandates.agreeing import agree
from assist.server.presence.states import clock_told
from assist.server.proof.witness import last_witnessed

router = APIRouter()

NEIGHBOURS = 2
"""Versions of the protocol on each side that are spoken with."""
_HELLO_SECONDS = 10
_SAME_CLOCK = timedelta(seconds=5)
"""Less than that may be the network's."""


class _Refusal(Exception):
    """Why a kiosk may not go on, in French, for its technician: at most 123 bytes, they travel in a closing frame."""


@router.websocket("/kiosk")
async def kiosk(socket: WebSocket) -> None:
    """A kiosk's connection, for as long as it lasts."""
    state = socket.app.state
    parts = Parts(state.database, state.hub, state.clock, state.site.keys, partial(agree, state))
    if "origin" in socket.headers:
        await _deny(socket, 403, "Cette adresse est pour les bornes. Elle ne s'ouvre pas depuis une page.")
        return
    name = await run_in_threadpool(_holder, parts, _bearer(socket))
    if name is None:
        await _deny(socket, 401, "Cette clé de borne n'est pas connue ici. Lancez « kiosk device add » au serveur.")
        return
    await socket.accept()
    try:
        hello = await _hello(socket)
        welcome, source = await run_in_threadpool(_begin, parts, socket.app.state.site.name, name, hello)
    except _Refusal as refusal:
        await socket.close(REFUSED, str(refusal))
        return
    line = KioskLine(socket, parts, hello, source)
    line.send(welcome)
    try:
        if parts.hub.connect(line):
            await run_in_threadpool(_note_double, parts, name)
        await line.serve()
    finally:
        parts.hub.disconnect(line)


async def _deny(socket: WebSocket, status: int, why: str) -> None:
    await socket.send_denial_response(PlainTextResponse(why + "\n", status))


def _bearer(socket: WebSocket) -> str:
    kind, _, key = socket.headers.get("authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""


def _holder(parts: Parts, key: str) -> str | None:
    """The name of the kiosk that holds this key."""
    if not key:
        return None
    with parts.database.read() as transaction:
        device = devices.of_key(transaction, key)
        return None if device is None else device.name


async def _hello(socket: WebSocket) -> Hello:
    try:
        async with asyncio.timeout(_HELLO_SECONDS):
            received: Any = await socket.receive()
        message = from_kiosk(received.get("text") or "")
    except (TimeoutError, NotUnderstood):
        raise _Refusal("La borne ne s'est pas présentée.") from None
    if not isinstance(message, Hello):
        raise _Refusal("La borne ne s'est pas présentée.")
    return message


def _begin(parts: Parts, site: str, name: str, hello: Hello) -> tuple[Welcome, Source | None]:
    """Greet the kiosk, and say what is held of its journal."""
    if abs(hello.protocol - PROTOCOL) > NEIGHBOURS:
        older = "la borne" if hello.protocol < PROTOCOL else "le serveur"
        raise _Refusal(f"Les versions sont trop éloignées : mettez à jour {older}.")
    if hello.kiosk != name:
        raise _Refusal("Cette clé est celle d'une autre borne : voyez [site] kiosk dans kiosk.toml.")
    now = parts.clock()
    with parts.database.begin() as transaction:
        devices.seen(transaction, name, hello.version, now)
        clock_told(transaction, name, hello.time, now)
        if not hello.journal:
            return Welcome(PROTOCOL, _version(), site, 0), None
        journal = journal_of(transaction, hello.journal, _public_key(hello), name, now)
        _under_this_name(journal, hello)
        ends = held(transaction, journal)
        welcome = Welcome(PROTOCOL, _version(), site, journal.kept, ends, *last_witnessed(transaction, journal.id))
    return welcome, Source(name, hello.journal, _ahead(hello, now))


def _public_key(hello: Hello) -> bytes:
    try:
        return bytes.fromhex(hello.public_key)
    except ValueError:
        raise _Refusal("La clé du journal de la borne ne se lit pas.") from None


def _under_this_name(journal: Journal, hello: Hello) -> None:
    """A journal may change its name with its kiosk, but nobody writes in the journal of another."""
    if journal.kiosk == hello.kiosk:
        return
    if not proven(journal.public_key, journal.id, hello.kiosk, hello.proof):
        raise _Refusal("Ce journal est celui d'une autre borne.")
    journal.kiosk = hello.kiosk


def _ahead(hello: Hello, now: datetime) -> timedelta:
    """What to add to the kiosk's clock to have the server's."""
    try:
        ahead = now - datetime.fromisoformat(hello.time)
    except (ValueError, TypeError):
        return timedelta()
    return ahead if abs(ahead) > _SAME_CLOCK else timedelta()


def _note_double(parts: Parts, name: str) -> None:
    with parts.database.begin() as transaction:
        devices.doubled(transaction, name, parts.clock())


def _version() -> str:
    from importlib.metadata import version

    return version("pas-a-pas")
