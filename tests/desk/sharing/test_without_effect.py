"""What a sync found without effect is told by case: which acts, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from soptui.desk.sharing.sharing import Sharing
from soptui.desk.sharing.without_effect import by_case, mark_seen, not_seen, sentences_for
from soptui.domain.events import Note, Recall, Register
from soptui.domain.ids import CaseId
from soptui.locale import translate, use
from soptui.records.sharing.result import Result
from tests.cli.test_sharing import at, soptui
from tests.support.office_parts import LETTER
from tests.support.town import HEAD, REGISTRAR, Clone, Town


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use("en")
    yield
    use("id")


def recalled_while_disposed(town: Town) -> tuple[Clone, Clone, CaseId]:
    """The registrar takes a letter back that the head, elsewhere, receives and disposes."""
    registrar, head = town.clone(REGISTRAR), town.clone(HEAD)
    case = registrar.register()
    registrar.sync()
    head.sync()
    head.dispose(case)
    registrar.act(case, Recall())
    return registrar, head, case


def synced(head: Clone) -> tuple[Result, list[str]]:
    result = Sharing(head.desk).sync()
    return result, [
        translate(one) for one in sentences_for(head.desk, by_case(result.without_effect))
    ]


def test_one_sentence_for_a_case_says_who_came_first_and_where_it_is(town: Town) -> None:
    registrar, head, case = recalled_while_disposed(town)
    name = registrar.desk.officer.name
    registrar.sync()
    result, sentences = synced(head)
    assert len(result.without_effect) == 2
    (sentence,) = sentences
    assert sentence.startswith("What you signed in 1/2026 (Receive, Dispose) ")
    assert f"took no effect: {name} acted first: Recall, " in sentence
    assert sentence.endswith(f"The case is now at step 1a, with {name}.")
    assert "again" not in sentence
    assert case not in sentence


def test_to_do_it_again_is_advised_only_where_the_gate_is_open(town: Town) -> None:
    registrar, head, case = recalled_while_disposed(town)
    registrar.act(case, Register(LETTER))
    registrar.sync()
    (sentence,) = synced(head)[1]
    assert sentence.endswith("Look at the case; you may do it again.")
    head.dispose(case)
    assert Sharing(head.desk).sync().without_effect == ()


def test_it_is_remembered_for_that_officer_until_they_were_shown(town: Town) -> None:
    registrar, head, case = recalled_while_disposed(town)
    registrar.sync()
    head.act(case, Note("Lihat surat."))
    lost = [one.event for one in synced(head)[0].without_effect]
    Sharing(head.desk).sync()
    assert not_seen(head.desk) == {case: tuple(lost)}
    assert not_seen(registrar.desk) == {}
    assert sentences_for(head.desk, not_seen(head.desk)) != ()
    mark_seen(head.desk, case, lost[:1])
    assert not_seen(head.desk) == {case: tuple(lost[1:])}
    mark_seen(head.desk, case, lost)
    assert not_seen(head.desk) == {}


def test_the_command_tells_it_in_words_of_the_office(town: Town) -> None:
    registrar, _head, case = recalled_while_disposed(town)
    registrar.sync()
    root, env = at(town, HEAD)
    said = " ".join(soptui("sync", cwd=root, env=env, lang="id").stdout.split())
    assert "1/2026 (Terima, Disposisi)" in said
    assert "receive" not in said
    assert case not in said
