from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soptui.domain.ids import CommitId
from soptui.records.git.commit import (
    Commit,
    CommitFault,
    Ident,
    build_commit,
    parse_commit,
    payload,
    rebuild,
)
from soptui.records.git.objects import EMPTY_TREE, ObjectWriter
from soptui.records.git.process import GitDirectory
from soptui.records.git.refs import update_ref
from soptui.records.keys.signing import Signer
from soptui.records.keys.sshsig import parse_signature, verify
from tests.support.ssh_keys import KeyFile

CAMAT = Ident("Drs. Camat Contoh, M.Si", "camat-1@ajibarang.example", 1795490000, "+0700")
FIRST, SECOND = CommitId("a" * 40), CommitId("b" * 40)
MESSAGE = "Disposisi – 2026-k7m3qd9x\n\nSop-Case: 2026-k7m3qd9x\n"
ARMOUR = b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"


def signing(armour: bytes) -> Callable[[bytes], bytes]:
    """A signer that gives `armour` for whatever it is asked to sign."""
    return lambda unsigned: armour


SIGN = signing(ARMOUR)


def built(
    *,
    parents: Sequence[CommitId] = (),
    author: Ident = CAMAT,
    committer: Ident = CAMAT,
    message: str = MESSAGE,
    sign: Callable[[bytes], bytes] = SIGN,
) -> bytes:
    return build_commit(
        tree=EMPTY_TREE,
        parents=parents,
        author=author,
        committer=committer,
        message=message,
        sign=sign,
    )


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(CommitFault) as caught:
        act()
    return caught.value.code


@pytest.mark.parametrize("parents", [(), (FIRST,), (FIRST, SECOND)])
def test_a_commit_is_read_back_as_it_was_built(parents: tuple[CommitId, ...]) -> None:
    raw = built(parents=parents)
    commit = parse_commit(raw)
    assert commit == Commit(EMPTY_TREE, parents, CAMAT, CAMAT, ARMOUR, MESSAGE)
    assert rebuild(commit) == raw


def test_author_and_committer_may_differ_in_form() -> None:
    """Who they must be is a rule of the verifier."""
    other = Ident("Sekretaris", "sekretaris-1@ajibarang.example", 0, "-0330")
    raw = built(committer=other)
    assert (parse_commit(raw).author, parse_commit(raw).committer) == (CAMAT, other)


def test_stock_git_accepts_our_commit(
    key: KeyFile, repository: GitDirectory, tmp_path: Path
) -> None:
    signer = Signer(key.public_key, key.path)
    writer = ObjectWriter(repository)
    writer.write("tree", b"")
    raw = built(sign=signer.sign)
    commit = CommitId(writer.write("commit", raw))
    writer.flush()
    update_ref(repository, "refs/heads/main", commit, None, reason="genesis")
    allowed = tmp_path / "allowed_signers"
    allowed.write_text(f'camat-1 namespaces="git" {key.public_key.text}\n')
    git = ["git", "-C", str(repository.path), "-c", f"gpg.ssh.allowedSignersFile={allowed}"]
    checked = subprocess.run([*git, "fsck", "--strict"], capture_output=True, check=True)
    assert checked.stderr == b""
    verified = subprocess.run([*git, "verify-commit", commit], capture_output=True, check=True)
    assert b'Good "git" signature for camat-1' in verified.stderr


def test_a_commit_signed_by_stock_git_is_read(key: KeyFile, tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Camat"]
    git += ["-c", "user.email=camat@example.org"]
    git += ["-c", "gpg.format=ssh", "-c", f"user.signingkey={key.path}"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-qS", "--allow-empty", "-m", "Disposisi"], check=True)
    raw = subprocess.run([*git, "cat-file", "commit", "HEAD"], capture_output=True, check=True)
    commit = parse_commit(raw.stdout)
    assert (commit.author.name, commit.message) == ("Camat", "Disposisi\n")
    signature = parse_signature(commit.signature)
    assert verify(signature, payload(raw.stdout), "git") == key.public_key


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"author ", b"encoding UTF-7\nauthor "),
        (b"\n\n", b"\nencoding UTF-7\n\n"),
        (b"\n\n", b"\ngpgsig-sha256 x\n\n"),
        (b"\n\n", b"\ngpgsig -----BEGIN SSH SIGNATURE-----\n x\n\n"),
        (b"gpgsig ", b"mergetag x\ngpgsig "),
        (b"gpgsig ", b"gpgsig \n "),
        (b"tree ", b"Tree "),
        (b"tree 4b825d", b"tree 4B825D"),
        (b"tree 4b825d", b"tree 4b825"),
        (b"author ", b"parent " + b"a" * 40 + b"\n" * 2 + b"author "),
        (b"author ", b"author  "),
        (b" <camat", b"  <camat"),
        (b" <camat", b"<camat"),
        (b"Contoh", b"Con<toh"),
        (b"Contoh", b"Con>toh"),
        (b"Contoh", b"Con\x1btoh"),
        (b"Drs. Camat Contoh, M.Si", b""),
        (b"camat-1@", b"camat 1@"),
        (b" +0700", b" +07:00"),
        (b" +0700", b" +1500"),
        (b" +0700", b" +0760"),
        (b" +0700", b" -0000"),
        (b" +0700", b""),
        (b"1795490000", b"01795490000"),
        (b"1795490000", b"-1795490000"),
        (b"1795490000", b"1795490000000"),
    ],
)
def test_any_other_header_is_refused(old: bytes, new: bytes) -> None:
    raw = built()
    assert old in raw
    assert code_of(lambda: parse_commit(raw.replace(old, new, 1))) in {"header", "rebuild"}


def test_a_third_parent_is_refused() -> None:
    parents = (FIRST, SECOND, CommitId("c" * 40))
    assert code_of(lambda: built(parents=parents)) == "header"


def test_the_same_parent_twice_is_refused() -> None:
    assert code_of(lambda: built(parents=(FIRST, FIRST))) == "parents"


def test_text_behind_a_nul_is_refused() -> None:
    assert code_of(lambda: parse_commit(built() + b"\0hidden")) == "nul"


@pytest.mark.parametrize("old", [b"Disposisi", b"Contoh"])
def test_bytes_that_are_not_utf_8_are_refused(old: bytes) -> None:
    raw = built().replace(old, b"\xff\xfe")
    assert code_of(lambda: parse_commit(raw)) == "encoding"


def test_a_stripped_signature_is_noticed() -> None:
    unsigned = payload(built())
    assert code_of(lambda: parse_commit(unsigned)) == "unsigned"
    assert code_of(lambda: payload(unsigned)) == "unsigned"


def test_a_signature_in_the_message_is_none() -> None:
    unsigned = payload(built(message="x\ngpgsig y\n\nz\n"))
    assert code_of(lambda: parse_commit(unsigned)) == "unsigned"
    assert code_of(lambda: payload(unsigned)) == "unsigned"


@pytest.mark.parametrize("tail", [b" \n", b" x\n", b" \n \n"])
def test_lines_after_the_armour_do_not_get_lost(tail: bytes) -> None:
    """They either change the signature, which is then no armour, or are refused."""
    end = b" -----END SSH SIGNATURE-----\n"
    raw = built().replace(end, end + tail)
    if tail.strip():
        assert parse_commit(raw).signature == ARMOUR + b"x\n"
    else:
        assert code_of(lambda: parse_commit(raw)) == "rebuild"


def test_nothing_is_signed_that_could_not_be_read_back() -> None:
    signed: list[bytes] = []

    def sign(unsigned: bytes) -> bytes:
        signed.append(unsigned)
        return ARMOUR

    for name, message in [("A <b>", "x"), ("A\nauthor B", "x"), ("A", "x\0y"), ("\ud800", "x")]:
        with pytest.raises(CommitFault):
            built(author=Ident(name, "a@example.org", 1, "+0700"), message=message, sign=sign)
    assert signed == []


def test_a_signer_that_returns_nonsense_makes_no_commit() -> None:
    for nonsense in (b"", b"\n"):
        with pytest.raises(CommitFault):
            built(sign=signing(nonsense))


characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
names = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>"), min_size=1
).filter(lambda name: name == name.strip(" "))


@given(
    name=names,
    seconds=st.integers(0, 10**12 - 1),
    offset=st.sampled_from(["+0700", "+0000", "-1130", "+1459"]),
    message=st.text(characters),
    parents=st.lists(
        st.text("0123456789abcdef", min_size=40, max_size=40), max_size=2, unique=True
    ),
)
def test_whatever_is_built_is_read_back(
    name: str, seconds: int, offset: str, message: str, parents: list[CommitId]
) -> None:
    author = Ident(name, "camat-1@ajibarang.example", seconds, offset)
    signed: list[bytes] = []

    def sign(unsigned: bytes) -> bytes:
        signed.append(unsigned)
        return ARMOUR

    raw = built(parents=parents, author=author, message=message, sign=sign)
    commit = parse_commit(raw)
    assert commit == Commit(EMPTY_TREE, tuple(parents), author, CAMAT, ARMOUR, message)
    assert payload(raw) == signed[0]


@given(data=st.data())
@settings(max_examples=500)
def test_one_changed_byte_never_keeps_the_meaning(data: st.DataObject) -> None:
    raw = built(parents=(FIRST,))
    place = data.draw(st.integers(0, len(raw) - 1))
    replacement = data.draw(st.binary(max_size=2).filter(lambda new: new != raw[place : place + 1]))
    changed = raw[:place] + replacement + raw[place + 1 :]
    try:
        commit = parse_commit(changed)
    except CommitFault:
        return
    assert commit != parse_commit(raw)
    assert rebuild(commit) == changed


@given(junk=st.binary(max_size=200))
def test_any_bytes_are_a_fault_and_nothing_else(junk: bytes) -> None:
    code_of(lambda: parse_commit(junk))
    code_of(lambda: payload(junk))
