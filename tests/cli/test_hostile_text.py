"""Nothing that stands in records acts on a terminal or forges a line, whichever command shows it.

Records with such text are refused by every verifier; here that is switched off, as if somebody
had found a way past it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import pytest
from click.testing import Result

from soptui.cli import output
from soptui.cli.app import sections
from soptui.desk.actions.table import ACTIONS
from soptui.domain.events import (
    AttachmentKind,
    Correct,
    Datum,
    Dispose,
    Letter,
    Note,
    Receive,
    Register,
    Request,
    Submit,
    Suspend,
)
from soptui.domain.ids import CaseId, OfficerId, RoleId, UnitId
from soptui.domain.replace import replace
from soptui.records.files import codec, layout
from soptui.records.files.office import allowed_signers, officer_to_document
from soptui.records.files.register import write_register
from tests.support.commands import Terminal, typed
from tests.support.office_parts import START, attachment
from tests.support.office_repository import signer_of
from tests.support.registers import SCAN, example_register

SEKSI_PEMERINTAHAN = UnitId("seksi-pemerintahan")

ACTING = "\x1b]0;owned\x07\x1b[31m\x9b31m\x85\u2028\u202e\u2066\u200b\u200f\u00ad\x7f\x08\ue000"
"""Escape sequences, C1 controls, bidirectional overrides, and what is drawn as nothing."""
SAYS = f"hal{ACTING}"
FORGED = "Nothing was recorded by anybody at all."
SAYS_MORE = f"{SAYS}\n{FORGED}\n{SAYS}"
"""For fields that may hold line feeds: a line that pretends to be soptui's own."""

IN_A_FILE = "isi\x9b31m\u202e\u200b.txt"
"""What a file can hold that is taken for text; also its name."""

_CHECKING = (
    "domain.text", "records.files.codec", "records.files.codec_writer",
    "records.files.tables",
)  # fmt: skip
"""The modules that refuse such text."""

_TEXTS = frozenset({
    "title", "short", "activity", "output", "remark", "text", "name", "source", "number",
    "agency", "norm_printed", "reason", "rank", "regency", "legal_bases", "equipment", "warnings",
    "qualifications", "related", "records_kept", "requirements", "position", "inferred", "basis",
})  # fmt: skip
"""The keys of record files under which words for people stand."""
_CODES = frozenset({"normal", "ramadan"})
"""What stands under one of these keys, but is a code."""

CASE, OTHER = CaseId("2026-00000001"), CaseId("2026-00000002")
SOP = "pengukuran-data-kinerja"
TIP = "the newest commit"

SHOWING: dict[str, tuple[tuple[str, ...], ...]] = {
    "inbox": (("inbox",),),
    "list": (("list",),),
    "show": (("show", CASE), ("show", OTHER)),
    "log": (("log", CASE), ("log", OTHER)),
    "agenda": (("agenda",),),
    "board": (("board",),),
    "attachment": (("attachment", CASE, IN_A_FILE, "--text"),),
    "note": (("note", CASE, "--note", SAYS, "--dry-run"),),
    "office": (("office", "show"),),
    "officer": (("officer", "list"), ("officer", "show", "camat-1")),
    "sop": (("sop", "list"), ("sop", "show", SOP), ("sop", "check", SOP)),
    "calendar": (("calendar", "show", "2026"),),
    "measure": (("measure", "register", "show", "2026"),),
    "commit": (("commit", TIP),),
    "whoami": (("whoami",),),
}  # fmt: skip
"""Command lines that show words from records or from files, by command."""

ALSO = (
    ("audit",), ("calendar", "list"), ("checkpoint", "sign"), ("checkpoint", "show"),
    ("config", "get"), ("doctor",), ("measure", "register", "list"), ("inbox", "--brief"),
    ("restore", "office.toml"),
    ("register", "--subject", SAYS, "--dry-run"), ("sync", "--status"), ("trust", "show"),
    ("verify", "--full"),
)  # fmt: skip
"""Command lines that show records, but nothing in them that anybody could choose."""

WITHOUT_WORDS = (("board",), ("commit", TIP), ("note", CASE), ("sop", "check"))
"""Of those that show words, which write none of them as data, or made them visible before."""

NOT_HERE = frozenset({"accept", "completion", "demo", "disk", "hub", "init", "join"})
"""Commands that show no records of this office."""


@pytest.fixture
def office_of_an_attacker(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """An office in whose records every text is hostile."""
    for module in _CHECKING:
        monkeypatch.setattr(f"soptui.{module}.fault_of", lambda _text: None)
    _administer(terminal)
    _work(terminal)
    return terminal


def _administer(terminal: Terminal) -> None:
    office = terminal.office
    root = terminal.root
    for name in ("sekretaris-1", "camat-1"):
        known = office.officers[name]
        posts = tuple(replace(one, title=SAYS) for one in known.posts)
        officer = replace(known, rank=SAYS, posts=posts)
        office.officers[name] = officer
        _change(
            terminal,
            layout.officer_path(OfficerId(name)),
            officer_to_document(officer),
            people=True,
        )
    for path in ("office.toml", "calendars/2026.toml"):
        _change(terminal, path, _spoiled(_with_signer((root / path).read_bytes())))
    _add_register(terminal)
    sop = "sops/pengukuran-data-kinerja"
    version = _spoiled((root / sop / "1.toml").read_bytes()) | {"version": 2}
    _change(terminal, f"{sop}/2.toml", version)


def _change(
    terminal: Terminal, path: str, document: Mapping[str, Any], *, people: bool = False
) -> None:
    office = terminal.office
    office.repository.add_change(
        office.tip, path, codec.emit_document(document), office.officers["admin-1"],
        office.tick(), signer_of("admin-1").sign,
        signers=allowed_signers(tuple(office.officers.values())) if people else None,
    )  # fmt: skip
    assert office.tip == office.repository.head(), office.repository.report


def _with_signer(data: bytes) -> bytes:
    """An office file that says who signs registers of indicators."""
    return data.replace(b"\nweek_days = 5\n", b'\nweek_days = 5\nregister_role = "kasubbag-pk"\n')


def _add_register(terminal: Terminal) -> None:
    office = terminal.office
    office.repository.add_change(
        office.tip, layout.register_path(2026, 1),
        codec.emit_document(_spoiled(write_register(example_register()))),
        office.officers["kasubbag-1"], office.tick(), signer_of("kasubbag-1").sign,
        attached={layout.attachment_path(sha256(SCAN).hexdigest()): SCAN},
    )  # fmt: skip
    assert office.tip == office.repository.head(), office.repository.report


def _spoiled(data: bytes) -> dict[str, Any]:
    """The document with hostile words after each that people read."""

    def spoil(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: spoil(name, one) for name, one in value.items()}
        if isinstance(value, list):
            return [spoil(key, one) for one in value]
        is_text = isinstance(value, str) and key in _TEXTS and value not in _CODES
        return f"{value}{SAYS}" if is_text else value

    return {key: spoil(key, value) for key, value in codec.parse_document(data).items()}


def _work(terminal: Terminal) -> None:
    """Cases at several steps, with words wherever an event has room for them."""
    office = terminal.office
    letter = Letter(SAYS, START.date(), START, SAYS, SAYS, SAYS_MORE)
    files = [attachment(name, AttachmentKind.LETTER) for name in (f"{SAYS}.pdf", IN_A_FILE)]
    for case in (CASE, OTHER):
        office.act("penerima-1", case, Register(letter), files)
        office.act("camat-1", case, Receive())
    office.act("camat-1", CASE, Dispose((RoleId("sekretaris"),), ("tindak-lanjuti",), SAYS_MORE))
    noted = office.act("penerima-1", CASE, Note(SAYS_MORE))
    office.act("penerima-1", CASE, Correct(noted.event, SAYS_MORE))
    office.forward_to(CASE, 3)
    office.act("kasubbag-1", CASE, Receive())
    office.act("kasubbag-1", CASE, Request((SEKSI_PEMERINTAHAN,), SAYS_MORE))
    datum = Datum(SAYS, SAYS, SAYS, SAYS, SAYS)
    office.act("kasi-1", CASE, Submit(SEKSI_PEMERINTAHAN, SAYS_MORE, (datum,)))
    office.act("kasubbag-1", CASE, Request((UnitId("seksi-kesejahteraan-rakyat"),), SAYS_MORE))
    office.act("kasubbag-1", CASE, Suspend(SAYS_MORE))
    office.act("camat-1", OTHER, Suspend(SAYS_MORE))


def everything() -> Iterator[tuple[str, ...]]:
    for lines in SHOWING.values():
        yield from lines
    yield from ALSO
    for info in ACTIONS:
        yield info.action.value, CASE, "--dry-run"


def test_every_command_is_walked_here() -> None:
    walked = {words[0] for words in everything()}
    commands = {entry.name for section in sections() for entry in section.entries}
    assert walked | NOT_HERE == commands
    assert not walked & NOT_HERE


@pytest.mark.usefixtures("eighty_columns")
def test_a_terminal_is_neither_acted_upon_nor_deceived(office_of_an_attacker: Terminal) -> None:
    for words in everything():
        assert_calm(typed_in(office_of_an_attacker, *words), words)


def test_what_people_read_shows_what_stands_there(office_of_an_attacker: Terminal) -> None:
    for words in everything():
        result = typed_in(office_of_an_attacker, *words)
        assert_calm(result, words)
        if words in SHOWING.get(words[0], ()):
            # What nobody sees is left out of what is typed.
            seen = "\\u{1b}" if words[0] == "note" else "\\u{202e}"
            assert seen in result.stdout, (words, result.output)


def test_what_programs_read_neither_acts_nor_loses_anything(
    office_of_an_attacker: Terminal,
) -> None:
    for words in everything():
        result = typed_in(office_of_an_attacker, *words, "--json")
        assert_calm(result, words)
        if words in SHOWING.get(words[0], ()) and words[:2] not in WITHOUT_WORDS:
            meant = IN_A_FILE if words[0] == "attachment" else SAYS
            assert any(meant in text for text in texts_of(json.loads(result.stdout))), words


@pytest.mark.usefixtures("eighty_columns")
def test_a_file_is_not_written_raw_to_a_terminal(office_of_an_attacker: Terminal) -> None:
    raw = ("attachment", CASE, IN_A_FILE, "-o", "-")
    result = office_of_an_attacker.run("camat-1", *raw)
    assert_calm(result, raw)
    assert result.stdout == ""
    assert "Nothing was written" in result.stderr


def test_a_file_name_that_belongs_nowhere_is_told_in_safety() -> None:
    words = ("show", CASE, SAYS)
    result = typed(*words)
    assert result.exit_code == 2
    assert_calm(result, words)
    assert "\\u{202e}" in result.stderr


def test_what_a_hub_says_while_it_works_stays_on_its_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.progress(SAYS_MORE)
    shown = capsys.readouterr().err.removeprefix("\r\x1b[K")
    assert shown.isprintable()
    assert FORGED in shown


def typed_in(terminal: Terminal, *words: str) -> Result:
    return terminal.run("camat-1", *(terminal.office.tip if one == TIP else one for one in words))


def texts_of(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from texts_of(one)


def assert_calm(result: Result, words: tuple[str, ...]) -> None:
    assert result.exit_code in (0, 1, 2), (words, result.output)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    # With this alone soptui itself begins its line of progress anew.
    for text in (result.stdout, result.stderr.replace("\r\x1b[K", "")):
        acting = {one for one in text if unicodedata.category(one)[0] == "C" and one != "\n"}
        assert not acting | ({"\u2028", "\u2029"} & set(text)), words
        assert FORGED not in text.splitlines(), words
