# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong, in plain French: a page for a browser, JSON for a program, a trace for neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from assist.server.pages import page
from assist.server.safety.headers import headers

_TITLES = {
    400: "La demande n'est pas comprise",
    401: "Connexion nécessaire",
    403: "Accès refusé",
    404: "Page introuvable",
    405: "Cela ne se fait pas ici",
    409: "Quelqu'un a été plus rapide",
    410: "C'est terminé",
    413: "C'est trop gros",
    415: "La demande n'est pas comprise",
    422: "Le formulaire n'est pas complet",
    429: "Trop de demandes",
    500: "Le serveur a rencontré un problème",
    503: "Le serveur est occupé",
    507: "Rien n'a été enregistré",
}
_SENTENCES = {
    400: "Revenez en arrière et essayez de nouveau.",
    404: "Cette page n'existe pas, ou n'existe plus.",
    405: "Revenez en arrière et utilisez les boutons de la page.",
    413: "Ce qui est envoyé dépasse la taille permise.",
    415: "Revenez en arrière et essayez de nouveau.",
    500: "Ce n'est pas votre faute. Essayez de nouveau ; si cela recommence, prévenez le technicien.",
}
_ENGLISH = {"Not Found", "Method Not Allowed", "Bad Request", "Internal Server Error"}


def install(app: FastAPI) -> None:
    """Have every error of ``app`` answered from here."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misfit)
    app.add_exception_handler(DataError, _unwritable)
    app.add_exception_handler(UnicodeEncodeError, _unwritable)
    app.add_exception_handler(500, _broken)


def answer(request: Request, status: int, detail: str = "", known: Mapping[str, object] | None = None) -> Response:
    """The answer for an error; ``detail`` is a French sentence."""
    said = detail or _SENTENCES.get(status, "")
    if not wants_page(request):
        return JSONResponse({"detail": said}, status)
    title = _TITLES.get(status, _TITLES[500 if status >= 500 else 400])
    return page(request, "error.html", status=status, title=title, said=said, **(known or {}))


def wants_page(request: Request) -> bool:
    """A browser that goes to a page, or sends a form, says so; a program asks for JSON, or for nothing special."""
    return "text/html" in request.headers.get("accept", "")


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and "hx-request" in request.headers:
        # A piece of a page: the whole page goes to the login, not the piece.
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    if error.status_code == 401 and wants_page(request):
        back = request.url.path if request.method == "GET" else "/"
        query = f"?{request.url.query}" if request.method == "GET" and request.url.query else ""
        return RedirectResponse(f"/login?next={quote(back + query, safe='')}", 303)
    detail = "" if error.detail in _ENGLISH else str(error.detail)
    response = answer(request, error.status_code, detail)
    response.headers.update(error.headers or {})
    return response


def _misfit(request: Request, error: Exception) -> Response:
    """What was sent is not repeated: it may be somebody's name."""
    assert isinstance(error, RequestValidationError)
    faults: list[dict[str, Any]] = [{key: each[key] for key in ("loc", "msg", "type")} for each in error.errors()]
    if not wants_page(request):
        return JSONResponse({"detail": faults}, 422)
    return answer(request, 422, "Une réponse est vide, trop longue ou mal écrite. Revenez en arrière et corrigez.")


def _unwritable(request: Request, error: Exception) -> Response:
    """A sign that no database takes (NUL, half of a surrogate pair)."""
    return answer(request, 422, "Un texte contient un signe qui ne peut pas être enregistré.")


def _broken(request: Request, error: Exception) -> Response:
    # Outside of every middleware, and perhaps without a database: the page must need neither.
    response = answer(request, 500, known={"me": None})
    response.raw_headers.extend(headers(secure=request.app.state.site.secure))
    return response
