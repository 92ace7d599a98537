# SPDX-License-Identifier: EUPL-1.2
"""``kiosk mandate``: what is said of a paper with the public key alone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from nacl.signing import SigningKey

from assist.desk import attestation, mandates
from assist.desk.mandates import Domain, Duration
from kiosk.cli import cli

KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key).hex()
BORN = date(1946, 3, 12)


def line(days_ago: float = 1, duration: Duration = Duration.MONTH, key: SigningKey = KEY) -> str:
    given = datetime.now(UTC) - timedelta(days=days_ago)
    mandate = mandates.give("K7RMX42A", "camille", (Domain.PAPIERS, Domain.ARGENT), duration, given, "ab" * 32)
    mark = attestation.person_mark("Vaillant", "Huguette", BORN, b"ninebytes")
    return attestation.written(attestation.attest(mandate, b"ninebytes", mark), key)


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["mandate", *words], input=given)


def test_a_true_one() -> None:
    done = run("verify", line(), "--key", PUBLIC)
    assert done.exit_code == 0, done.output
    said = done.output.replace("\u00a0", " ")
    assert said.startswith("Valable")
    assert "K7RM X42A, pour : papiers, argent." in said
    assert "appelez-le" in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (line(40), "Terminé"),
        (line(-2), "Pas encore valable"),
        (line().replace("papiers", "justice"), "Faux"),
        (line(key=SigningKey(bytes(32))), "Inconnu"),
        ("PAP1|bonjour", "Illisible"),
    ],
)
def test_the_others(text: str, word: str) -> None:
    done = run("verify", text, "--key", PUBLIC)
    assert done.exit_code == 1
    assert done.output.startswith(word)


def test_from_files_and_the_standard_input(tmp_path: Path) -> None:
    paper, key, answer = tmp_path / "carre.txt", tmp_path / "cle", tmp_path / "cle.json"
    paper.write_text(line() + "\n", encoding="utf-8")
    key.write_text(PUBLIC + "\n", encoding="utf-8")
    answer.write_text(json.dumps({"seal": "x", "sign": PUBLIC}), encoding="utf-8")
    for known in (str(key), str(answer), PUBLIC.upper()):
        assert run("verify", str(paper), "--key", known).exit_code == 0
    assert run("verify", "-", "--key", PUBLIC, given=line()).exit_code == 0


def test_json(tmp_path: Path) -> None:
    told = json.loads(run("verify", line(), "--key", PUBLIC, "--json").output)
    assert told["validity"] == "valid"
    assert told["domains"] == ["papiers", "argent"]
    assert told["person"] is None
    assert json.loads(run("verify", "PAP1|x", "--key", PUBLIC, "--json").output) == {"validity": "unreadable"}


def test_the_person_is_checked_too() -> None:
    who = ("--first-name", "huguette", "--born", "12/03/1946")
    right = run("verify", line(), "--key", PUBLIC, "--last-name", "VAILLANT", *who)
    assert right.exit_code == 0
    assert "bien celle du mandat" in right.output
    wrong = run("verify", line(), "--key", PUBLIC, "--last-name", "Autre", *who)
    assert wrong.exit_code == 1
    assert "Attention" in wrong.output
    assert run("verify", line(), "--key", PUBLIC, "--born", "12/03/1946").exit_code == 2
    assert run("verify", line(), "--key", PUBLIC, "--last-name", "A", "--first-name", "B", "--born", "x").exit_code == 2


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    pdf = tmp_path / "mandat.pdf"
    pdf.write_bytes(b"%PDF-1.7\n\xe2\xe3\xcf\xd3")
    said = run("verify", str(pdf), "--key", PUBLIC)
    assert said.exit_code == 1
    assert "Lisez le carré avec un téléphone" in said.output
    assert "n'existe pas" in run("verify", "absent.txt", "--key", PUBLIC).output
    pdf.write_text("{", encoding="utf-8")
    for key in (str(pdf), "abc", str(tmp_path)):
        done = run("verify", line(), "--key", key)
        assert done.exit_code == 1
        assert "Traceback" not in done.output


def test_the_keys_of_the_site(tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text("", encoding="utf-8")
    done = CliRunner().invoke(cli, ["--config", str(config), "mandate", "key", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert all(len(told[name]) == 64 for name in ("seal", "sign"))
    said = CliRunner().invoke(cli, ["--config", str(config), "mandate", "key"]).output
    assert told["sign"] in said
    (tmp_path / "var" / "keys" / "site-sign.key").chmod(0o644)
    refused = CliRunner().invoke(cli, ["--config", str(config), "mandate", "key"])
    assert refused.exit_code == 1
    assert "chmod 600" in refused.output
