"""Joining an office: nothing is made before a person has compared the trust root with paper."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from soptui.desk.office.administration import Administration
from soptui.desk.office.joining import (
    join_office,
    look_at_records,
    own_key,
    refuse_unnamed,
    request_of,
    settle_in,
    signer_at_hand,
)
from soptui.desk.office.trust_root import Paper
from soptui.desk.sharing.qr import qr_lines
from soptui.desk.sharing.sharing import Sharing
from soptui.domain.ids import OfficerId, RoleId
from soptui.domain.message import Refusal
from soptui.domain.office import Capacity, Post
from soptui.records.clone.repository import Repository
from soptui.records.sharing.bundle import export_bundle
from soptui.records.sharing.join import NotJoined
from soptui.records.sharing.request import BadRequest
from tests.support.office_parts import LETTER
from tests.support.town import ADMIN, REGISTRAR, Clone, Town, on_paper

STAF_9 = OfficerId("staf-9")

STAFF = {"name": "Staf Contoh", "mail": "staf@ajibarang.test", "nip": "", "rank": ""}


def test_a_hub_is_joined_once_the_trust_root_was_compared(town: Town, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "records"
    with look_at_records(str(town.hub), folder) as found:
        assert not folder.exists()
        assert found.root == town.first_trust()
        assert found.founder.id == ADMIN
        assert found.office == "Kecamatan Ajibarang"
        on_paper(town).compare(found.root)
        join_office(found).close()
    assert [one.name for one in folder.parent.iterdir()] == ["records"]
    with Repository.open(folder) as repository:
        assert repository.verify().ok
        assert repository.trust.shared == town.hub_tip()
        assert (folder / "office.toml").is_file()


def test_another_fingerprint_leaves_nothing(town: Town, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "records"
    with (
        pytest.raises(Refusal, match="asked the administrator"),
        look_at_records(str(town.hub), folder) as found,
    ):
        Paper.typed(found.root.genesis, "SHA256:" + "x" * 43).compare(found.root)
    assert list(folder.parent.iterdir()) == []


def test_a_first_clone_comes_from_a_disk_too(town: Town, tmp_path: Path) -> None:
    registrar = town.clone(REGISTRAR)
    case = registrar.register()
    path = export_bundle(registrar.repository, tmp_path / "disk.sop").path
    with look_at_records(str(path), tmp_path / "records") as found:
        on_paper(town).compare(found.root)
        clone = join_office(found)
    with clone:
        assert clone.repository.current()[1].case_file(case) is not None
        assert clone.repository.trust.shared == ""


def test_records_that_do_not_verify_cannot_be_joined(town: Town, tmp_path: Path) -> None:
    registrar = town.clone(REGISTRAR)
    (town.hub / "hooks" / "pre-receive").unlink()
    registrar.git("commit", "-q", "--allow-empty", "-m", "x")
    registrar.git("push", "-q")
    with pytest.raises(NotJoined) as caught, look_at_records(str(town.hub), tmp_path / "records"):
        pass
    assert [one.code for one in caught.value.findings] == ["empty"]
    assert not (tmp_path / "records").exists()


def test_who_has_no_key_gets_one_and_is_let_in_by_one_command(town: Town, tmp_path: Path) -> None:
    with look_at_records(str(town.hub), tmp_path / "records") as found:
        on_paper(town).compare(found.root)
        joined = join_office(found)
    key = tmp_path / "home" / "id_ed25519"
    assert signer_at_hand(found.registry, key) == ("", None)
    own = own_key(key, lambda: "")
    request = request_of(found.root, found.registry, STAF_9, STAFF, own)
    admin = town.clone(ADMIN)
    post = Post(RoleId("staff-penerima-surat"), Capacity.DEFINITIVE, "Staf", date(2026, 1, 1))
    sharing = Sharing(admin.desk)
    assert sharing.request(request).name == "Staf Contoh"
    sharing.accept_request(request, (post,))
    admin.sync()
    with joined:
        arrived = Clone(joined.root, "staf-9", town.keys, town.clock)
        arrived.desk.key = key
        assert Sharing(arrived.desk).sync().behind == 1
        officer, signer = signer_at_hand(arrived.desk.registry, key)
        assert signer is not None
        settle_in(joined, officer, signer)
        arrived.desk.register(LETTER)
        arrived.git("push", "-q")
        arrived.close()
    assert admin.sync().ok


def test_who_is_registered_gets_one_more_key(town: Town, tmp_path: Path) -> None:
    admin = town.clone(ADMIN)
    other = own_key(tmp_path / "key", lambda: "")
    ask = partial(request_of, admin.repository.trust.root)
    request = ask(
        admin.desk.registry, OfficerId(REGISTRAR), {}, other, old=town.keys.signer(REGISTRAR)
    )
    sharing = Sharing(admin.desk)
    assert sharing.request(request).mail == admin.desk.registry.officers[OfficerId(REGISTRAR)].mail
    sharing.accept_request(request)
    keys = admin.desk.registry.officers[OfficerId(REGISTRAR)].valid_keys()
    assert [key.public for key in keys][1:] == [other.public_key.text]
    with pytest.raises(Refusal, match=f"registered for {REGISTRAR} already"):
        sharing.accept_request(request)
    with pytest.raises(Refusal, match=f"registered for {REGISTRAR} already"):
        ask(admin.desk.registry, OfficerId(REGISTRAR), {}, other)
    Administration(admin.desk, sure=True).revoke_key(
        OfficerId(REGISTRAR), other.public_key.fingerprint, "diganti"
    )
    with pytest.raises(Refusal, match="revoked on"):
        sharing.accept_request(request)


def test_what_is_wrong_with_a_request_is_said_of_what_was_typed(town: Town, tmp_path: Path) -> None:
    admin = town.clone(ADMIN)
    own = own_key(tmp_path / "key", lambda: "")
    root, registry = admin.repository.trust.root, admin.desk.registry
    with pytest.raises(Refusal, match=r"^mail: .* is not an address.* Correct what you gave"):
        request_of(root, registry, STAF_9, STAFF | {"mail": "Staf"}, own)
    with pytest.raises(Refusal, match="Give --name and --mail"):
        refuse_unnamed(registry, "staf-9", STAFF | {"name": ""})
    refuse_unnamed(registry, REGISTRAR, {"name": "", "mail": ""})


def test_a_request_that_was_changed_or_is_for_others_is_refused(town: Town, tmp_path: Path) -> None:
    admin = town.clone(ADMIN)
    own = own_key(tmp_path / "key", lambda: "")
    request = request_of(admin.repository.trust.root, admin.desk.registry, STAF_9, STAFF, own)
    sharing = Sharing(admin.desk)
    genesis = admin.repository.trust.genesis.encode()
    for spoiled in (
        request.replace(b"Staf", b"Stef"),
        request.replace(genesis, b"1" * 40),
        request.replace(town.first_trust().signer.encode(), b"SHA256:" + b"x" * 43),
        request.replace(own.public_key.text.encode(), town.keys.public(ADMIN).text.encode()),
        request[: len(request) // 2],
        b"",
    ):
        with pytest.raises(BadRequest):
            sharing.request(spoiled)


def test_the_fingerprint_fits_on_a_terminal_as_a_code(town: Town) -> None:
    lines = qr_lines(f"{town.first_trust().genesis} {town.first_trust().signer}")
    assert len(lines) <= 24
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines[0]) <= 80
