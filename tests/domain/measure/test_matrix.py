"""The completeness matrix: asked, answered, in part, absent, in question, carried."""

from __future__ import annotations

from soptui.domain.measure.finding import Subject, error, warning
from soptui.domain.measure.matrix import Asked, Cell, Mark, Matrix, completeness
from soptui.domain.message import Message
from tests.domain.measure.builders import ANSWERS, answer, figures, proven, register, row

ASKED = (
    Asked("subbag-pk", frozenset({"iks-1", "iks-2", "ik-laporan", "ik-dokumen"})),
    Asked("seksi-pem", frozenset({"ik-desa", "ik-naik"})),
)


def cells(matrix: Matrix, code: str) -> str:
    found = next(one for one in matrix.rows if one.indicator.code == code)
    return " ".join((*found.cells, found.mark)).rstrip()


def test_a_row_for_each_indicator_and_a_column_for_each_section_that_was_asked() -> None:
    matrix = completeness(register(), ASKED, figures(answer("kosong", "subbag-pk")))

    assert matrix.units == ("subbag-pk", "seksi-pem")
    assert [one.indicator for one in matrix.rows] == list(register().indicators)
    assert cells(matrix, "iks-1") == "○ ·"
    assert cells(matrix, "ik-desa") == "· ○"
    assert cells(matrix, "ik-miskin") == "· ·"
    assert (matrix.given, matrix.asked) == (0, 6)


def test_an_answer_counts_in_part_without_its_evidence_and_no_data_is_an_answer() -> None:
    given = answer(
        "pk", "subbag-pk",
        proven("iks-1", "81"), row("iks-2", "BB"), row("ik-laporan", "- Belum disusun"),
    )  # fmt: skip
    matrix = completeness(register(), ASKED, figures(given))

    assert [cells(matrix, code) for code in ("iks-1", "iks-2", "ik-laporan", "ik-dokumen")] == [
        "● ·", "◐ ·", "– ·", "○ ·",
    ]  # fmt: skip
    assert [(one.given, one.asked, one.is_complete) for one in matrix.totals] == [
        (3, 4, False),
        (0, 2, False),
    ]


def test_a_question_back_and_a_new_round_are_owed_again() -> None:
    second = answer("lagi", "subbag-pk", proven("iks-1", "82"), in_round=2)
    asked = (*ASKED, Asked("subbag-pk", frozenset({"iks-1"}), frozenset({"iks-1"})))
    matrix = completeness(register(), asked, figures(*ANSWERS, second, in_round=2))

    assert matrix.units == ("subbag-pk", "seksi-pem")
    assert cells(matrix, "iks-1") == "? ·"
    assert cells(matrix, "iks-2") == "↻ ·"
    assert matrix.given == 0
    first = completeness(register(), ASKED, figures(*ANSWERS))
    assert all(total.is_complete for total in first.totals)


def test_the_gravest_finding_marks_the_row() -> None:
    def found(code: str) -> Matrix:
        say = Message("x")
        return completeness(
            register(),
            ASKED,
            figures(),
            [
                error("V15", Subject.INDICATOR, say, of="iks-1"),
                warning("V16", Subject.INDICATOR, say, of="iks-1"),
                warning("V05", Subject.INDICATOR, say, of=code),
                error("V14", Subject.LINE, say, of="ik-naik"),
            ],
        )

    assert cells(found("ik-desa"), "iks-1") == "● · !"
    assert cells(found("ik-desa"), "ik-desa") == "· ● ~"
    assert cells(found("ik-desa"), "ik-naik") == "· ●"
    assert {one.value for one in Mark} == {"", "~", "!"}
    assert len({one.value for one in Cell}) == len(Cell)
