from __future__ import annotations

from soptui.domain.findings import REMEDIES, SENTENCES, WARNINGS, Finding, Found, Severity
from soptui.domain.ids import CommitId
from soptui.domain.message import Message
from tools.findings_page import PAGE, page


def test_the_page_of_the_findings_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_finding_says_what_is_wrong_and_what_to_do() -> None:
    assert REMEDIES.keys() == SENTENCES.keys()
    assert all(sentence.endswith((".", "}")) for sentence in SENTENCES.values())
    assert all(remedy.endswith(".") and "{" not in remedy for remedy in REMEDIES.values())


def test_warnings_refuse_nothing() -> None:
    findings = [Finding(code, CommitId(""), Message("x")) for code in SENTENCES]
    assert {one.code for one in findings if one.severity is Severity.WARNING} == WARNINGS


def test_a_finding_names_its_commit_and_its_path() -> None:
    found = Found("mode", path="office.toml").at(CommitId("1" * 40))
    assert (found.commit, found.path) == ("1" * 40, "office.toml")
    assert str(found.message) == "office.toml is not an ordinary file."
