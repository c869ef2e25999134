"""What a stolen key signed is marked where histories and people are read."""

from __future__ import annotations

from soptui.demo.office import DemoOffice
from soptui.desk.office.administration import Administration
from soptui.domain.ids import OfficerId
from soptui.locale import use
from soptui.records.keys.sshsig import PublicKey
from tests.tui.sitting import sitting


async def test_a_stolen_key_marks_its_events_its_commits_and_its_owner(office: DemoOffice) -> None:
    use("en")
    thief = "penerima-surat"
    desk = office.desks["admin"]
    (key,) = desk.registry.officers[OfficerId(thief)].keys
    genesis = office.repository.trust.genesis
    Administration(desk, sure=True).revoke_key(
        OfficerId(thief), PublicKey.parse(key.public).fingerprint, "dicuri", suspect_from=genesis
    )
    async with sitting(office, "camat", (120, 40)) as camat:
        await camat.presses("end", "enter", "tab", "tab")
        history = [line.partition("│")[0] for line in camat.sees().splitlines()]
        received = next(line for line in history if " Received " in line)
        registered = next(line for line in history if " Registered " in line)
        assert "valid" in received
        assert "review" in registered
        assert "valid" not in registered
        await camat.presses("end")
        told = " ".join(camat.line_of("detail").split())
        assert f"valid, by {thief} (key revoked since, to be reviewed)" in told

        await camat.presses("5")
        audited = camat.sees().splitlines()
        assert any("Penerima" in line and " review " in line for line in audited)

        await camat.presses("4")
        await camat.puts_cursor_on("Penerima Surat")
        told = " ".join(camat.line_of("detail").split())
        assert f"dicuri; suspect from commit {genesis[:12]} on" in told
