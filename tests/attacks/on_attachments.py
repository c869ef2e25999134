"""Attacks by the files that an event names (rows 14 and 20, and the list)."""

from __future__ import annotations

from soptui.domain.events import Attach, AttachmentKind
from soptui.domain.replace import replace
from soptui.records.files import layout
from tests.attacks.attack import attack
from tests.attacks.builder import Records, attachment

SUPPORT = AttachmentKind.SUPPORT
FILE = ((SUPPORT, b"isi berkas"),)


def attached(r: Records) -> None:
    r.act("staff-1", Attach(), files=FILE)
    r.act("staff-1", Attach(), attachments=(attachment(FILE[0][1], SUPPORT),))


def _attach(r: Records, *, extra: dict[str, bytes] | None = None, size: int = 10,
            contents: bool = False) -> None:  # fmt: skip
    named = replace(attachment(b"isi berkas", SUPPORT), size=size)
    event = r.event("staff-1", Attach(), attachments=(named,))
    r.add(event, contents=FILE if contents else (), extra=extra)


NAMED = layout.attachment_path(attachment(b"isi berkas", SUPPORT).sha256)


@attack("list", "attachment-missing", twin=attached)
def attachment_that_the_commit_lacks(r: Records) -> None:
    _attach(r)


@attack("list", "attachment-digest", twin=attached)
def attachment_with_other_bytes(r: Records) -> None:
    _attach(r, extra={NAMED: b"isi berkis"})


@attack("list", "attachment-size", twin=attached)
def attachment_of_another_size(r: Records) -> None:
    _attach(r, size=11, contents=True)


@attack("20", "attachment-size")
def attachment_larger_than_it_says(r: Records) -> None:
    _attach(r, extra={NAMED: b"\0" * 30_000_000})


@attack("20", "not-allowed")
def attachment_over_the_limit(r: Records) -> None:
    _attach(r, size=30_000_000, extra={NAMED: b"\0" * 30_000_000})


@attack("list", "attachment-size")
def attachment_named_again_with_another_size(r: Records) -> None:
    r.act("staff-1", Attach(), files=FILE)
    _attach(r, size=9)


@attack("list", "attachment-unnamed")
def attachment_that_no_event_names(r: Records) -> None:
    r.note("staff-1", forged={"extra": {NAMED: b"isi berkas"}})


@attack("list", "several-changes")
def attachment_without_an_event(r: Records) -> None:
    r.commit("staff-1", {NAMED: b"isi berkas"}, "Lampiran\n")


@attack("list", "attachment-digest")
def attachment_replaced(r: Records) -> None:
    r.act("staff-1", Attach(), files=FILE)
    _attach(r, extra={NAMED: b"isi berkis"})


@attack("14", "not-allowed")
def attachment_named_like_a_path(r: Records) -> None:
    named = attachment(b"isi berkas", SUPPORT, "../../etc/passwd")
    event = r.event("staff-1", Attach(), attachments=(named,))
    r.add(event, contents=FILE)


# --- names ----------------------------------------------------------------------------------------

NAMES = {
    "an escape to another folder": "..\\..\\Startup\\surat.bat",
    "a hidden file": ".bashrc",
    "a folder of Git": ".git",
    "a device": "CON",
    "a device with an ending": "lpt1.pdf",
    "a blank at its end": "surat.pdf ",
    "a blank at its beginning": " surat.pdf",
    "an unbroken blank at its end": "surat.pdf\u00a0",
    "a dot at its end": "surat.pdf.",
    "too many bytes": "\u00e9" * 126 + ".pdf",
    "two lines": "surat\n.pdf",
}
HONEST_NAMES = (
    "surat.pdf",
    "Surat Bupati (2) [final]; 100% \u2013 \u00e9.pdf",
    "\u00e9" * 125 + ".pdf",
    "konsol.con",
    "console.pdf",
    "com10",
    "a.b",
    "~$draft.docx",
)


def attached_under_honest_names(r: Records) -> None:
    """Also two of one name, in acts of their own."""
    for number, name in enumerate((*HONEST_NAMES, HONEST_NAMES[0])):
        _attach_named(r, (name, b"isi %d" % number))
    _attach_named(r, ("surat.pdf", b"satu"), ("Surat.pdf", b"dua"))


def _attach_named(r: Records, *files: tuple[str, bytes]) -> None:
    named = tuple(attachment(data, SUPPORT, name) for name, data in files)
    event = r.event("staff-1", Attach(), attachments=named)
    r.add(event, contents=tuple((SUPPORT, data) for _, data in files))


def _name(name: str, odd: str) -> None:
    def build(r: Records) -> None:
        _attach_named(r, (odd, b"isi berkas"))

    build.__name__ = f"attachment named as {name}"
    attack("14", "not-allowed", twin=attached_under_honest_names)(build)


for _of, _odd in NAMES.items():
    _name(_of, _odd)


@attack("14", "not-allowed", twin=attached_under_honest_names)
def two_attachments_of_one_name(r: Records) -> None:
    _attach_named(r, ("surat.pdf", b"satu"), ("surat.pdf", b"dua"))
