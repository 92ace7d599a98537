# SPDX-License-Identifier: EUPL-1.2
"""``[mail]`` of ``kiosk.toml``: what is refused, and what ``kiosk doctor`` says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assist.server.starting import CannotServe
from kiosk.config import MailSettings
from kiosk.mailing import mail_check, mail_of
from tests.assist.server.mail_server import CHIEF, PASSWORD, SENDER, Letterbox, certificate, free_port, mail_server

GOOD = MailSettings(host="127.0.0.1", sender=SENDER, to=(CHIEF,))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"host": "smtp://mail.example"}, "host"),
        ({"host": "smtp..example.fr"}, "host"),
        ({"user": "élan", "secret_file": Path("x")}, "sans accent"),
        ({"to": ()}, "to"),
        ({"to": (CHIEF, "Rose <rose@cahors.example>")}, "Rose <rose@cahors.example>"),
        ({"sender": ""}, "sender"),
        ({"sender": "a@b.example\nBcc: c@d.example"}, "sender"),
        ({"user": "borne"}, "secret_file"),
        ({"user": "borne", "secret_file": Path("nowhere")}, "nowhere"),
        ({"user": "borne", "secret_file": Path("x"), "host": "mail.example", "security": "none"}, "en clair"),
        ({"certificate": Path("nowhere")}, "certificate"),
    ],
)
def test_what_cannot_work_is_named(changes: dict[str, object], said: str) -> None:
    with pytest.raises(CannotServe, match=r"\[mail\]") as refused:
        mail_of(replace(GOOD, **changes))  # type: ignore[arg-type]
    assert said in str(refused.value)


def test_no_host_is_no_mail() -> None:
    assert mail_of(MailSettings()) is None
    assert list(mail_check(MailSettings())) == []


def test_doctor_says_whether_the_mail_server_knows_us(tmp_path: Path) -> None:
    context, crt = certificate(tmp_path)
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n", encoding="ascii")
    port, box = free_port(), Letterbox()
    settings = replace(GOOD, port=port, user="borne", secret_file=secret, certificate=crt)
    (down,) = mail_check(settings)
    assert (down.ok, down.check) == (False, "mail")
    assert "ne répond pas" in down.message
    with mail_server(box, port, tls_context=context, require_starttls=True, authenticator=box.authenticate):
        (well,) = mail_check(settings)
        assert (well.ok, well.message) == (True, "Le serveur de messagerie répond : 127.0.0.1.")
        secret.write_text("another\n", encoding="ascii")
        (wrong,) = mail_check(settings)
    assert "refuse le compte" in wrong.message
    assert box.mails == []
