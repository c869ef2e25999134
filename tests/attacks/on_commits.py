"""Attacks on the commit object and its signature (rows 1, 24 to 27, 36)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from soptui.domain.events import Action
from tests.attacks.attack import attack
from tests.attacks.attacked_office import next_act
from tests.attacks.builder import Records, with_signature
from tests.attacks.keys import TestKey, armoured, key_of, string


def rebased(r: Records) -> None:
    """As a plain `git pull` leaves it: another committer's date."""
    r.note("staff-1", forged={"committed": r.clock + timedelta(hours=3)})


@attack("1", "author", twin=rebased)
def author_line_of_another(r: Records) -> None:
    r.note("staff-1", forged={"author": "camat-1"})


@attack("1", "author", twin=rebased)
def committer_line_of_another(r: Records) -> None:
    r.note("staff-1", forged={"committer": "camat-1"})


@attack("1", "author")
def own_mail_under_another_name(r: Records) -> None:
    r.note("staff-1", forged={"author": "Camat-1 <staff-1@ajibarang.test>"})


@attack("1", "author")
def merge_under_another_name(r: Records) -> None:
    side = r.note("kasi-1", on=r.tip)
    r.note("staff-1")
    r.merge(side, author="camat-1", committer="camat-1")


@attack("6", "signer")
def event_in_the_name_of_another(r: Records) -> None:
    event = r.event("camat-1", r.case().entries[-1].event.details)
    r.add(event, signer="staff-1")


@attack("4", "unknown-key")
def key_that_nobody_registered(r: Records) -> None:
    r.note("staff-1", forged={"key": key_of("a stranger's")})


@attack("5", "time")
def commit_at_another_time_than_its_event(r: Records) -> None:
    r.note("staff-1", forged={"at": r.clock - timedelta(days=30)})


@attack("24", "message")
def subject_that_says_something_else(r: Records) -> None:
    r.note("staff-1", forged={"message": lambda text: text.replace("Catatan", "Setujui")})


def reviewed(r: Records) -> None:
    _to_review(r)
    r.next()


@attack("24", "message", twin=reviewed)
def review_that_calls_itself_an_approval(r: Records) -> None:
    """Whoever reads the log must not take a *paraf* for the approval of the head."""
    _to_review(r)
    act = next_act(r.case(), r.sop)
    called = partial(_called, "Periksa (paraf):", "Setujui:")
    r.act(act.by, act.details, files=act.files, forged={"message": called})


def _to_review(r: Records) -> None:
    """Until a review is the next act."""
    while next_act(r.case(), r.sop).details.action is not Action.APPROVE:
        r.next()


def _called(old: str, new: str, text: str) -> str:
    assert text.startswith(old)
    return text.replace(old, new, 1)


@attack("24", "message")
def trailer_more(r: Records) -> None:
    r.note("staff-1", forged={"message": lambda text: text + "Sop-Action: approve\n"})


@attack("24", "message")
def trailer_less(r: Records) -> None:
    r.note("staff-1", forged={"message": lambda text: text[: text.index("Sop-Records")]})


def _unsigned_bytes(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda payload: payload.replace(old, new, 1)


@attack("24", "commit-form")
def text_behind_a_nul(r: Records) -> None:
    r.note("staff-1", forged={"unsigned": lambda payload: payload + b"\0hidden"})


@attack("24", "commit-form")
def encoding_header(r: Records) -> None:
    header = _unsigned_bytes(b"\n\n", b"\nencoding UTF-7\n\n")
    r.note("staff-1", forged={"unsigned": header})


@attack("24", "commit-form")
def unknown_header(r: Records) -> None:
    r.note("staff-1", forged={"unsigned": _unsigned_bytes(b"\n\n", b"\nreviewer camat-1\n\n")})


@attack("24", "commit-form")
def header_after_the_signature(r: Records) -> None:
    r.note("staff-1", forged={"signed": _unsigned_bytes(b"\n\n", b"\nHG:extra x\n\n")})


@attack("24", "commit-form")
def author_before_the_parent(r: Records) -> None:
    def swapped(payload: bytes) -> bytes:
        lines = payload.split(b"\n")
        lines[1], lines[2] = lines[2], lines[1]
        return b"\n".join(lines)

    r.note("staff-1", forged={"unsigned": swapped})


@attack("24", "commit-form")
def message_that_is_not_utf_8(r: Records) -> None:
    r.note("staff-1", forged={"unsigned": lambda payload: payload + b"\xff\n"})


@attack("24", "too-large")
def commit_of_a_megabyte(r: Records) -> None:
    r.note("staff-1", forged={"unsigned": lambda payload: payload + b"a" * 1_000_000})


@attack("25", "commit-form")
def two_signatures(r: Records) -> None:
    def twice(raw: bytes) -> bytes:
        start, end = raw.index(b"gpgsig "), raw.index(b"\n\n") + 1
        return raw[:end] + raw[start:end] + raw[end:]

    r.note("staff-1", forged={"signed": twice})


@attack("25", "commit-form")
def signature_for_another_hash(r: Records) -> None:
    r.note("staff-1", forged={"signed": _unsigned_bytes(b"gpgsig ", b"gpgsig-sha256 ")})


@attack("25", "commit-form")
def signature_for_each_hash(r: Records) -> None:
    def more(raw: bytes) -> bytes:
        return with_signature(raw, key_of("staff-1").sign(b"other"), b"gpgsig-sha256")

    r.note("staff-1", forged={"signed": more})


@attack("27", "unsigned")
def stripped_signature(r: Records) -> None:
    def stripped(raw: bytes) -> bytes:
        return raw[: raw.index(b"gpgsig ")] + raw[raw.index(b"\n\n") + 1 :]

    r.note("staff-1", forged={"signed": stripped})
    r.note("staff-1")


@attack("27", "unsigned")
def unsigned_commit_hidden_in_a_side_branch(r: Records) -> None:
    def stripped(raw: bytes) -> bytes:
        return raw[: raw.index(b"gpgsig ")] + raw[raw.index(b"\n\n") + 1 :]

    hidden = r.note("kasi-1", on=r.tip, forged={"signed": stripped})
    side = r.note("kasi-1", on=hidden)
    r.note("staff-1")
    r.merge(side)


@attack("26", "signature")
def signature_of_a_file(r: Records) -> None:
    r.note("staff-1", forged={"sign": lambda key, data: key.sign(data, namespace=b"file")})


_ODD_SIGNATURES: dict[str, Callable[[TestKey, bytes], bytes]] = {
    "signature_of_other_bytes": lambda key, data: key.sign(data + b" "),
    "signature_over_sha256": lambda key, data: key.sign(data, digest="sha256"),
    "signature_with_reserved_bytes": lambda key, data: key.sign(data, reserved=b"x"),
    "signature_with_trailing_bytes": lambda key, data: key.sign(data, trailing=b"x"),
    "signature_of_version_2": lambda key, data: key.sign(data, version=2),
    "signature_in_long_lines": lambda key, data: key.sign(data, width=76),
    "signature_without_namespace": lambda key, data: key.sign(data, namespace=b""),
    "armour_without_end": lambda key, data: key.sign(data)[:-10] + b"\n",
    "armour_of_pgp": lambda key, data: key.sign(data).replace(b" SSH ", b" PGP "),
    "blank_in_the_armour": lambda key, data: key.sign(data).replace(b"\nU", b"\n U"),
    "signature_that_is_no_base64": lambda key, data: (
        b"-----BEGIN SSH SIGNATURE-----\n****\n-----END SSH SIGNATURE-----\n"
    ),
    "signature_that_is_empty": lambda key, data: armoured(b""),
    "signature_cut_short": lambda key, data: armoured(b"SSHSIG\0\0\0\1" + string(key.blob)),
    "signature_of_huge_lengths": lambda key, data: armoured(b"SSHSIG\0\0\0\1" + b"\xff" * 40),
    "signature_by_an_rsa_key": lambda key, data: armoured(
        base64.b64decode(base64.b64encode(b"SSHSIG\0\0\0\1"))
        + string(string(b"ssh-rsa") + string(b"\1\0\1") + string(b"\1" * 256))
        + string(b"git") + string(b"") + string(b"sha512")
        + string(string(b"rsa-sha2-512") + string(b"\1" * 256))
    ),
    "key_of_small_order": lambda key, data: armoured(
        b"SSHSIG\0\0\0\1"
        + string(string(b"ssh-ed25519") + string(b"\1" + bytes(31)))
        + string(b"git") + string(b"") + string(b"sha512")
        + string(string(b"ssh-ed25519") + string(b"\1" + bytes(63)))
    ),
}  # fmt: skip


def _odd_signature(name: str, sign: Callable[[TestKey, bytes], bytes]) -> None:
    def build(r: Records) -> None:
        r.note("staff-1", forged={"sign": sign})

    build.__name__ = name
    attack("36" if "that" in name or "huge" in name else "25", "signature")(build)


for _name, _sign in _ODD_SIGNATURES.items():
    _odd_signature(_name, _sign)
