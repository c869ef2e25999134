"""An independent reader of an office's records, written from `docs/record-format.md` alone.

It knows nothing of soptui: it shares no code with it, and whoever wrote it read that page and
nothing else. Where the two come to different results, the page does not say all, or one of them is
wrong. Whoever changes the format changes the page first, and then this file from the page alone.

Verification is total: whatever fails is `Refused`, and nothing else is ever raised.

As a program: `python reader.py REPOSITORY GENESIS FINGERPRINT` judges the branch `main`, and prints
every case as JSON, or why the history is refused.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
import time as clock
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from fractions import Fraction
from functools import cache, lru_cache
from hashlib import sha1, sha256, sha512
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Read = Callable[[str], tuple[str, bytes]]
"""By object id: its type ("commit", "tree", "blob") and content, which is not to be believed but
hashed again; raises KeyError where there is none."""

State = dict[str, Any]
"""What a case is, in the words of section 4."""

Table = dict[str, Any]
"""A table of a TOML file, its keys in the order of the file."""


class Refused(Exception):
    """Why a history is refused: `str()` of it is a sentence; `commit` is the commit's id."""

    commit = ""


def need(condition: object, reason: str) -> None:
    """Refuse for this reason, unless the condition holds."""
    if not condition:
        raise Refused(reason)


# 1. The repository ---------------------------------------------------------------------------

ID = r"[a-z][a-z0-9-]{0,31}"
CASE_ID = r"[0-9]{4}-[0-9a-hjkmnp-tv-z]{8}"
VERSION = r"[1-9][0-9]{0,3}"
DIGEST = r"[0-9a-f]{64}"
OBJECT_ID = r"[0-9a-f]{40}"

MEBIBYTE = 1024 * 1024
MOST_ATTACHED = 48 * MEBIBYTE
MOST_FILES_CHANGED = 512

PATHS = {
    "office": re.compile(r"office\.toml"),
    "officer": re.compile(rf"officers/({ID})\.toml"),
    "sop": re.compile(rf"sops/({ID})/({VERSION})\.toml"),
    "calendar": re.compile(r"calendars/(20[0-9]{2})\.toml"),
    "register": re.compile(rf"registers/(20[0-9]{{2}})/({VERSION})\.toml"),
    "case": re.compile(r"cases/([0-9]{4})/(.)/(.)/([0-9]{4}-[^/]+)\.toml"),
    "attachment": re.compile(rf"attachments/([0-9a-f]{{2}})/({DIGEST})"),
    "signers": re.compile(r"allowed_signers"),
}


@cache
def kind_of_path(path: str) -> tuple[str, tuple[str, ...]]:
    """What a path holds, with the ids in it."""
    for kind, pattern in PATHS.items():
        match = pattern.fullmatch(path)
        if match is None:
            continue
        parts = match.groups()
        if kind == "case":
            year, first, second, case = parts
            need(re.fullmatch(CASE_ID, case), f"{path} has no case id")
            need((year, first, second) == (case[:4], case[5], case[6]), f"{path} is misplaced")
            return kind, (case,)
        if kind == "attachment":
            need(parts[1].startswith(parts[0]), f"{path} is misplaced")
            return kind, (parts[1],)
        return kind, parts
    raise Refused(f"no file may have the path {path!r}")


@dataclass
class Objects:
    """The objects of a repository, each held against its id."""

    read: Read
    trees: dict[str, dict[str, str]] = field(default_factory=dict)
    found: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def get(self, oid: str, kind: str) -> bytes:
        """The content of an object of this type."""
        if (oid, kind) in self.found:
            return self.found[oid, kind]
        try:
            told, content = self.read(oid)
        except KeyError:
            raise Refused(f"the object {oid} is missing") from None
        need(told == kind, f"the object {oid} is no {kind}")
        named = sha1(b"%s %d\0" % (kind.encode(), len(content)) + content).hexdigest()
        need(named == oid, f"the object {oid} has another content")
        self.found[oid, kind] = content
        return content

    def files(self, tree: str, depth: int = 0) -> dict[str, str]:
        """The blobs below a tree, by their paths."""
        if tree in self.trees:
            return self.trees[tree]
        need(depth < 6, "folders are nested too deep")
        raw = self.get(tree, "tree")
        need(len(raw) <= 16 * MEBIBYTE, "a tree is too large")
        need(raw or depth == 0, "a folder is empty")
        files: dict[str, str] = {}
        before = ""
        names: set[str] = set()
        while raw:
            head, _, rest = raw.partition(b"\0")
            mode, _, name_bytes = head.partition(b" ")
            need(len(rest) >= 20, "a tree is cut off")
            oid, raw = rest[:20].hex(), rest[20:]
            need(re.fullmatch(rb"[ -.0-~]+", name_bytes), "a name is not ASCII")
            need(mode in (b"100644", b"40000"), "a file has another mode")
            name = name_bytes.decode("ascii")
            key = name + "/" if mode == b"40000" else name
            need(key > before and name not in names, "a tree is not sorted")
            before = key
            names.add(name)
            if mode == b"100644":
                files[name] = oid
            else:
                below = self.files(oid, depth + 1)
                need(below, "a folder is empty")
                files |= {f"{name}/{path}": blob for path, blob in below.items()}
        self.trees[tree] = files
        return files


# 2. Canonical TOML ---------------------------------------------------------------------------

KEY = r"[a-z][a-z0-9_]{0,31}"
LINE = re.compile(rf"({KEY}) = (.+)")
HEADER = re.compile(rf"(\[\[?)({KEY})(?:\.({KEY}))?(\]\]?)")
STRING = r'"(?:[^"\\]|\\["\\n])*"'
INTEGER = r"(?:0|-?[1-9][0-9]{0,14})"
STRINGS = re.compile(rf"\[{STRING}(?:, {STRING})*\]")
INTEGERS = re.compile(rf"\[{INTEGER}(?:, {INTEGER})*\]")
DAY = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}"
STAMP = re.compile(rf"{DAY}T{CLOCK}[+-]([0-9]{{2}}):([0-9]{{2}})")

DRAWN_AS_NOTHING = {
    0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x3164,
    *range(0xFE00, 0xFE10), 0xFFA0, *range(0xE0100, 0xE01F0),
}  # fmt: skip
JOINERS = "\u200c\u200d"


def check_text(text: str) -> None:
    """Refuse a text with what cannot be seen, or that says nothing."""
    need(len(text) <= 8000, "a text is too long")
    if text.isascii() and text.isprintable():
        need(text.strip(), "a text says nothing")
        return
    row = 0
    says = False
    for place, char in enumerate(text):
        category = unicodedata.category(char)
        row = row + 1 if category in ("Mn", "Me") else 0
        need(row <= 5, "a text piles up marks")
        need(ord(char) not in DRAWN_AS_NOTHING, "a text holds what is not seen")
        if category[0] in "LNPS" and char not in "\u2800\U0001d159":
            says = True
        if char in JOINERS:
            around = text[place - 1 : place] + text[place + 1 : place + 2]
            need(
                len(around) == 2 and all(unicodedata.category(one)[0] in "LM" for one in around),
                "a joiner stands alone",
            )
        elif char != "\n":
            hidden = category in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
            need(not hidden, "a text holds what is not seen")
    need(says, "a text says nothing")


def _string(raw: str) -> str:
    text = re.sub(r"\\(.)", lambda hit: "\n" if hit[1] == "n" else hit[1], raw[1:-1])
    check_text(text)
    return text


def _value(raw: str) -> object:
    if re.fullmatch(STRING, raw):
        return _string(raw)
    if re.fullmatch(INTEGER, raw):
        return int(raw)
    if raw in ("true", "false"):
        return raw == "true"
    if STRINGS.fullmatch(raw):
        return [_string(one) for one in re.findall(STRING, raw)]
    if INTEGERS.fullmatch(raw):
        return [int(one) for one in re.findall(INTEGER, raw)]
    try:
        if stamp := STAMP.fullmatch(raw):
            need(int(stamp[1]) <= 23 and int(stamp[2]) <= 59, "an offset is too large")
            need(not raw.endswith("-00:00"), "an offset is -00:00")
            return datetime.fromisoformat(raw)
        if re.fullmatch(DAY, raw):
            return date.fromisoformat(raw)
        if re.fullmatch(CLOCK, raw):
            return time.fromisoformat(raw)
    except ValueError:
        raise Refused(f"there is no such time as {raw}") from None
    raise Refused("a value is not spelt canonically")


def parse(data: bytes, most: int = 256 * 1024) -> Table:
    """A canonical TOML file as a table."""
    need(len(data) <= most, "a file is too large")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("a file is not UTF-8") from None
    need(unicodedata.is_normalized("NFC", text), "a file is not in form C")
    need(text.endswith("\n"), "a file does not end with a line feed")
    top: Table = {}
    here = top
    outer = ""
    inner = ""
    parent = top
    blank = False
    for line in text[:-1].split("\n"):
        need(len(line.encode()) <= 16 * 1024, "a line is too long")
        if not line:
            need(top and not blank, "a blank line stands where none may")
            blank = True
        elif header := HEADER.fullmatch(line):
            need(blank and len(header[1]) == len(header[4]), "a header is not canonical")
            many, name, sub = header[1] == "[[", header[2], header[3]
            if sub is None:
                here = _open(top, name, many, again=outer == name)
                outer, inner, parent = name, "", here
            else:
                need(name == outer, "a table does not follow the one that it is in")
                here = _open(parent, sub, many, again=inner == sub)
                inner = sub
            blank = False
        else:
            match = LINE.fullmatch(line)
            if match is None or blank:
                raise Refused("a line is not canonical")
            need(match[1] not in here, "a key stands twice")
            here[match[1]] = _value(match[2])
    need(not blank, "a file ends with a blank line")
    return top


def _open(table: Table, name: str, many: bool, again: bool) -> Table:
    new: Table = {}
    if not many:
        need(name not in table, "a table stands twice")
        table[name] = new
    elif name in table:
        there = table[name]
        need(again and isinstance(there, list) and isinstance(there[0], dict), "a table is split")
        there.append(new)
    else:
        table[name] = [new]
    return new


# The kinds of values that schemas speak of

Kind = Callable[[Any], bool]


@dataclass(frozen=True)
class Field:
    """A key of a schema: the kind of its value, or the schema of the tables it holds."""

    name: str
    kind: Kind | tuple[Field, ...]
    needed: bool = True
    many: bool = True


def a(name: str, kind: Kind) -> Field:
    """A key that must be there."""
    return Field(name, kind)


def may(name: str, kind: Kind) -> Field:
    """A key that may be absent."""
    return Field(name, kind, needed=False)


def tables(name: str, *fields: Field, needed: bool = False) -> Field:
    """A list of tables."""
    return Field(name, fields, needed)


def table(name: str, *fields: Field, needed: bool = False) -> Field:
    """A single table."""
    return Field(name, fields, needed, many=False)


def is_text(value: Any) -> bool:
    """A text of any number of lines."""
    return isinstance(value, str)


def is_line(value: Any) -> bool:
    """A text of one line, that neither begins nor ends with a blank."""
    return isinstance(value, str) and "\n" not in value and not _has_blank_end(value)


def _has_blank_end(text: str) -> bool:
    return any(unicodedata.category(char) == "Zs" for char in (text[:1], text[-1:]) if char)


def is_day(value: Any) -> bool:
    """A date, and no date-time."""
    return type(value) is date


def is_stamp(value: Any) -> bool:
    """A date-time."""
    return type(value) is datetime


def is_time(value: Any) -> bool:
    """A time of day."""
    return type(value) is time


def is_true(value: Any) -> bool:
    """The truth value `true`."""
    return value is True


def like(pattern: str) -> Kind:
    """A string that matches wholly."""
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def within(low: int, high: int) -> Kind:
    """An integer from `low` to `high`."""
    return lambda value: type(value) is int and low <= value <= high


def one_of(*words: str) -> Kind:
    """One of these words."""
    return lambda value: isinstance(value, str) and value in words


def every(kind: Kind, once: bool = False, rising: bool = False) -> Kind:
    """A list of values of this kind."""

    def check(value: Any) -> bool:
        return (
            isinstance(value, list)
            and all(kind(one) for one in value)
            and (not once or len(set(value)) == len(value))
            and (not rising or value == sorted(set(value)))
        )

    return check


is_id = like(ID)
is_digest = like(DIGEST)


def check_table(there: Table, fields: Sequence[Field], where: str) -> None:
    """Refuse a table that lacks a key, has one too many, or has them in another order."""
    known = {one.name: one for one in fields}
    need(set(there) <= set(known), f"{where} has a key that its schema lacks")
    need([one for one in known if one in there] == list(there), f"{where} is out of order")
    need(there, f"{where} is empty")
    for one in fields:
        if one.name not in there:
            need(not one.needed, f"{where} lacks {one.name}")
            continue
        value = there[one.name]
        if not isinstance(one.kind, tuple):
            need(not isinstance(value, dict) and one.kind(value), f"{where}: {one.name} is wrong")
        elif one.many:
            need(
                isinstance(value, list) and all(isinstance(entry, dict) for entry in value),
                f"{where}: {one.name} is no list of tables",
            )
            for entry in value:
                check_table(entry, one.kind, f"{where}, {one.name}")
        else:
            need(isinstance(value, dict), f"{where}: {one.name} is no table")
            check_table(value, one.kind, f"{where}, {one.name}")


def once(values: Sequence[object], what: str) -> None:
    """Refuse a list that names something twice."""
    need(len(set(values)) == len(values), f"{what} is named twice")


# 3. A case's file ----------------------------------------------------------------------------

CASE_HEADER = (
    a("format", within(1, 1)),
    a("case", like(CASE_ID)),
    a("sop", is_id),
    a("sop_version", within(1, 9999)),
    a("sop_sha256", is_digest),
)

CAPACITIES = ("definitif", "plt", "plh", "pj")

ENVELOPE = (
    a("step", within(0, 999)),
    a("round", within(1, 999)),
    a("by", is_id),
    a("role", is_id),
    a("capacity", one_of(*CAPACITIES)),
    a("at", is_stamp),
    a("after", is_digest),
)

NOTE, MAY_NOTE = a("note", is_text), may("note", is_text)
TO_STEP = a("to_step", within(0, 999))
MAY_WAY = may("way", is_text)

CARRIED: dict[str, tuple[Field, ...]] = {
    "register": (
        a("letter_number", is_text),
        a("letter_date", is_day),
        a("received_at", is_stamp),
        a("sender", is_text),
        a("subject", is_text),
        may("summary", is_text),
        a("urgency", one_of("biasa", "segera", "sangat-segera")),
        a("security", one_of("biasa", "terbatas", "rahasia", "sangat-rahasia")),
    ),
    "receive": (),
    "dispose": (
        a("to", every(is_id)),
        may("instructions", every(is_id)),
        MAY_NOTE,
        may("due", is_day),
        MAY_WAY,
    ),
    "request": (a("units", every(is_id)), MAY_NOTE, may("due", is_day)),
    "submit": (
        a("unit", is_id),
        MAY_NOTE,
        tables(
            "data",
            a("indicator", is_text),
            may("unit", is_text),
            may("target", is_text),
            may("actual", is_text),
            may("note", is_text),
        ),
    ),
    "complete": (
        may("requirements", every(is_text)),
        MAY_NOTE,
        may("application", is_text),
        may("reference", is_text),
        may("early_reason", is_text),
        MAY_WAY,
    ),
    "approve": (a("documents", every(is_digest)), MAY_NOTE, MAY_WAY),
    "return": (TO_STEP, a("reason", is_id), NOTE),
    "recall": (MAY_NOTE,),
    "reassign": (a("officer", is_id), NOTE),
    "suspend": (NOTE,),
    "resume": (MAY_NOTE,),
    "attach": (MAY_NOTE,),
    "note": (NOTE,),
    "correct": (a("event", is_digest), NOTE),
    "archive": (
        a("classification", is_text),
        a("file_number", is_text),
        a("title", is_text),
        a("items", every(is_text)),
        a("place", is_text),
        a("active_years", within(0, 10**15)),
        a("inactive_years", within(0, 10**15)),
        a("fate", one_of("permanen", "musnah")),
        MAY_NOTE,
        may("application", is_text),
        may("reference", is_text),
    ),
    "cancel": (NOTE,),
    "reopen": (TO_STEP, NOTE),
    "migrate": (
        a("sop_version", within(1, 9999)),
        a("sop_sha256", is_digest),
        a("steps", every(like(r"(0|[1-9][0-9]{0,2})=(0|[1-9][0-9]{0,2})"))),
        NOTE,
    ),
}

DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?")


def is_file_name(value: Any) -> bool:
    """A name that every file system can keep."""
    return (
        isinstance(value, str)
        and len(value.encode()) <= 255
        and not set(value) & set("/\\\n")
        and value[0] != "."
        and value[-1] != "."
        and not _has_blank_end(value)
        and DEVICES.fullmatch(value) is None
    )


ATTACHMENTS = tables(
    "attachments",
    a("name", is_file_name),
    a("kind", one_of("letter", "output", "support")),
    a("size", within(0, MOST_ATTACHED)),
    a("sha256", is_digest),
)


@dataclass(frozen=True)
class Event:
    """A block of a case's file."""

    id: str
    action: str
    step: int
    round: int
    by: str
    role: str
    capacity: str
    at: datetime
    after: str
    body: Table
    files: tuple[Table, ...]

    @property
    def place(self) -> tuple[int, int]:
        """Where the case was."""
        return self.step, self.round


@dataclass(frozen=True)
class CaseFile:
    """A case's file in its parts."""

    head_id: str
    case: str
    sop: str
    version: int
    sop_digest: str
    header: bytes
    blocks: tuple[bytes, ...]
    events: tuple[Event, ...]

    def position(self, event_id: str) -> int:
        """How many events there are up to the named one; the header's id names none."""
        if event_id == self.head_id:
            return 0
        for count, event in enumerate(self.events, 1):
            if event.id == event_id:
                return count
        raise Refused("an event names one before it that the case lacks")


@cache
def read_block(block: bytes) -> Event:
    """The event that a block holds."""
    need(len(block) <= 64 * 1024, "a block is too large")
    top = _only_event(block)
    action = top.get("action")
    need(isinstance(action, str) and action in CARRIED, "there is no such action")
    carried = CARRIED[str(action)]
    check_table(top, (a("action", is_text), *ENVELOPE, *carried, ATTACHMENTS), f"event {action}")
    files = top.get("attachments", [])
    once([one["name"] for one in files], "an attachment")
    once([one["sha256"] for one in files], "an attachment")
    need(sum(one["size"] for one in files) <= MOST_ATTACHED, "the attachments are too large")
    names = {one.name for one in carried}
    body = {key: value for key, value in top.items() if key in names}
    envelope = {one.name: top[one.name] for one in ENVELOPE}
    event_id = sha256(block).hexdigest()
    return Event(id=event_id, action=str(action), body=body, files=tuple(files), **envelope)


def _only_event(block: bytes) -> Table:
    """The one table of a block, which is read behind a first line that stands in for the header."""
    top = parse(b"format = 1\n" + block)
    events = top.get("events")
    need(set(top) == {"format", "events"} and isinstance(events, list), "a block is no event")
    assert isinstance(events, list)
    need(len(events) == 1, "a block is not one event")
    event: Table = events[0]
    return event


@lru_cache(maxsize=4096)
def read_case(data: bytes) -> CaseFile:
    """A case's file, header and blocks."""
    need(len(data) <= 4 * MEBIBYTE, "a case is too large")
    mark = b"\n\n[[events]]\n"
    parts = data.split(mark)
    need(len(parts) > 1, "a case has no event")
    header = parts[0] + b"\n"
    top = parse(header)
    check_table(top, CASE_HEADER, "the header of a case")
    blocks = tuple(
        b"\n[[events]]\n" + part + (b"\n" if count < len(parts) - 1 else b"")
        for count, part in enumerate(parts[1:], 1)
    )
    return CaseFile(
        head_id=sha256(header).hexdigest(),
        case=top["case"],
        sop=top["sop"],
        version=top["sop_version"],
        sop_digest=top["sop_sha256"],
        header=header,
        blocks=blocks,
        events=tuple(read_block(block) for block in blocks),
    )


# 4. What a case is: the fold -----------------------------------------------------------------

FINISHING = ("dispose", "complete", "approve", "archive")
FILES_TAKEN = {
    "register": ("letter",),
    "complete": ("output", "support"),
    "correct": ("output",),
    **dict.fromkeys(
        ("dispose", "request", "submit", "approve", "return", "attach", "archive"), ("support",)
    ),
}
ANYWHERE = ("attach", "note", "correct")

REGISTRATION, FILING = 0, 999
HIGHEST_ROW = 998
END = 0
"""Where a way leads that leads to no row."""


@dataclass(frozen=True)
class Way:
    """A way on from a step: to a row, to the filing, or to the end."""

    label: str
    to: int


@dataclass(frozen=True)
class Step:
    """A row of an SOP; the registration is step 0, of the kind `register`, the filing step 999."""

    number: int
    kind: str
    actor: str
    """Who records the step, where its actor is outside."""
    involved: tuple[str, ...]
    requirements: frozenset[str]
    has_output: bool
    distinct_from: frozenset[int]
    returns: dict[int, tuple[str, ...]]
    ways: tuple[Way, ...]
    """Of which `END` leads to no step: where the end is the filing, a way leads to that."""


@dataclass(frozen=True)
class Sop:
    """One version of an SOP, as far as the fold asks for it."""

    id: str
    version: int
    digest: str
    head: str
    roles: tuple[str, ...]
    several: frozenset[str]
    steps: dict[int, Step]

    def is_unavoidable(self, number: int, before: int) -> bool:
        """Whether no walk along ways leads from the registration to a step around another."""
        met: set[int] = {number}
        ahead = [REGISTRATION]
        while ahead:
            here = ahead.pop()
            if here not in met:
                met.add(here)
                ahead += [way.to for way in self.steps[here].ways if way.to != END]
        return before == number or before not in met

    def asked_role(self, number: int) -> str:
        """The first role that is `several` and involved in the step; empty where none is."""
        involved = self.steps[number].involved
        return next((one for one in self.roles if one in self.several and one in involved), "")


Sops = Mapping[tuple[str, int], Sop]


@dataclass
class Visit:
    """A stay of the case at a step."""

    step: int
    round: int
    sender: str
    sender_role: str
    opened_by: str
    opened_with: str
    assignee: str = ""
    received: bool = False
    owner: str = ""
    closed_by: str = ""
    apart: frozenset[int] = frozenset()
    sealed: bool = False
    """Whether a migration or a correction with files took effect since it was opened."""

    @property
    def finished(self) -> bool:
        """Whether its step was done, and not left otherwise."""
        return self.closed_by in FINISHING


@dataclass
class Request:
    """What a section was asked for."""

    unit: str
    step: int
    round: int
    state: str = "open"


@dataclass
class Document:
    """A file of kind `output`."""

    sha256: str
    step: int
    round: int
    event: str


@dataclass
class Approval:
    """The approval of a document at a step of kind `approve`."""

    step: int
    documents: list[str]
    event: str
    voided_by: str = ""


class NotOpen(Exception):
    """The rules do not allow an event at its turn."""


def ask(condition: object, reason: str) -> None:
    """Say that an event is not open, unless the condition holds."""
    if not condition:
        raise NotOpen(reason)


@dataclass
class Case:
    """The state of a case, and how events change it."""

    sop: Sop
    sops: Sops
    status: str = "new"
    visits: list[Visit] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    effective: list[bool] = field(default_factory=list)

    # The state

    @property
    def present(self) -> Visit:
        """The last visit."""
        return self.visits[-1]

    @property
    def step(self) -> Step:
        """The step of the present visit."""
        return self.sop.steps[self.present.step]

    @property
    def been_at(self) -> set[int]:
        """The steps that the case has been at."""
        return {visit.step for visit in self.visits}

    @property
    def path(self) -> list[int]:
        """The steps by which the case came to where it is; the present one is the last."""
        path: list[int] = []
        for visit in self.visits:
            if visit.step in path:
                del path[path.index(visit.step) :]
            path.append(visit.step)
        return path

    def target(self, event: Event) -> int:
        """Where the way leads that an event chooses, or the only one there is."""
        ways = self.step.ways
        if len(ways) == 1:
            return ways[0].to
        return next(way.to for way in ways if way.label == event.body["way"])

    def in_force(self) -> list[str]:
        """The digests of the document in force."""
        if not self.documents:
            return []
        first: dict[tuple[int, int], int] = {}
        for place, one in enumerate(self.documents):
            first.setdefault((one.step, one.round), place)
        there = max(first, key=lambda key: first[key])
        group = [one for one in self.documents if (one.step, one.round) == there]
        return [one.sha256 for one in group if one.event == group[-1].event]

    def open_units(self) -> set[str]:
        """The sections with an open request."""
        return {one.unit for one in self.requests if one.state == "open"}

    # What several actions do alike

    def kept_from(self, person: str, step: int) -> bool:
        """Whether the separation of duties keeps a person from a step."""
        listed = self.sop.steps[step].distinct_from
        return any(
            visit.finished
            and visit.owner == person
            and (visit.step in listed or step in visit.apart)
            for visit in self.visits
        )

    def close(self, event: Event) -> None:
        """Close the present visit."""
        self.present.closed_by = event.action

    def open_visit(self, step: int, event: Event, assignee: str = "", again: int = 0) -> None:
        """Open a visit at a step, in its next round or in the given one."""
        rounds = [visit.round for visit in self.visits if visit.step == step]
        count = again or max(rounds, default=0) + 1
        new = Visit(step, count, event.by, event.role, event.id, event.action, assignee)
        self.visits.append(new)

    def hand_over(self, event: Event) -> None:
        """Close the present visit and open one at the target, if that is a step."""
        self.close(event)
        target = self.target(event)
        if target == END:
            self.status = "done"
        elif target in self.path:
            self.go_back(target, event)
        else:
            self.open_visit(target, event)

    def withdraw(self) -> None:
        """Withdraw every open request."""
        for one in self.requests:
            if one.state == "open":
                one.state = "withdrawn"

    def go_back(self, step: int, event: Event) -> None:
        """Open a visit at an earlier step; void is what was not approved on the path to it."""
        self.withdraw()
        path = self.path
        before = path[: path.index(step)] if step in path else path
        for approval in self.approvals:
            if not approval.voided_by and approval.step not in before:
                approval.voided_by = event.id
        owners = [visit.owner for visit in self.visits if visit.step == step and visit.owner]
        owner = owners[-1] if owners else ""
        if owner and self.kept_from(owner, step):
            owner = ""
        self.open_visit(step, event, owner)

    # When an action is open

    def is_owner(self, event: Event, even_if_kept: bool = False) -> bool:
        """Whether the author owns the present visit, in the role of the step."""
        visit = self.present
        return (
            visit.received
            and visit.owner == event.by
            and event.role == self.step.actor
            and (even_if_kept or not self.kept_from(event.by, visit.step))
        )

    def is_head(self, event: Event) -> bool:
        """Whether the author acts as the SOP's head."""
        return event.role == self.sop.head

    def check(self, event: Event) -> None:
        """Say that the event is not open, if it is not."""
        taken = FILES_TAKEN.get(event.action, ())
        ask(all(one["kind"] in taken for one in event.files), "files of another kind")
        if self.status == "new":
            ask(event.action == "register", "the case is new")
            ask(event.place == (0, 1), "another place")
            ask(event.role == self.sop.steps[0].actor, "not the registration's actor")
        else:
            places = {(self.present.step, self.present.round)}
            if event.action in ANYWHERE:
                places |= {(visit.step, visit.round) for visit in self.visits}
                past = zip(self.events, self.effective, strict=True)
                places |= {earlier.place for earlier, there in past if there}
            ask(event.place in places, "another place")
            statuses = {
                "resume": ("suspended",),
                "reopen": ("done", "cancelled"),
                **dict.fromkeys(("cancel", "attach", "note", "correct"), ("running", "suspended")),
            }.get(event.action, ("running",))
            ask(self.status in statuses, f"the case is {self.status}")
        getattr(self, f"_check_{event.action}")(event)

    def _check_register(self, event: Event) -> None:
        if self.status != "new":
            ask(self.step.kind == "register" and self.is_owner(event), "not the owner")
        received = event.body["received_at"]
        ask(received.date() >= event.body["letter_date"], "received before it was written")
        ask(received <= event.at, "received after it was registered")

    def _check_receive(self, event: Event) -> None:
        visit = self.present
        ask(event.role == self.step.actor, "not the step's actor")
        ask(visit.assignee in ("", event.by), "not the assignee")
        ask(not self.kept_from(event.by, visit.step), "kept from the step")
        ask(not visit.received, "already received")

    def _check_owner(self, event: Event, *kinds: str) -> None:
        ask(self.step.kind in kinds, "a step of another kind")
        ask(self.is_owner(event), "not the owner")

    def _check_due(self, event: Event) -> None:
        due = event.body.get("due")
        ask(due is None or due >= event.at.date(), "due before its day")

    def _check_way(self, event: Event) -> None:
        ways = self.step.ways
        if len(ways) > 1:
            ask(event.body.get("way") in [one.label for one in ways], "no such way")
        else:
            ask("way" not in event.body, "there is no way to choose")

    def _check_dispose(self, event: Event) -> None:
        self._check_owner(event, "dispose")
        self._check_way(event)
        to = event.body["to"]
        target = self.target(event)
        ask(target == END or self.sop.steps[target].actor in to, "not to the target's actor")
        ask(len(set(to)) == len(to) and set(to) <= set(self.sop.roles), "not to roles of the SOP")
        ask("instructions" in event.body or "note" in event.body, "it says nothing")
        self._check_due(event)

    def _check_request(self, event: Event) -> None:
        self._check_owner(event, "collect")
        ask(self.sop.asked_role(self.present.step), "nobody to ask")
        units = event.body["units"]
        ask(len(set(units)) == len(units), "a section twice")
        ask(not set(units) & self.open_units(), "a section that is asked already")
        self._check_due(event)

    def _check_submit(self, event: Event) -> None:
        ask(event.role == self.sop.asked_role(self.present.step), "not the asked role")
        ask(event.body["unit"] in self.open_units(), "not asked")
        ask("data" in event.body or "note" in event.body or event.files, "it says nothing")

    def _check_complete(self, event: Event) -> None:
        self._check_owner(event, "work", "collect")
        self._check_way(event)
        ask(
            set(event.body.get("requirements", [])) == self.step.requirements,
            "not the requirements of the step",
        )
        if self.step.has_output:
            ask(any(one["kind"] == "output" for one in event.files), "no output")
        if self.step.kind == "collect" and "early_reason" not in event.body:
            here = (self.present.step, self.present.round)
            asked = [one for one in self.requests if (one.step, one.round) == here]
            ask(any(one.state != "withdrawn" for one in asked), "nobody was asked")
            ask(not self.open_units(), "not everybody has answered")

    def _check_approve(self, event: Event) -> None:
        self._check_owner(event, "review", "approve")
        self._check_way(event)
        there = self.in_force()
        ask(there and event.body["documents"] == there, "not the document in force")

    def _check_return(self, event: Event) -> None:
        ask(self.is_owner(event), "not the owner")
        to = event.body["to_step"]
        ask(to in self.step.returns and to < self.present.step, "no such way back")
        ask(to in self.path, "the case did not come by that step")
        ask(event.body["reason"] in self.step.returns[to], "no such reason")

    def _check_recall(self, event: Event) -> None:
        visit = self.present
        ask(visit.sender == event.by and visit.sender_role == event.role, "not the sender")
        ask(not visit.received, "already received")
        ask(visit.opened_with != "reopen" and not visit.sealed, "no longer to be recalled")
        ask(len(self.visits) > 1, "nothing to go back to")

    def _check_reassign(self, event: Event) -> None:
        ask(self.is_owner(event, even_if_kept=True) or self.is_head(event), "not theirs")
        officer = event.body["officer"]
        ask(officer not in (self.present.owner, self.present.assignee), "it is theirs already")
        ask(not self.kept_from(officer, self.present.step), "kept from the step")

    def _check_suspend(self, event: Event) -> None:
        ask(self.is_owner(event, even_if_kept=True) or self.is_head(event), "not theirs")

    _check_resume = _check_suspend

    def _check_note(self, event: Event) -> None:
        ask(event.role in self.sop.roles, "no participant")

    def _check_attach(self, event: Event) -> None:
        self._check_note(event)
        ask(event.files, "no file")

    def _check_correct(self, event: Event) -> None:
        self._check_note(event)
        wanted = event.body["event"]
        named = next((one for one in self.events if one.id == wanted), None)
        ask(named is not None, "no such event")
        if event.files and named is not None:
            ask(named.action == "complete", "not a completion")
            ask((named.by, named.role) == (event.by, event.role), "somebody else's")
            ask(any(one.event == named.id for one in self.documents), "its output is gone")
            ask(self.status != "suspended", "the case is suspended")

    def _check_archive(self, event: Event) -> None:
        self._check_owner(event, "archive")
        approved = {one.step for one in self.approvals if not one.voided_by}
        here, path = self.present.step, self.path
        wanted = {
            one.number
            for one in self.sop.steps.values()
            if one.kind == "approve"
            and (one.number in path or self.sop.is_unavoidable(one.number, here))
        }
        ask(wanted <= approved, "an approval is missing")

    def _check_cancel(self, event: Event) -> None:
        ask(self.is_head(event), "not the head")

    def _check_reopen(self, event: Event) -> None:
        ask(self.is_head(event), "not the head")
        ask(event.body["to_step"] in self.path, "the case did not come by that step")

    def _check_migrate(self, event: Event) -> None:
        ask(event.role == "administrator", "no administrator")
        other = self.sops.get((self.sop.id, event.body["sop_version"]))
        ask(event.body["sop_version"] != self.sop.version, "the same version")
        ask(other is not None and other.digest == event.body["sop_sha256"], "no such version")
        pairs = _pairs(event)
        ask(len({left for left, _ in pairs}) == len(pairs), "a step twice")
        kept = set().union(*(self._kept_by(one) for one in self.visits if one.finished), set())
        ask(self.been_at | kept <= {left for left, _ in pairs}, "a step is not mapped")
        for left, right in pairs:
            ask(other is not None and right in other.steps, "no such step")
            ask((left == 0) == (right == 0), "the registration stays the registration")

    def _kept_by(self, visit: Visit) -> set[int]:
        """The steps that are kept from the owner of a finished visit on its account."""
        steps = self.sop.steps.values()
        return {one.number for one in steps if visit.step in one.distinct_from} | visit.apart

    # What an action does

    def apply(self, event: Event) -> None:
        """Let an open event take effect."""
        getattr(self, f"_apply_{event.action}", self._apply_nothing)(event)

    def _apply_nothing(self, event: Event) -> None:
        pass

    def _apply_register(self, event: Event) -> None:
        if self.status == "new":
            self.status = "running"
            self.open_visit(0, event)
            self.present.received = True
            self.present.owner = event.by
        self.hand_over(event)

    def _apply_receive(self, event: Event) -> None:
        self.present.received = True
        self.present.owner = event.by

    def _apply_dispose(self, event: Event) -> None:
        self.hand_over(event)

    def _apply_request(self, event: Event) -> None:
        here = self.present
        self.requests += [Request(unit, here.step, here.round) for unit in event.body["units"]]

    def _apply_submit(self, event: Event) -> None:
        for one in self.requests:
            if one.unit == event.body["unit"] and one.state == "open":
                one.state = "answered"

    def _apply_complete(self, event: Event) -> None:
        self.withdraw()
        self._add_documents(event, self.present.step, self.present.round)
        self.hand_over(event)

    def _add_documents(self, event: Event, step: int, count: int) -> None:
        outputs = [one["sha256"] for one in event.files if one["kind"] == "output"]
        self.documents += [Document(one, step, count, event.id) for one in outputs]

    def _apply_approve(self, event: Event) -> None:
        if self.step.kind == "approve":
            self.approvals.append(
                Approval(self.present.step, list(event.body["documents"]), event.id)
            )
        self.hand_over(event)

    def _apply_return(self, event: Event) -> None:
        self.close(event)
        self.go_back(event.body["to_step"], event)

    def _apply_recall(self, event: Event) -> None:
        opened_by = self.visits.pop().opened_by
        self.present.closed_by = ""
        self.documents = [one for one in self.documents if one.event != opened_by]
        self.approvals = [one for one in self.approvals if one.event != opened_by]
        for approval in self.approvals:
            if approval.voided_by == opened_by:
                approval.voided_by = ""
        for one in self.requests:
            here = (one.step, one.round) == (self.present.step, self.present.round)
            if here and one.state == "withdrawn":
                one.state = "open"

    def _apply_reassign(self, event: Event) -> None:
        self.close(event)
        here = self.present
        self.open_visit(here.step, event, event.body["officer"], again=here.round)

    def _apply_suspend(self, event: Event) -> None:
        self.status = "suspended"

    def _apply_resume(self, event: Event) -> None:
        self.status = "running"

    def _apply_correct(self, event: Event) -> None:
        if not event.files:
            return
        self.present.sealed = True
        first = next(one for one in self.documents if one.event == event.body["event"])
        place = (first.step, first.round)
        before = {one.sha256 for one in self.documents if (one.step, one.round) == place}
        self._add_documents(event, *place)
        hit = [
            one.step for one in self.approvals if not one.voided_by and before & set(one.documents)
        ]
        if hit:
            self.close(event)
            first_hit = next((one for one in self.path if one in hit), min(hit))
            self.go_back(first_hit, event)

    def _apply_archive(self, event: Event) -> None:
        self.close(event)
        self.status = "done"

    def _apply_cancel(self, event: Event) -> None:
        self.close(event)
        self.withdraw()
        self.status = "cancelled"

    def _apply_reopen(self, event: Event) -> None:
        self.status = "running"
        self.go_back(event.body["to_step"], event)

    def _apply_migrate(self, event: Event) -> None:
        new = self.sops[self.sop.id, event.body["sop_version"]]
        steps = dict(_pairs(event))
        was = self.step
        places: dict[tuple[int, int], tuple[int, int]] = {}
        rounds: dict[int, int] = {}
        aparts = [self._apart_in(visit, new, steps) for visit in self.visits]
        for visit in self.visits:
            place = (visit.step, visit.round)
            if place not in places:
                there = steps[visit.step]
                rounds[there] = rounds.get(there, 0) + 1
                places[place] = (there, rounds[there])
        for visit, apart in zip(self.visits, aparts, strict=True):
            visit.step, visit.round = places[visit.step, visit.round]
            visit.apart = apart
        for request in self.requests:
            request.step, request.round = places[request.step, request.round]
        for document in self.documents:
            document.step, document.round = places[document.step, document.round]
        for approval in self.approvals:
            approval.step = steps[approval.step]
        self.sop = new
        here = self.present
        here.sealed = True
        if self.step.kind != "collect":
            self.withdraw()
        people = {here.owner, here.assignee} - {""}
        if self.step.actor != was.actor or any(self.kept_from(one, here.step) for one in people):
            here.received, here.owner, here.assignee = False, "", ""

    def _apart_in(self, visit: Visit, new: Sop, steps: Mapping[int, int]) -> frozenset[int]:
        """The steps of the other version that are kept from the owner of a visit."""
        if not visit.finished:
            return frozenset()
        kept = self._kept_by(visit)
        kinds = {self.sop.steps[one].kind for one in kept} & {"review", "approve"}
        alike = {one.number for one in new.steps.values() if one.kind in kinds}
        return frozenset(({steps[one] for one in kept} | alike) - {steps[visit.step]})

    # Effect

    def add(self, event: Event) -> None:
        """Take the next event of the file, in effect or not."""
        unseen: list[Event] = []
        for earlier, there in zip(reversed(self.events), reversed(self.effective), strict=True):
            if earlier.id == event.after:
                break
            if there:
                unseen.append(earlier)
        try:
            ask(all(commute(event, one) for one in unseen), "it does not commute")
            self.check(event)
        except NotOpen:
            effect = False
        else:
            effect = True
            self.apply(event)
        self.events.append(event)
        self.effective.append(effect)

    def state(self) -> State:
        """The state as a table that JSON can hold."""
        return {
            "status": self.status,
            "sop_version": self.sop.version,
            "visits": [
                {
                    "step": one.step,
                    "round": one.round,
                    "sender": one.sender,
                    "assignee": one.assignee,
                    "received": one.received,
                    "owner": one.owner,
                    "closed_by": one.closed_by,
                }
                for one in self.visits
            ],
            "requests": [
                {"unit": one.unit, "step": one.step, "round": one.round, "state": one.state}
                for one in self.requests
            ],
            "documents": [
                {"sha256": one.sha256, "step": one.step, "round": one.round, "event": one.event}
                for one in self.documents
            ],
            "in_force": self.in_force(),
            "approvals": [
                {
                    "step": one.step,
                    "documents": one.documents,
                    "in_force": not one.voided_by,
                    "event": one.event,
                }
                for one in self.approvals
            ],
            "effective": self.effective,
        }


def _pairs(event: Event) -> list[tuple[int, int]]:
    """The steps of a migration, from and to."""
    split = (one.partition("=") for one in event.body["steps"])
    return [(int(left), int(right)) for left, _, right in split]


def commute(one: Event, other: Event) -> bool:
    """Whether two events have the same result in either order."""

    def is_free(event: Event) -> bool:
        return event.action in ("note", "attach") or (event.action == "correct" and not event.files)

    def sections(event: Event) -> set[str] | None:
        if event.action == "request":
            return set(event.body["units"])
        return {event.body["unit"]} if event.action == "submit" else None

    if is_free(one) or is_free(other):
        return True
    first, second = sections(one), sections(other)
    return first is not None and second is not None and not first & second


def fold_events(case_file: CaseFile, events: Sequence[Event], sops: Sops) -> Case:
    """The case that these events make, under the SOP that the header names."""
    sop = sops.get((case_file.sop, case_file.version))
    if sop is None or sop.digest != case_file.sop_digest:
        raise Refused("a case names an SOP that the records do not hold")
    case = Case(sop, sops)
    for event in events:
        case.add(event)
    return case


def fold(case_file: bytes, sops: Mapping[tuple[str, int], bytes]) -> State:
    """What a case is; `sops` are the bytes of SOP files by id and version. Raises `Refused`."""
    try:
        known = {key: read_sop(content, *key) for key, content in sops.items()}
        there = read_case(case_file)
        check_order(there)
        return fold_events(there, there.events, known).state()
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"the case cannot be read ({type(error).__name__})") from error


def check_order(case_file: CaseFile) -> None:
    """Refuse a case whose events do not each name an earlier one, or the header."""
    seen = {case_file.head_id}
    for event in case_file.events:
        need(event.after in seen, "an event names none that stands before it")
        need(event.id not in seen, "an event stands twice")
        seen.add(event.id)
    need(case_file.events[0].after == case_file.head_id, "the first event does not name the header")


# 5. Commits ----------------------------------------------------------------------------------

PRIME = 2**255 - 19
ORDER_8 = (
    int.from_bytes(
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
    ),
    int.from_bytes(
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"
    ),
)
SMALL_ORDER = {0, 1, PRIME - 1, *ORDER_8}
PLAIN_KEY = b"ssh-ed25519"
SECURITY_KEY = b"sk-ssh-ed25519@openssh.com"

OFFSET = r"[+-](?:0[0-9]|1[0-4])[0-5][0-9]"
PERSON = rf"([^<>\x00-\x1f\x7f]*) <([^<>\x00-\x1f\x7f]*)> (0|[1-9][0-9]{{0,17}}) ({OFFSET})"
COMMIT = re.compile(
    rf"tree ({OBJECT_ID})\n"
    rf"((?:parent {OBJECT_ID}\n){{0,2}})"
    rf"author {PERSON}\n"
    rf"committer {PERSON}\n"
    r"gpgsig (-----BEGIN SSH SIGNATURE-----\n(?: [A-Za-z0-9+/=]+\n)+ -----END SSH SIGNATURE-----)\n"
    r"\n"
)


@dataclass(frozen=True)
class Commit:
    """A commit object in its parts."""

    id: str
    tree: str
    parents: tuple[str, ...]
    name: str
    mail: str
    seconds: int
    offset: int
    """In minutes."""
    key: bytes
    message: str

    @property
    def author_time(self) -> datetime:
        """The author's time, with its offset."""
        return datetime.fromtimestamp(self.seconds, timezone(timedelta(minutes=self.offset)))


class Wire:
    """The fields of SSH's encoding, read one after the other; nothing may be left over."""

    def __init__(self, data: bytes) -> None:
        self.rest = data

    def take(self, count: int) -> bytes:
        """So many bytes."""
        need(len(self.rest) >= count, "a signature is cut off")
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def string(self) -> bytes:
        """A string with its length before it."""
        return self.take(int.from_bytes(self.take(4), "big"))

    def end(self) -> None:
        """Refuse what is left over."""
        need(not self.rest, "a signature has more than its fields")


def wire_string(data: bytes) -> bytes:
    """A string with its length before it."""
    return len(data).to_bytes(4, "big") + data


def decode_base64(text: str) -> bytes:
    """The bytes of canonical base64."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise Refused("this is no base64") from None
    need(b64encode(data).decode() == text, "base64 is not canonical")
    return data


def read_key(blob: bytes) -> tuple[bytes, bytes | None]:
    """The point of a public key, and the application of a security key."""
    wire = Wire(blob)
    kind = wire.string()
    need(kind in (PLAIN_KEY, SECURITY_KEY), "a key is of another type")
    point = wire.string()
    application = wire.string() if kind == SECURITY_KEY else None
    wire.end()
    need(len(point) == 32, "a key has another length")
    height = int.from_bytes(point, "little") & (2**255 - 1)
    need(height < PRIME and height not in SMALL_ORDER, "a key's point is weak")
    if application is not None:
        need(re.fullmatch(rb"ssh:[ -~]*", application), "a key has another application")
    return point, application


def key_blob(public: str) -> bytes:
    """The key of OpenSSH's one line."""
    kind, _, encoded = public.partition(" ")
    blob = decode_base64(encoded)
    read_key(blob)
    need(Wire(blob).string() == kind.encode(), "a key's type is told wrong")
    return blob


def fingerprint_of(blob: bytes) -> str:
    """A key's fingerprint, as OpenSSH writes it."""
    return "SHA256:" + b64encode(sha256(blob).digest()).decode().rstrip("=")


@lru_cache(maxsize=65536)
def check_signature(signature: bytes, message: bytes, namespace: bytes) -> bytes:
    """The key by which this message is signed."""
    wire = Wire(signature)
    need(wire.take(6) == b"SSHSIG", "a signature does not begin as one")
    need(wire.take(4) == b"\0\0\0\1", "a signature is of another version")
    blob = wire.string()
    need(wire.string() == namespace, "a signature is of another namespace")
    need(wire.string() == b"", "a signature's reserved field is not empty")
    need(wire.string() == b"sha512", "a signature has another hash")
    inner = Wire(wire.string())
    wire.end()
    point, application = read_key(blob)
    kind = PLAIN_KEY if application is None else SECURITY_KEY
    need(inner.string() == kind, "a signature is of another type than its key")
    raw = inner.string()
    need(len(raw) == 64, "a signature has another length")
    signed = b"SSHSIG" + b"".join(
        wire_string(one) for one in (namespace, b"", b"sha512", sha512(message).digest())
    )
    if application is not None:
        flags, counter = inner.take(1), inner.take(4)
        need(flags[0] & 1, "the user was not present")
        digest = sha256(application).digest()
        signed = digest + flags + counter + sha256(signed).digest()
    inner.end()
    try:
        Ed25519PublicKey.from_public_bytes(point).verify(raw, signed)
    except (InvalidSignature, ValueError):
        raise Refused("a signature does not hold") from None
    return blob


def read_commit(oid: str, raw: bytes) -> Commit:
    """A commit of the form of section 5, whose signature holds."""
    need(len(raw) <= 16 * 1024 and b"\0" not in raw, "a commit is too large or holds NUL")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("a commit is not UTF-8") from None
    match = COMMIT.match(text)
    if match is None:
        raise Refused("a commit has not exactly its headers")
    tree, parents, name, mail, seconds, offset, *committer, armour = match.groups()
    need([name, mail] == committer[:2], "author and committer differ")
    need("-0000" not in (offset, committer[3]), "an offset is -0000")
    for one in (name, mail):
        need(all(unicodedata.category(char) != "Cc" for char in one), "a name is not plain")
    lines = [line.removeprefix(" ") for line in armour.split("\n")][1:-1]
    need(all(len(line) == 70 for line in lines[:-1]), "a signature's lines are not 70 long")
    need(len(lines[-1]) <= 70, "a signature's lines are not 70 long")
    payload = text[: match.start(11) - len("gpgsig ")] + text[match.end() - 1 :]
    signature = decode_base64("".join(lines))
    key = check_signature(signature, payload.encode(), b"git")
    minutes = int(offset[1:3]) * 60 + int(offset[3:])
    return Commit(
        oid,
        tree,
        tuple(re.findall(OBJECT_ID, parents)),
        name,
        mail,
        int(seconds),
        -minutes if offset[0] == "-" else minutes,
        key,
        text[match.end() :],
    )


WORDS = {
    "register": "Catat surat",
    "receive": "Terima",
    "dispose": "Disposisi",
    "request": "Minta data",
    "submit": "Sampaikan data",
    "complete": "Selesaikan",
    "approve": "Setujui",
    "return": "Kembalikan",
    "recall": "Tarik kembali",
    "reassign": "Alihkan",
    "suspend": "Tunda",
    "resume": "Lanjutkan",
    "attach": "Lampirkan",
    "note": "Catatan",
    "correct": "Koreksi",
    "archive": "Arsipkan",
    "cancel": "Batalkan",
    "reopen": "Buka kembali",
    "migrate": "Ganti versi SOP",
}


def message_of(subject: str, trailers: Sequence[tuple[str, str]]) -> str:
    """A commit's message."""
    return f"{subject}\n\n" + "".join(f"Sop-{key}: {value}\n" for key, value in trailers)


def event_message(event: Event, case: str, sop: Sop, genesis: str) -> str:
    """The message of a commit that records an event."""
    word = WORDS[event.action]
    step = sop.steps.get(event.step)
    if event.action == "approve" and step is not None and step.kind == "review":
        word = "Periksa (paraf)"
    subject = f"{word}: {case} langkah {_step_word(event.step)}"
    if event.round > 1:
        subject += f" perbaikan ke-{event.round - 1}"
    if event.action == "return":
        subject += f" ke langkah {_step_word(event.body['to_step'])}"
    if event.action == "submit":
        subject += f" oleh {event.body['unit']}"
    return message_of(
        subject,
        [
            ("Case", case),
            ("Event", event.id),
            ("Step", f"{event.step}/{event.round}"),
            ("Action", event.action),
            ("Actor", event.by),
            ("Role", event.role),
            ("Records", genesis),
        ],
    )


def _step_word(step: int) -> str:
    return {REGISTRATION: "1a", FILING: "A"}.get(step, str(step))


# 6. Verification -----------------------------------------------------------------------------

ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Registry:
    """What the records hold at a commit: the office, its people and its SOPs."""

    files: dict[str, str]
    office: Table
    officers: dict[str, Table]
    sops: Sops

    @property
    def zone(self) -> timezone:
        """The office's time zone."""
        return timezone(timedelta(minutes=self.office["utc_offset"]))

    def day(self, moment: datetime) -> date:
        """The day of a moment, at the office."""
        return moment.astimezone(self.zone).date()

    def signer(self, key: bytes) -> Table:
        """The one officer to whom a key belongs that is not revoked."""
        hits = [
            (officer, one)
            for officer in self.officers.values()
            for one in officer.get("keys", [])
            if key_blob(one["public"]) == key
        ]
        need(len(hits) == 1, "the key belongs to nobody, or to several")
        need("revoked" not in hits[0][1], "the key is revoked")
        return hits[0][0]


def holds(post: Table, day: date) -> bool:
    """Whether a post has begun and not ended on a day."""
    return bool(post["starts"] <= day and ("ends" not in post or day <= post["ends"]))


NAMED_BY = {"units": "id", "instructions": "code", "classifications": "code"}
"""The lists of the office that others name entries of, and by which key they do."""


def listed(office: Table, name: str, standing: bool = False) -> set[str]:
    """What is on a list of the office: all of it, or what stands and is not withdrawn."""
    entries = office.get(name, [])
    return {one[NAMED_BY[name]] for one in entries if not (standing and "withdrawn" in one)}


def stripped(name: str) -> str:
    """A name without what Git strips from the ends of names."""
    return name.strip("".join(map(chr, range(1, 33))) + ".,:;<>\"\\'")


@dataclass
class Judge:
    """The verification of one history."""

    objects: Objects
    genesis: str
    fingerprint: str
    now: datetime
    commits: dict[str, Commit] = field(default_factory=dict)
    registries: dict[str, Registry] = field(default_factory=dict)

    def commit(self, oid: str) -> Commit:
        """A commit, its form and signature checked."""
        if oid not in self.commits:
            try:
                self.commits[oid] = read_commit(oid, self.objects.get(oid, "commit"))
            except Refused as refused:
                refused.commit = refused.commit or oid
                raise
        return self.commits[oid]

    def files(self, oid: str) -> dict[str, str]:
        """The files of a commit's tree."""
        return self.objects.files(self.commit(oid).tree)

    def blob(self, oid: str) -> bytes:
        """The content of a file."""
        return self.objects.get(oid, "blob")

    def registry(self, oid: str) -> Registry:
        """What the records hold at a commit."""
        tree = self.commit(oid).tree
        if tree not in self.registries:
            self.registries[tree] = registry_of(self.objects, tree)
        return self.registries[tree]

    def run(self, tip: str) -> None:
        """Judge everything that is reachable from the tip, parents first."""
        chain = [tip]
        while parents := self.commit(chain[-1]).parents:
            chain.append(parents[0])
        chain.reverse()
        self.judge(chain[0], chain[0], on_chain=True)
        done = {chain[0]}
        for accepted, oid in itertools.pairwise(chain):
            for side in self.side(oid, done | set(chain)):
                self.judge(side, accepted, on_chain=False)
                done.add(side)
            self.judge(oid, accepted, on_chain=True)
            done.add(oid)

    def side(self, oid: str, known: set[str]) -> Iterator[str]:
        """What a commit brings in beside itself, parents first."""
        stack = [(one, False) for one in self.commit(oid).parents[1:]]
        told: set[str] = set()
        while stack:
            here, ready = stack.pop()
            if here in known or here in told:
                continue
            if ready:
                told.add(here)
                yield here
            else:
                stack.append((here, True))
                stack += [(one, False) for one in self.commit(here).parents]

    def judge(self, oid: str, acceptance: str, *, on_chain: bool) -> None:
        """Judge one commit, whose parents are judged."""
        try:
            commit = self.commit(oid)
            if not commit.parents:
                self.first(commit)
                return
            parent = self.registry(commit.parents[0])
            signer = parent.signer(commit.key)
            state = self.registry(acceptance)
            need(state.signer(commit.key)["id"] == signer["id"], "the key passed to another")
            self.named(commit, signer)
            if len(commit.parents) == 2:
                self.merge(commit, signer)
                return
            changed = self.changed(commit)
            kinds = {kind_of_path(path)[0] for path in changed}
            if "case" in kinds:
                self.event(commit, signer, changed, parent, state)
                return
            need(on_chain, "an administrative change stands on a side branch")
            if "register" in kinds:
                self.register(commit, signer, changed, parent)
            else:
                self.administer(commit, signer, changed, parent)
        except Refused as refused:
            refused.commit = refused.commit or oid
            raise
        except Exception as error:
            unread = Refused(f"the commit cannot be read ({type(error).__name__}: {error})")
            unread.commit = oid
            raise unread from error

    def named(self, commit: Commit, officer: Table) -> None:
        """Refuse a commit under another name than its signer's."""
        need(commit.name == stripped(officer["name"]), "the author has another name")
        need(commit.mail == officer["mail"], "the author has another mail")

    def changed(self, commit: Commit) -> dict[str, str]:
        """The files that a commit adds or changes, with their new blobs."""
        before, after = self.files(commit.parents[0]), self.files(commit.id)
        need(set(before) <= set(after), "a file is deleted")
        changed = {path: blob for path, blob in after.items() if before.get(path) != blob}
        need(changed, "a commit changes nothing")
        need(len(changed) <= MOST_FILES_CHANGED, "a commit changes too many files")
        return changed

    # The first commit

    def first(self, commit: Commit) -> None:
        """Judge the first commit against the trust root."""
        need(len(self.genesis) >= 20 and commit.id.startswith(self.genesis), "another beginning")
        print_ = fingerprint_of(commit.key)
        short = self.fingerprint.removeprefix("SHA256:")
        need(len(short) >= 20, "the fingerprint is too short")
        need(print_.removeprefix("SHA256:").startswith(short), "signed by another key")
        files = self.files(commit.id)
        need(len(files) <= MOST_FILES_CHANGED, "a commit changes too many files")
        for path, blob in files.items():
            kind, _ = kind_of_path(path)
            need(kind not in ("case", "attachment", "register"), "the first commit has cases")
            self.readable(path, blob)
        here = self.registry(commit.id)
        signer = here.signer(commit.key)
        self.named(commit, signer)
        day = here.day(commit.author_time)
        posts = [one for one in signer.get("posts", []) if one["role"] == ADMINISTRATOR]
        held = [one for one in posts if holds(one, day)]
        need(held, "no administrator signed")
        self.not_early(commit.author_time, held, here)
        self.people(here, self.begun_by(commit.author_time, here))
        self.withdrawn_there(here)
        for officer in here.officers.values():
            for key in officer.get("keys", []):
                need("signature" not in key and "lost" not in key, "a first key is spoken for")
        subject = f"Pendirian catatan kantor: {here.office['id']}"
        trailers = [("Change", "genesis"), ("Actor", signer["id"])]
        need(commit.message == message_of(subject, trailers), "another message")

    def readable(self, path: str, blob: str) -> bytes:
        """The content of a file, which must be what its path says."""
        kind, ids = kind_of_path(path)
        data = self.blob(blob)
        if kind == "office":
            read_office(data)
        elif kind == "officer":
            read_officer(data, *ids)
        elif kind == "sop":
            read_sop(data, ids[0], int(ids[1]))
        elif kind == "calendar":
            read_calendar(data, int(ids[0]))
        elif kind == "signers":
            need(len(data) <= 256 * 1024, "a file is too large")
        return data

    def people(self, here: Registry, day: date) -> None:
        """Refuse officers who share what each has alone, or among whom nobody administers."""
        officers = list(here.officers.values())
        once([one["mail"] for one in officers], "a mail")
        once([one["nip"] for one in officers if "nip" in one], "a NIP")
        keys = [key_blob(key["public"]) for one in officers for key in one.get("keys", [])]
        once(keys, "a key")
        need(
            any(
                post["role"] == ADMINISTRATOR and post["starts"] <= day and "ends" not in post
                for one in officers
                if any("revoked" not in key for key in one.get("keys", []))
                for post in one.get("posts", [])
            ),
            "no administrator remains",
        )
        signers = self.blob(here.files.get("allowed_signers", ""))
        need(signers == allowed_signers(officers), "allowed_signers does not follow")

    def begun_by(self, moment: datetime, here: Registry) -> date:
        """The day of a change, or that of a day from now if this is earlier."""
        return here.day(min(moment, self.now + timedelta(days=1)))

    def not_early(self, moment: datetime, posts: Sequence[Table], here: Registry) -> None:
        """Refuse an act of the future by a post that has not begun."""
        if moment > self.now + timedelta(days=1):
            latest = here.day(self.now + timedelta(days=1))
            need(any(post["starts"] <= latest for post in posts), "early-post")

    # An event

    def event(
        self,
        commit: Commit,
        signer: Table,
        changed: Mapping[str, str],
        parent: Registry,
        state: Registry,
    ) -> None:
        """Judge a commit that records an event."""
        paths = [path for path in changed if kind_of_path(path)[0] == "case"]
        need(len(paths) == 1, "several cases change")
        path = paths[0]
        case_id = kind_of_path(path)[1][0]
        data = self.blob(changed[path])
        before = self.blob(parent.files[path]) if path in parent.files else b""
        need(data.startswith(before), "a case is not appended to")
        case_file = read_case(data)
        need(case_file.case == case_id, "a case has another id than its path")
        held = len(read_case(before).blocks) if before else 0
        need(len(case_file.blocks) == held + 1, "not exactly one block is new")
        check_order(case_file)
        event = case_file.events[-1]
        if not before:
            versions = [version for sop, version in parent.sops if sop == case_file.sop]
            need(versions and max(versions) == case_file.version, "case-header")
            withdrawn = parent.office.get("withdrawn_sops", [])
            need(case_file.sop not in withdrawn, "sop-withdrawn")
        need(event.by == signer["id"], "an event's author is not its signer")
        need(int(event.at.timestamp()) == commit.seconds, "the author's time is another")
        offset = event.at.utcoffset() or timedelta()
        need(offset == timedelta(minutes=commit.offset), "the author's offset is another")
        self.attached(event, changed, path, parent)
        for here in (parent, state):
            posts = self.held(event, here)
            need(posts, "the author held no such post")
            self.not_early(event.at, posts, here)
        case = self.seen(case_file, event, parent)
        self.named_there(event, case, parent)
        message = event_message(event, case_id, case.sop, self.genesis_id())
        need(commit.message == message, "another message")

    def genesis_id(self) -> str:
        """The whole id of the first commit."""
        return next(one.id for one in self.commits.values() if not one.parents)

    def attached(
        self, event: Event, changed: Mapping[str, str], path: str, parent: Registry
    ) -> None:
        """Refuse an event whose files are not just what it names."""
        named = {}
        for one in event.files:
            need(one["size"] <= parent.office["attachment_limit"], "an attachment is too large")
            place = f"attachments/{one['sha256'][:2]}/{one['sha256']}"
            blob = changed.get(place) or parent.files.get(place)
            if blob is None:
                raise Refused("an attachment is missing")
            content = self.blob(blob)
            need(sha256(content).hexdigest() == one["sha256"], "an attachment is another")
            need(len(content) == one["size"], "an attachment has another size")
            if place not in parent.files:
                named[place] = blob
        need(set(changed) == {path, *named}, "a commit changes more than its event")

    def held(self, event: Event, here: Registry) -> list[Table]:
        """The posts of the author that the event names, on its day."""
        day = here.day(event.at)
        officer = here.officers.get(event.by, {})
        return [
            post
            for post in officer.get("posts", [])
            if (post["role"], post["capacity"]) == (event.role, event.capacity)
            and (event.action != "submit" or post.get("unit") == event.body["unit"])
            and holds(post, day)
        ]

    def seen(self, case_file: CaseFile, event: Event, parent: Registry) -> Case:
        """The case as its author had seen it, in which the action was open to them."""
        reason = ""
        for view in views(case_file, event):
            case = fold_events(case_file, view, parent.sops)
            try:
                case.check(event)
            except NotOpen as closed:
                reason = reason or str(closed)
            else:
                return case
        raise Refused(f"not-allowed: {event.action}: {reason}")

    def named_there(self, event: Event, case: Case, parent: Registry) -> None:
        """Refuse an event that names what the parent does not have."""
        day = parent.day(event.at)

        def somebody(role: str, unit: str = "", who: str = "") -> bool:
            return any(
                post["role"] == role and holds(post, day) and unit in ("", post.get("unit"))
                for officer in parent.officers.values()
                if who in ("", officer["id"])
                for post in officer.get("posts", [])
            )

        if event.action == "dispose":
            codes = listed(parent.office, "instructions", standing=True)
            need(set(event.body.get("instructions", [])) <= codes, "there is no such instruction")
        elif event.action == "request":
            units = listed(parent.office, "units", standing=True)
            role = case.sop.asked_role(case.present.step)
            for unit in event.body["units"]:
                need(unit in units and somebody(role, unit=unit), "there is no such section")
        elif event.action == "reassign":
            need(somebody(case.step.actor, who=event.body["officer"]), "they hold no such post")

    # An administrative change

    def administer(
        self, commit: Commit, signer: Table, changed: Mapping[str, str], parent: Registry
    ) -> None:
        """Judge a commit that changes one file of the registry."""
        paths = [path for path in changed if path != "allowed_signers"]
        need(len(paths) == 1, "several files change")
        path = paths[0]
        kind, ids = kind_of_path(path)
        need(kind in ("office", "officer", "sop", "calendar"), "a file comes without its event")
        need(kind == "officer" or len(changed) == 1, "allowed_signers changes by itself")
        data = self.readable(path, changed[path])
        here = self.registry(commit.id)
        before = self.blob(parent.files[path]) if path in parent.files else None
        self.signed_as(ADMINISTRATOR, commit, signer, parent)
        moment = commit.author_time
        about = {
            "office": "data kantor",
            "officer": f"pegawai: {ids[0] if ids else ''}",
            "sop": f"versi SOP: {' '.join(ids)}",
            "calendar": f"kalender: {ids[0] if ids else ''}",
        }[kind]
        lost = False
        if kind == "sop":
            need(before is None, "a version of an SOP is changed")
        elif kind == "office":
            self.office_change(here, parent)
        elif kind == "officer":
            old = parent.officers.get(ids[0], {})
            lost = self.officer_change(old, here.officers[ids[0]], parent, parent.day(moment))
        self.people(here, self.begun_by(moment, parent))
        subject = f"{'Tambah' if before is None else 'Ubah'} {about}"
        if lost:
            subject += ", pengganti kunci yang hilang"
        self.tells_change(commit, signer, subject, path, data)

    def signed_as(self, role: str, commit: Commit, signer: Table, parent: Registry) -> None:
        """Refuse a change whose signer did not hold the role, on its day and at its parent."""
        day = parent.day(commit.author_time)
        parent_day = parent.day(self.commit(commit.parents[0]).author_time)
        posts = [
            post
            for post in signer.get("posts", [])
            if post["role"] == role
            and holds(post, day)
            and ("ends" not in post or post["ends"] >= parent_day)
        ]
        need(posts, f"whoever signed is no {role}")
        self.not_early(commit.author_time, posts, parent)

    def tells_change(
        self, commit: Commit, signer: Table, subject: str, path: str, data: bytes
    ) -> None:
        """Refuse a change whose message does not say what it changes."""
        trailers = [
            ("Change", path),
            ("Sha256", sha256(data).hexdigest()),
            ("Actor", signer["id"]),
            ("Records", self.genesis_id()),
        ]
        need(commit.message == message_of(subject, trailers), "another message")

    def withdrawn_there(self, here: Registry) -> None:
        """Refuse an office whose list of withdrawn SOPs names one that the tree lacks."""
        known = {sop for sop, _ in here.sops}
        need(set(here.office.get("withdrawn_sops", [])) <= known, "admin-form")

    def office_change(self, here: Registry, parent: Registry) -> None:
        """Judge what changes of the office: it stays itself, and keeps what is in use."""
        need(here.office["id"] == parent.office["id"], "the office is another")
        self.withdrawn_there(here)
        gone = {
            (name, word)
            for name in NAMED_BY
            for word in listed(parent.office, name) - listed(here.office, name)
        }
        if gone:
            need(gone.isdisjoint(self.in_use(parent)), "office-in-use")

    def in_use(self, here: Registry) -> set[tuple[str, str]]:
        """What posts, ended ones too, events, in effect or not, and registers name of the lists."""
        posts = (post for one in here.officers.values() for post in one.get("posts", []))
        used = {("units", post["unit"]) for post in posts if "unit" in post}
        for path, blob in here.files.items():
            kind, ids = kind_of_path(path)
            if kind == "register":
                owners = register_owners(read_register(self.blob(blob), *map(int, ids)))
                used |= {("units", one) for one in owners}
            if kind != "case":
                continue
            for event in read_case(self.blob(blob)).events:
                if event.action == "request":
                    used |= {("units", one) for one in event.body["units"]}
                elif event.action == "submit":
                    used.add(("units", event.body["unit"]))
                elif event.action == "dispose":
                    used |= {("instructions", one) for one in event.body.get("instructions", [])}
                elif event.action == "archive":
                    used.add(("classifications", event.body["classification"]))
        return used

    def officer_change(self, old: Table, new: Table, parent: Registry, day: date) -> bool:
        """Judge what changes of an officer; tells whether a key replaces a lost one."""
        posts, posts_before = new.get("posts", []), old.get("posts", [])
        need(len(posts) >= len(posts_before), "a post is gone")
        for was, now in zip(posts_before, posts, strict=False):
            free = ("title", "ends")
            need(_without(was, free) == _without(now, free), "a post is changed")
            if "ends" in was and was["ends"] != now.get("ends"):
                need("ends" in now and now["ends"] < was["ends"], "a post is prolonged")
                need(now["ends"] >= day, "days that have passed are changed")
        keys, keys_before = new.get("keys", []), old.get("keys", [])
        need(len(keys) >= len(keys_before), "a key is gone")
        for was, now in zip(keys_before, keys, strict=False):
            settled = "revoked" in was
            changing = () if settled else ("revoked", "reason", "suspect_from")
            need(_without(was, changing) == _without(now, changing), "a key is changed")
        lost = False
        for key in keys[len(keys_before) :]:
            if not keys_before:
                need("signature" not in key and "lost" not in key, "a first key is spoken for")
                continue
            need(("signature" in key) != ("lost" in key), "key-unsigned")
            if "lost" in key:
                lost = True
                continue
            words = f"soptui-key 1 {self.genesis_id()} {new['id']}\n{key['public']}\n"
            signature = decode_base64(key["signature"])
            by = check_signature(signature, words.encode(), b"key@soptui")
            valid = [key_blob(one["public"]) for one in keys_before if "revoked" not in one]
            need(by in valid, "key-unsigned")
        return lost

    # A register of indicators

    def register(
        self, commit: Commit, signer: Table, changed: Mapping[str, str], parent: Registry
    ) -> None:
        """Judge a commit that adds a register, with the scan of the agreement."""
        paths = [path for path in changed if kind_of_path(path)[0] == "register"]
        need(len(paths) == 1, "several-changes")
        path = paths[0]
        need(path not in parent.files, "register-immutable")
        need("register_role" in parent.office, "register-role")
        self.signed_as(parent.office["register_role"], commit, signer, parent)
        year, version = map(int, kind_of_path(path)[1])
        data = self.blob(changed[path])
        top = read_register(data, year, version)
        if version > 1:
            earlier = f"registers/{year}/{version - 1}.toml"
            need(earlier in parent.files, "a version follows none")
            before = read_register(self.blob(parent.files[earlier]), year, version - 1)
            need(top["effective"] >= before["effective"], "a version begins before the last one")
        units = listed(parent.office, "units", standing=True)
        need(register_owners(top) <= units, "an owner is no section")
        scan = f"attachments/{top['basis_sha256'][:2]}/{top['basis_sha256']}"
        need(scan in changed or scan in parent.files, "attachment-missing")
        need(set(changed) <= {path, scan}, "a commit changes more than its register")
        if scan in changed:
            content = self.blob(changed[scan])
            need(sha256(content).hexdigest() == top["basis_sha256"], "attachment-digest")
            need(len(content) <= parent.office["attachment_limit"], "attachment-size")
        self.people(self.registry(commit.id), self.begun_by(commit.author_time, parent))
        subject = f"Tambah register indikator: {year} {version}"
        self.tells_change(commit, signer, subject, path, data)

    # A merge

    def merge(self, commit: Commit, signer: Table) -> None:
        """Judge a commit that joins two histories."""
        first, second = commit.parents
        need(not self.is_ancestor(second, first), "a merge joins nothing")
        joined = dict(self.files(first))
        theirs = self.files(second)
        after = self.files(commit.id)
        cases: dict[str, bytes] = {}
        for path, blob in theirs.items():
            kind, _ = kind_of_path(path)
            if kind not in ("case", "attachment"):
                continue
            if path not in joined:
                joined[path] = blob
            elif kind == "case" and joined[path] != blob:
                cases[path] = join(self.blob(joined[path]), self.blob(blob))
        for path, content in cases.items():
            need(path in after and self.blob(after[path]) == content, "a case is joined wrongly")
            joined[path] = after[path]
        need(after == joined, "a merge is not what its sides make")
        before = self.files(first)
        count = sum(before.get(path) != blob for path, blob in after.items())
        need(count <= MOST_FILES_CHANGED, "a commit changes too many files")
        subject = f"Gabung catatan kantor: {second[:12]} ke {first[:12]}"
        trailers = [
            ("Change", "merge"),
            ("Actor", signer["id"]),
            ("Records", self.genesis_id()),
        ]
        need(commit.message == message_of(subject, trailers), "another message")

    def is_ancestor(self, oid: str, of: str) -> bool:
        """Whether a commit is another, or among those before it."""
        seen: set[str] = set()
        stack = [of]
        while stack:
            here = stack.pop()
            if here == oid:
                return True
            if here not in seen:
                seen.add(here)
                stack += self.commit(here).parents
        return False


def _without(there: Table, keys: Sequence[str]) -> Table:
    return {key: value for key, value in there.items() if key not in keys}


def join(ours: bytes, theirs: bytes) -> bytes:
    """Our file of a case, followed by those blocks of theirs that ours lacks."""
    mine, other = read_case(ours), read_case(theirs)
    need(mine.header == other.header, "a case has two headers")
    joined = ours + b"".join(block for block in other.blocks if block not in mine.blocks)
    check_order(read_case(joined))
    return joined


def views(case_file: CaseFile, event: Event) -> Iterator[list[Event]]:
    """What the author may have seen of the case, the fullest first; sixteen at most."""
    events = case_file.events
    end = case_file.position(event.after)
    yield list(events[:end])
    told = {tuple(one.id for one in events[:end])}
    row: list[Event] = []
    while end and events[end - 1].by == event.by and len(row) < 64:
        row.insert(0, events[end - 1])
        end = case_file.position(events[end - 1].after)
        view = [*events[:end], *row]
        ids = tuple(one.id for one in view)
        if ids not in told:
            if len(told) == 16:
                return
            told.add(ids)
            yield view


def registry_of(objects: Objects, tree: str) -> Registry:
    """What the records hold in a tree."""
    files = objects.files(tree)
    officers: dict[str, Table] = {}
    sops: dict[tuple[str, int], Sop] = {}
    office: Table | None = None
    for path, blob in files.items():
        kind, ids = kind_of_path(path)
        if kind == "office":
            office = read_office(objects.get(blob, "blob"))
        elif kind == "officer":
            officers[ids[0]] = read_officer(objects.get(blob, "blob"), ids[0])
        elif kind == "sop":
            key = (ids[0], int(ids[1]))
            sops[key] = read_sop(objects.get(blob, "blob"), *key)
    if office is None:
        raise Refused("there is no office")
    return Registry(files, office, officers, sops)


def judge(read: Read, tip: str, *, genesis: str, fingerprint: str, now: int) -> None:
    """Nothing, if the whole history from the first commit to `tip` may be accepted.

    Raises `Refused`, nothing else. `now` is the verifier's present time, in seconds since 1970.
    """
    try:
        present = datetime.fromtimestamp(now, UTC)
        Judge(Objects(read), genesis, fingerprint, present).run(tip)
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"the history cannot be read ({type(error).__name__})") from error


def cases(read: Read, tip: str) -> dict[str, State]:
    """Every case at `tip` by its id, of a history that `judge` accepted."""
    objects = Objects(read)
    registry = registry_of(objects, read_commit(tip, objects.get(tip, "commit")).tree)
    told: dict[str, State] = {}
    for path, blob in registry.files.items():
        kind, ids = kind_of_path(path)
        if kind == "case":
            case_file = read_case(objects.get(blob, "blob"))
            told[ids[0]] = fold_events(case_file, case_file.events, registry.sops).state()
    return told


# 7. Office, officers, SOPs, calendars --------------------------------------------------------

INFERRED = tables(
    "inferred", a("field", like(KEY)), a("reason", is_line), a("confidence", within(0, 100))
)

OFFICE = (
    a("format", within(1, 1)),
    a("id", is_id),
    a("name", is_line),
    may("regency", is_line),
    may("address", is_line),
    a("utc_offset", within(-720, 840)),
    a("attachment_limit", within(1, MOST_ATTACHED)),
    a("week_days", within(5, 6)),
    may("register_role", is_id),
    may("applications", every(is_line, once=True)),
    may("withdrawn_sops", every(is_id, once=True)),
    tables("units", a("id", is_id), a("title", is_line), may("withdrawn", is_true)),
    tables(
        "instructions",
        a("number", within(1, 99)),
        a("code", is_id),
        a("text", is_line),
        may("withdrawn", is_true),
    ),
    tables(
        "classifications",
        a("code", like(r"[0-9]{3}(\.[0-9]{1,3}){0,6}")),
        a("title", is_line),
        may("active_years", within(0, 100)),
        may("inactive_years", within(0, 100)),
        may("fate", one_of("permanen", "musnah")),
        may("source", is_line),
        may("withdrawn", is_true),
    ),
    INFERRED,
)


@lru_cache(maxsize=4096)
def read_office(data: bytes) -> Table:
    """The office's file."""
    top = parse(data)
    check_table(top, OFFICE, "the office")
    once([one["id"] for one in top.get("units", [])], "a section")
    instructions = top.get("instructions", [])
    once([one["code"] for one in instructions], "an instruction")
    numbers = [one["number"] for one in instructions]
    need(numbers == sorted(set(numbers)), "the instructions do not rise")
    classifications = top.get("classifications", [])
    once([one["code"] for one in classifications], "a classification")
    for one in classifications:
        there = [key in one for key in ("active_years", "inactive_years", "fate")]
        need(all(there) or not any(there), "a classification has half a retention")
    return top


MAIL = r"[a-z0-9]+([._+-][a-z0-9]+)*@[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*"


def is_mail(value: Any) -> bool:
    """A mail address of at most 254 characters."""
    return isinstance(value, str) and len(value) <= 254 and bool(re.fullmatch(MAIL, value))


def is_person_name(value: Any) -> bool:
    """A name that Git keeps."""
    return (
        is_line(value)
        and not set(value) & set("<>")
        and value[0] not in ".,:;\"'\\"
        and value[-1] not in ",:;\"'\\"
    )


def is_nip(value: Any) -> bool:
    """A number of 18 digits: birth, appointment, sex and a serial number."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{18}", value):
        return False
    try:
        born = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        return False
    month = int(value[12:14])
    return (
        born.year >= 1900
        and int(value[8:12]) > born.year
        and (1 <= month <= 12 or 21 <= month <= 29)
        and value[14] in "12"
    )


OFFICER = (
    a("id", is_id),
    a("name", is_person_name),
    a("mail", is_mail),
    may("nip", is_nip),
    may("rank", is_line),
    tables(
        "posts",
        a("role", is_id),
        a("capacity", one_of(*CAPACITIES)),
        a("title", is_line),
        a("starts", is_day),
        may("ends", is_day),
        may("unit", is_id),
        may("basis", is_line),
    ),
    tables(
        "keys",
        a("public", is_line),
        a("added", is_stamp),
        may("signature", is_line),
        may("lost", is_true),
        may("revoked", is_stamp),
        may("reason", is_line),
        may("suspect_from", like(OBJECT_ID)),
    ),
)


@lru_cache(maxsize=4096)
def read_officer(data: bytes, officer: str) -> Table:
    """An officer's file."""
    top = parse(data)
    check_table(top, OFFICER, "an officer")
    need(top["id"] == officer, "an officer has another id than the path")
    held = []
    for post in top.get("posts", []):
        if "ends" in post:
            need(post["ends"] >= post["starts"] - timedelta(days=1), "a post ends too early")
            if post["ends"] < post["starts"]:
                continue
        held.append((post["role"], post.get("unit"), post["capacity"], post["starts"]))
    once(held, "a post")
    keys = top.get("keys", [])
    once([key_blob(one["public"]) for one in keys], "a key")
    for key in keys:
        if "revoked" in key:
            need(key["revoked"] >= key["added"], "a key is revoked before it was added")
        else:
            need("reason" not in key and "suspect_from" not in key, "a key is half revoked")
    return top


def allowed_signers(officers: Sequence[Table]) -> bytes:
    """The file that follows from the officers, for stock Git."""
    lines = []
    for officer in officers:
        for key in officer.get("keys", []):
            options = 'namespaces="git"'
            if "revoked" in key:
                until = key["revoked"].astimezone(UTC)
                options += f',valid-before="{until:%Y%m%d%H%M%S}Z"'
            lines.append(f"{officer['mail']} {options} {key['public']}\n".encode())
    return b"".join(sorted(lines))


def is_partial_day(value: Any) -> bool:
    """A month or a day, as a text, that exists."""
    if not isinstance(value, str) or not re.fullmatch(r"[12][0-9]{3}-[0-9]{2}(-[0-9]{2})?", value):
        return False
    try:
        date.fromisoformat(value if len(value) == 10 else f"{value}-01")
    except ValueError:
        return False
    return True


PARTIAL_DAYS = ("created", "revised", "effective", "review_due")
LISTS = (
    "legal_bases", "related", "qualifications", "equipment", "warnings", "records_kept",
)  # fmt: skip


def _row(*more: Field) -> tuple[Field, ...]:
    return (
        may("involved", every(is_id, once=True)),
        may("requirements", every(is_line)),
        may("norm_printed", is_line),
        may("norm_minutes", within(1, 1_000_000)),
        may("norm_working_days", within(1, 1_000_000)),
        may("output", is_line),
        may("remark", is_line),
        *more,
    )


SOP = (
    a("format", within(1, 1)),
    a("id", is_id),
    a("version", within(1, 9999)),
    a("head", is_id),
    table(
        "identity",
        *(may(name, is_line) for name in ("title", "number", "agency", "address")),
        *(may(name, is_partial_day) for name in PARTIAL_DAYS),
        *(may(name, every(is_line)) for name in LISTS),
        table("endorsed_by", *(may(name, is_line) for name in ("position", "name", "rank", "nip"))),
    ),
    tables(
        "roles",
        a("id", is_id),
        a("title", is_line),
        a("short", is_line),
        may("several", is_true),
        may("outside", is_true),
        needed=True,
    ),
    table(
        "registration", may("activity", is_line), a("actor", is_id), *_row(INFERRED), needed=True
    ),
    table("filing", a("by", is_id)),
    tables(
        "steps",
        a("number", within(1, HIGHEST_ROW)),
        may("row", is_line),
        may("activity", is_line),
        a("kind", one_of("dispose", "collect", "work", "review", "approve", "archive")),
        may("symbol", one_of("kapsul", "kotak", "belah_ketupat")),
        a("actor", is_id),
        may("recorded_by", is_id),
        *_row(
            may("distinct_from", every(within(1, HIGHEST_ROW), once=True)),
            may("page_break_after", is_true),
            tables(
                "returns", a("to", within(0, HIGHEST_ROW)), may("reasons", every(is_id, once=True))
            ),
            tables("ways", may("label", is_line), a("to", within(0, HIGHEST_ROW))),
            INFERRED,
        ),
        needed=True,
    ),
    tables("return_reasons", a("code", is_id), a("text", is_line)),
    INFERRED,
)


def _check_actor(row: Table, roles: Sequence[str], outside: frozenset[str]) -> None:
    """Refuse a row whose actor is outside and that nobody records, or the other way round."""
    if "recorded_by" not in row:
        need(row["actor"] not in outside, "an actor is outside, and nobody records the step")
        return
    need(row["actor"] in outside, "a step is recorded for somebody who is not outside")
    recorder = row["recorded_by"]
    need(recorder in roles and recorder not in outside, "a step is recorded by no role")
    need("norm_minutes" not in row and "norm_working_days" not in row, "a norm for the outside")


def _ways(row: Table, numbers: Sequence[int], end: int) -> tuple[Way, ...]:
    """The ways on from the registration or a row, of an SOP with rows of these numbers."""
    number, ways = row.get("number", REGISTRATION), row.get("ways", [])
    if row.get("kind") == "archive":
        need(not ways, "a step that archives has a way on")
        return ()
    if not ways:
        return (Way("", next((one for one in numbers if one > number), end)),)
    for one in ways:
        need(one["to"] in (END, *numbers) and one["to"] != number, "a way leads nowhere")
    if len(ways) > 1:
        need(all("label" in one for one in ways), "a way of several has no label")
        once([one["label"] for one in ways], "a way")
    return tuple(Way(one.get("label", ""), one["to"] or end) for one in ways)


@lru_cache(maxsize=4096)
def read_sop(data: bytes, sop: str, version: int) -> Sop:
    """A version of an SOP."""
    top = parse(data)
    check_table(top, SOP, "an SOP")
    need((top["id"], top["version"]) == (sop, version), "an SOP is another than its path says")
    roles = tuple(one["id"] for one in top["roles"])
    once(roles, "a role")
    reasons = [one["code"] for one in top.get("return_reasons", [])]
    once(reasons, "a reason")
    numbers = [one["number"] for one in top["steps"]]
    need(numbers == sorted(set(numbers)), "the steps do not rise")
    need(top["head"] in roles, "the head is no role")
    outside = frozenset(one["id"] for one in top["roles"] if "outside" in one)
    need(top["head"] not in outside, "the head is outside")
    steps: dict[int, Step] = {}
    for row in (top["registration"], *top["steps"]):
        number = row.get("number", 0)
        need({row["actor"], *row.get("involved", [])} <= set(roles), "a step names no role")
        need(not ("norm_minutes" in row and "norm_working_days" in row), "a step has two norms")
        returns = row.get("returns", [])
        once([one["to"] for one in returns], "a way back")
        for back in returns:
            need(back["to"] in steps, "a return leads to no lower step")
            need(set(back.get("reasons", [])) <= set(reasons), "there is no such reason")
        _check_actor(row, roles, outside)
        distinct = frozenset(row.get("distinct_from", []))
        need(distinct <= set(steps) - {0}, "a step is distinct from no lower step")
        steps[number] = Step(
            number=number,
            kind=row.get("kind", "register"),
            actor=row.get("recorded_by", row["actor"]),
            involved=tuple(row.get("involved", [])),
            requirements=frozenset(row.get("requirements", [])),
            has_output="output" in row,
            distinct_from=distinct,
            returns={one["to"]: tuple(one.get("reasons", [])) for one in returns},
            ways=_ways(row, numbers, FILING if "filing" in top else END),
        )
    if "filing" in top:
        files = top["filing"]["by"]
        need(files in roles and files not in outside, "whoever files is no role of the office")
        nothing: frozenset[Any] = frozenset()
        steps[FILING] = Step(FILING, "archive", files, (), nothing, False, nothing, {}, ())
    several = frozenset(one["id"] for one in top["roles"] if "several" in one)
    return Sop(sop, version, sha256(data).hexdigest(), top["head"], roles, several, steps)


HOLIDAY_KINDS = one_of("national", "joint_leave", "local")

CALENDAR = (
    a("format", within(1, 1)),
    a("year", within(2000, 2099)),
    tables(
        "ramadan",
        a("first", is_day),
        a("last", is_day),
        may("estimated", is_true),
        a("source", is_line),
    ),
    tables(
        "hours",
        a("name", one_of("normal", "ramadan")),
        a("weekdays", every(within(1, 7), rising=True)),
        a("opens", is_time),
        a("closes", is_time),
        may("break_start", is_time),
        may("break_end", is_time),
        may("first", is_day),
        may("last", is_day),
        a("source", is_line),
        may("inferred", is_line),
        needed=True,
    ),
    tables(
        "holidays",
        a("date", is_day),
        a("name", is_line),
        a("kind", HOLIDAY_KINDS),
        may("estimated", is_true),
    ),
    tables("sources", a("kind", HOLIDAY_KINDS), a("text", is_line), may("address", is_line)),
)


@lru_cache(maxsize=4096)
def read_calendar(data: bytes, year: int) -> Table:
    """A year's calendar."""
    top = parse(data)
    check_table(top, CALENDAR, "a calendar")
    need(top["year"] == year, "a calendar is of another year than its path")
    fasts = sorted((one["first"], one["last"]) for one in top.get("ramadan", []))
    days: set[tuple[str, date]] = set()
    for hours in top["hours"]:
        times = [hours["opens"], hours["closes"]]
        need(("break_start" in hours) == ("break_end" in hours), "half a break")
        if "break_start" in hours:
            times[1:1] = [hours["break_start"], hours["break_end"]]
        need(times == sorted(set(times)), "the hours do not rise")
        first = hours.get("first", date(year, 1, 1))
        last = hours.get("last", date(year, 12, 31))
        need(first.year == last.year == year and first <= last, "a stretch is not of the year")
        for count in range((last - first).days + 1):
            day = first + timedelta(days=count)
            if day.isoweekday() in hours["weekdays"]:
                need((hours["name"], day) not in days, "two hours hold on one day")
                days.add((hours["name"], day))
    for first, last in fasts:
        need(first.year == last.year == year and first <= last, "a stretch is not of the year")
    for (_, last), (first, _) in itertools.pairwise(fasts):
        need(last < first, "two fasts overlap")
    names = {one["name"] for one in top["hours"]}
    need("normal" in names and (not fasts or "ramadan" in names), "hours are missing")
    holidays = top.get("holidays", [])
    once([(one["date"], one["name"]) for one in holidays], "a holiday")
    need(all(one["date"].year == year for one in holidays), "a holiday is of another year")
    sources = {one["kind"] for one in top.get("sources", [])}
    need({one["kind"] for one in holidays} <= sources, "a holiday has no source")
    return top


# 8. Registers of indicators ------------------------------------------------------------------

LEVELS = ("sasaran", "program", "kegiatan", "sub-kegiatan")
"""The levels of the programme tree, the highest first."""

DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,5}[1-9])?")
UNSET = "-"
"""What stands for a target that is not set, and for an open end."""


def is_decimal(value: Any) -> bool:
    """An exact number, as a string."""
    return isinstance(value, str) and value != "-0" and DECIMAL.fullmatch(value) is not None


def places(decimal: str) -> int:
    """How many places a decimal has behind its point."""
    return len(decimal.partition(".")[2])


def is_earlier_indicator(value: Any) -> bool:
    """An indicator of a year, as `<id>@<year>`."""
    return isinstance(value, str) and re.fullmatch(rf"{ID}@[12][0-9]{{3}}", value) is not None


def is_application_key(value: Any) -> bool:
    """What an application calls an indicator, as `<application>=<text>`."""
    return is_line(value) and re.fullmatch(r"[^=]+=[^=].*", value) is not None


REGISTER = (
    a("format", within(1, 1)),
    a("year", within(2000, 2099)),
    a("version", within(1, 9999)),
    a("kind", one_of("murni", "perubahan")),
    a("effective", is_day),
    a("basis", is_line),
    a("basis_sha256", is_digest),
    a("efficiency", one_of("selisih-5", "lkjip")),
    table(
        "scale",
        a("id", is_id),
        a("title", is_line),
        a("policy", one_of("gt", "ge", "round0")),
        may("compare", one_of("rounded")),
        a("source", is_line),
        tables("bands", a("label", is_line), a("from", is_decimal), needed=True),
        needed=True,
    ),
    tables(
        "predicate_scales",
        a("id", is_id),
        a("title", is_line),
        tables("predicates", a("label", is_line), a("score", is_decimal), needed=True),
    ),
    tables(
        "lines",
        a("code", is_line),
        a("level", one_of(*LEVELS)),
        a("title", is_line),
        may("parent", is_line),
        may("pagu", is_decimal),
        may("owner", is_id),
        needed=True,
    ),
    tables(
        "indicators",
        a("code", is_id),
        a("line", is_line),
        a("title", is_line),
        may("definition", is_line),
        may("formula_text", is_line),
        a("measure", is_line),
        may("decimals", within(1, 6)),
        a("rule", one_of("up", "down-2t", "down-ratio", "range", "scale", "done", "baseline")),
        a("aggregation", one_of("sum", "last", "mean", "max", "ratio")),
        may("gap", one_of("filled")),
        may("target_basis", one_of("cumulative")),
        may("target_year", is_line),
        may("targets", every(is_line)),
        may("zero_target", one_of("none", "full-when-zero")),
        may("ceiling", is_decimal),
        may("lower", is_decimal),
        may("upper", is_decimal),
        may("baseline", is_decimal),
        may("scale_id", is_id),
        may("numerator_title", is_line),
        may("denominator_title", is_line),
        may("parts_of", is_id),
        may("negative", is_true),
        may("share", is_true),
        may("weight", within(2, 1_000_000)),
        a("owner", is_id),
        may("source", is_line),
        may("evidence", every(is_line)),
        may("plausible", every(is_line)),
        may("continues", is_earlier_indicator),
        may("keys", every(is_application_key)),
        needed=True,
    ),
)

Scores = dict[str, Fraction]
"""The labels of a predicate scale, each with its score."""


@lru_cache(maxsize=4096)
def read_register(data: bytes, year: int, version: int) -> Table:
    """A register of indicators, as far as its file alone tells whether it is one."""
    top = parse(data)
    check_table(top, REGISTER, "a register")
    need((top["year"], top["version"]) == (year, version), "a register has another path")
    need(top["effective"].year == year, "a register is in effect from another year")
    bands = top["scale"]["bands"]
    _check_falling([one["from"] for one in bands], "the bounds of a scale")
    need(bands[-1]["from"] == "0", "the last band does not begin at 0")
    once([one["label"] for one in bands], "a band")
    predicate_scales = top.get("predicate_scales", [])
    once([one["id"] for one in predicate_scales], "a predicate scale")
    scales = {one["id"]: _scores(one["predicates"]) for one in predicate_scales}
    _check_lines(top["lines"])
    indicators = {one["code"]: one for one in top["indicators"]}
    once([one["code"] for one in top["indicators"]], "an indicator")
    codes = {one["code"] for one in top["lines"]}
    for one in top["indicators"]:
        need(one["line"] in codes, "an indicator stands at no line")
        _check_method(one, scales)
        _check_links(one, indicators, year)
        _check_targets(one, scales.get(one.get("scale_id", ""), {}))
    once([key for one in top["indicators"] for key in one.get("keys", [])], "a key")
    return top


def register_owners(register: Table) -> set[str]:
    """The sections that own a line or an indicator."""
    rows = (*register["lines"], *register["indicators"])
    return {one["owner"] for one in rows if "owner" in one}


def _check_falling(decimals: Sequence[str], what: str) -> None:
    for high, low in itertools.pairwise(map(Fraction, decimals)):
        need(high > low, f"{what} do not fall")


def _scores(predicates: Sequence[Table]) -> Scores:
    """The scores of a predicate scale, by their labels."""
    need(len(predicates) >= 2, "a predicate scale has one predicate")
    once([one["label"] for one in predicates], "a predicate")
    _check_falling([one["score"] for one in predicates], "the scores of a predicate scale")
    scores = {one["label"]: Fraction(one["score"]) for one in predicates}
    need(min(scores.values()) >= 0, "a score is below 0")
    return scores


def _check_lines(lines: Sequence[Table]) -> None:
    """Refuse lines that are no tree, or that have money where others are below them."""
    levels = {one["code"]: LEVELS.index(one["level"]) for one in lines}
    once([one["code"] for one in lines], "a line")
    above = {one["parent"] for one in lines if "parent" in one}
    need(above <= set(levels), "a line is below one that is not there")
    for one in lines:
        if "parent" in one:
            need(levels[one["parent"]] < levels[one["code"]], "a line is below none that is higher")
        if one["code"] in above:
            need("pagu" not in one and "owner" not in one, "a line that is no leaf has money")
        if "pagu" in one:
            need("owner" in one, "nobody reports what is spent")
            need(Fraction(one["pagu"]) >= 0 and places(one["pagu"]) <= 2, "a pagu is no money")


def _check_method(one: Table, scales: Mapping[str, Scores]) -> None:
    """Refuse an indicator whose ways to measure do not go together."""
    rule, aggregation = one["rule"], one["aggregation"]
    if rule == "scale":
        need(aggregation == "last", "grades are not reckoned with")
    elif rule == "done":
        need(aggregation in ("last", "max"), "what is done is not reckoned with")
    elif rule in ("range", "baseline"):
        need(aggregation != "sum", "such values do not add up")
    if "gap" in one:
        need(aggregation in ("sum", "mean"), "a gap is filled where none counts")
    if one.get("zero_target") == "full-when-zero":
        need(rule in ("down-2t", "down-ratio"), "a target of 0 is not full there")
    for key, there in {
        "lower": rule == "range",
        "upper": rule == "range",
        "baseline": rule == "baseline",
        "scale_id": rule == "scale",
        "numerator_title": aggregation == "ratio",
        "denominator_title": aggregation == "ratio",
    }.items():
        need((key in one) == there, f"{key} is missing, or stands where it may not")
    need(Fraction(one.get("ceiling", "100")) >= 100, "a ceiling is below 100")
    if rule == "range":
        need(Fraction(one["lower"]) <= Fraction(one["upper"]), "a range is upside down")
    if rule == "scale":
        need(one["scale_id"] in scales, "there is no such predicate scale")
    if "plausible" in one:
        ends = one["plausible"]
        need(len(ends) == 2, "what is plausible has not two ends")
        need(all(end == UNSET or is_decimal(end) for end in ends), "an end is no decimal")
        if UNSET not in ends:
            need(Fraction(ends[0]) <= Fraction(ends[1]), "what is plausible is upside down")


def _check_links(one: Table, indicators: Mapping[str, Table], year: int) -> None:
    """Refuse an indicator that names another wrongly, or that an application calls twice."""
    if "continues" in one:
        earlier = int(one["continues"].partition("@")[2])
        need(earlier < year, "an indicator continues one that is not earlier")
    if "parts_of" in one:
        whole = indicators.get(one["parts_of"])
        if whole is None or whole["code"] == one["code"]:
            raise Refused("a part is of no other indicator")
        need("parts_of" not in whole, "a part is of a part")
        need(whole["measure"] == one["measure"], "a part has another measure than the whole")
        need("ratio" not in (whole["aggregation"], one["aggregation"]), "ratios do not add up")
    once([key.partition("=")[0] for key in one.get("keys", [])], "an application")


def _target(one: Table, text: str, scores: Scores) -> Fraction:
    """The number of a target: itself, or the score of a label."""
    if one["rule"] == "scale":
        need(text in scores, "a target is no label of the scale")
        return scores[text]
    need(is_decimal(text), "a target is no decimal")
    need(places(text) <= one.get("decimals", 0), "a target has too many places")
    return Fraction(text)


def _check_targets(one: Table, scores: Scores) -> None:
    """Refuse targets that are none, or of which that of the year is not what the quarters make."""
    none_set = [UNSET] * 4
    need(one.get("targets") != none_set, "four targets that are not set are spelt out")
    targets = one.get("targets", none_set)
    need(len(targets) == 4, "the targets are not four")
    quarters = [None if text == UNSET else _target(one, text, scores) for text in targets]
    there = [target for target in quarters if target is not None]
    year = _target(one, one["target_year"], scores) if "target_year" in one else None
    every_one = [*there, *([] if year is None else [year])]
    if one["rule"] in ("range", "done"):
        need(not every_one, "a target stands where none may")
    if one["rule"] != "baseline":
        need(all(target >= 0 for target in every_one), "a target is below 0")
        if "share" in one:
            whole = 100 if one["measure"] == "%" else 1
            need(all(target <= whole for target in every_one), "a target is above the whole")
    if not there:
        need(year is None, "the year has a target that no quarter makes")
        return
    cumulative, aggregation = "target_basis" in one, one["aggregation"]
    if cumulative or aggregation in ("last", "ratio"):
        made = quarters[-1]
    elif aggregation == "sum":
        made = sum(there, Fraction(0))
    elif aggregation == "mean":
        made = sum(there, Fraction(0)) / len(there)
    else:
        made = max(there)
    need(year is not None and year == made, "the target of the year is not what the quarters make")
    if cumulative and aggregation in ("sum", "max"):
        need(there == sorted(there), "targets of the year so far fall")


# As a program --------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Judge `main` of a repository, and print its cases or why it is refused."""
    repository, genesis, fingerprint = arguments
    git = ["git", "-C", repository]
    told = subprocess.run(
        [*git, "rev-parse", "--verify", "refs/heads/main"],
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        sys.stderr.write("there is no branch main\n")
        return 1
    with subprocess.Popen(
        [*git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as batch:
        asked, answered = batch.stdin, batch.stdout
        assert asked is not None
        assert answered is not None

        def read(oid: str) -> tuple[str, bytes]:
            asked.write(f"{oid}\n".encode())
            asked.flush()
            words = answered.readline().decode().split()
            if len(words) != 3:
                raise KeyError(oid)
            content = answered.read(int(words[2]))
            answered.read(1)
            return words[1], content

        tip = told.stdout.strip()
        try:
            judge(read, tip, genesis=genesis, fingerprint=fingerprint, now=int(clock.time()))
            sys.stdout.write(json.dumps(cases(read, tip), indent=2) + "\n")
        except Refused as refused:
            sys.stderr.write(f"{refused.commit[:12]}: {refused}\n")
            return 1
        finally:
            asked.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
