"""What people read: translated, written as their language writes it, and safe to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from soptui.domain.message import Message, Refusal
from soptui.locale import (
    _,
    _n,
    choose,
    clock,
    day,
    duration,
    language,
    moment,
    number,
    short_day,
    translate,
    use,
    weekday,
)
from tools.catalogues import (
    LOCALE,
    NotLiteral,
    compiled,
    fields_of,
    read,
    strings_of,
    untranslated,
    updated,
    uses_in,
    uses_in_package,
    written,
)

WIB = timezone(timedelta(hours=7))
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    """Each test begins and ends in the default language."""
    use("id")
    yield
    use("id")


def test_indonesian_is_the_default_whatever_the_terminal_says() -> None:
    assert choose(None, {"LANG": "en_GB.UTF-8", "LANGUAGE": "en", "LC_ALL": "en_GB"}, None) == "id"


def test_the_option_comes_before_the_environment_and_this_before_the_configuration() -> None:
    assert choose("en", {"SOPTUI_LANG": "id"}, "id") == "en"
    assert choose(None, {"SOPTUI_LANG": "en"}, "id") == "en"
    assert choose(None, {"SOPTUI_LANG": ""}, "en") == "en"


def test_an_unknown_language_is_refused_and_the_language_stays() -> None:
    with pytest.raises(Refusal) as caught:
        use("../en")
    assert language() == "id"
    assert translate(caught.value.message) == (
        "Bahasa ../en tidak ada; bahasa tetap id. Pilih salah satu: id, en."
    )


def test_the_language_is_switched_while_running() -> None:
    message = Message("The key {key} stands twice.", key="format")
    assert translate(message) == "Isian format tertulis dua kali."
    use("en")
    assert translate(message) == "The key format stands twice."


def test_a_message_within_a_message_is_translated() -> None:
    reason = Message("The last line does not end with a line feed.")
    assert translate(Message("Line {line}: {reason}", line=4, reason=reason)) == (
        "Baris 4: Baris terakhir tidak diakhiri ganti baris."
    )


def test_values_are_made_safe_and_never_read_as_fields() -> None:
    assert _("The key {key} stands twice.", key="\x1b[31m{key}") == (
        "Isian \\u{1b}[31m{key} tertulis dua kali."
    )


def test_values_are_written_as_the_language_writes_them() -> None:
    at = datetime(2026, 11, 24, 10, 12, tzinfo=WIB)
    shown = {
        "a": at,
        "b": date(2026, 8, 17),
        "c": time(7, 15),
        "d": ["camat", Message("The bytes are not UTF-8.")],
        "e": Named(),
    }
    assert translate(Message("{a}; {b}; {c}; {d}; {e}", **shown)) == (
        "24 Nov 2026 10.12; 17 Agustus 2026; 07.15; camat, Isi file bukan UTF-8.; \\u{202e}x"
    )


class Named:
    def __str__(self) -> str:
        return "\u202ex"


def test_a_count_takes_the_form_that_fits_it() -> None:
    use("en")
    assert _n("{count} step", "{count} steps", 1) == "1 step"
    assert _n("{count} step of {name}", "{count} steps of {name}", 3, name="x") == "3 steps of x"


def test_dates_in_both_languages() -> None:
    value = date(2026, 5, 4)
    assert (day(value), short_day(value), weekday(value)) == ("4 Mei 2026", "4 Mei 2026", "Senin")
    use("en")
    assert (day(value), short_day(value), weekday(value)) == ("4 May 2026", "4 May 2026", "Monday")


def test_every_month_and_weekday_has_its_own_name() -> None:
    for code in ("id", "en"):
        use(code)
        assert len({day(date(2026, month, 1)) for month in range(1, 13)}) == 12
        assert len({weekday(date(2026, 6, number)) for number in range(1, 8)}) == 7


def test_a_moment_is_shown_in_its_own_time_zone() -> None:
    at = datetime(2026, 11, 24, 23, 5, tzinfo=UTC)
    assert moment(at) == "24 Nov 2026 23.05"
    assert moment(at.astimezone(WIB)) == "25 Nov 2026 06.05"
    use("en")
    assert (moment(at), clock(at)) == ("24 Nov 2026 23:05", "23:05")


@pytest.mark.parametrize(
    ("value", "places", "in_indonesian", "in_english"),
    [
        (0, None, "0", "0"),
        (1234567, None, "1.234.567", "1,234,567"),
        (-1234, None, "-1.234", "-1,234"),
        (Decimal("98.70"), None, "98,70", "98.70"),
        (98.765, 2, "98,77", "98.77"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (100, 1, "100,0", "100.0"),
    ],
)
def test_numbers_in_both_languages(
    value: float | Decimal, places: int | None, in_indonesian: str, in_english: str
) -> None:
    assert number(value, places) == in_indonesian
    use("en")
    assert number(value, places) == in_english


@pytest.mark.parametrize(
    ("time", "in_indonesian", "in_english"),
    [
        ({"days": 3}, "3 hari kerja", "3 working days"),
        ({"days": 1}, "1 hari kerja", "1 working day"),
        ({"days": Fraction(5, 2)}, "2,5 hari kerja", "2.5 working days"),
        ({"days": 14, "seconds": 1800}, "14 hari kerja 30 menit", "14 working days 30 minutes"),
        ({"seconds": 2700}, "45 menit", "45 minutes"),
        ({"seconds": 8100}, "2 jam 15 menit", "2 hours 15 minutes"),
        ({"seconds": 3600}, "1 jam", "1 hour"),
        ({"seconds": 61}, "1 menit", "1 minute"),
        ({"seconds": 59}, "59 detik", "59 seconds"),
        ({"seconds": 0}, "0 menit", "0 minutes"),
        ({"seconds": Fraction(1, 2)}, "0 menit", "0 minutes"),
        ({"days": -2}, "-2 hari kerja", "-2 working days"),
        ({"seconds": -90}, "-1 menit", "-1 minute"),
    ],
)
def test_durations_in_both_languages(
    time: dict[str, int | Fraction], in_indonesian: str, in_english: str
) -> None:
    assert duration(**time) == in_indonesian
    use("en")
    assert duration(**time) == in_english


def test_msgids_are_found_wherever_they_stand() -> None:
    source = """
Message("one", reason=Message("two" " and more"))
locale._("three {x}", x=1)
_n("{count} four", "{count} fours", 4)
TABLE = {"key": N_("five")}
Message(TABLE["key"])
Message("six" if x else "seven")
def _fault(code, text, **values):
    return Message(text, **values)
_fault("code", "eight {y}", y=2)
other("nine")
"""
    assert [use.forms for use in uses_in(source, "x.py")] == [
        ("one",),
        ("two and more",),
        ("three {x}",),
        ("{count} four", "{count} fours"),
        ("five",),
        ("six",),
        ("seven",),
        ("eight {y}",),
    ]


@pytest.mark.parametrize(
    "source", ["Message(text)", 'Message("a" + b)', 'Message(f"{a}")', 'Message("a".format(b=c))']
)
def test_a_computed_msgid_is_an_error(source: str) -> None:
    with pytest.raises(NotLiteral, match=r"^x\.py:1: "):
        uses_in(source, "x.py")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
class TestCatalogue:
    def test_it_has_exactly_the_msgids_of_the_code(self, path: Path) -> None:
        catalogue = read(path)
        in_code = {use.forms[0] for use in uses_in_package()}
        in_catalogue = {strings_of(message.id)[0] for message in catalogue if message.id}
        assert in_catalogue == in_code, "run `make catalogues`"

    def test_every_msgid_has_a_translation(self, path: Path) -> None:
        assert untranslated(read(path)) == []

    def test_the_compiled_catalogue_is_that_of_the_source(self, path: Path) -> None:
        assert path.with_suffix(".mo").read_bytes() == compiled(read(path))

    def test_a_translation_has_the_fields_of_its_msgid(self, path: Path) -> None:
        for message in read(path):
            if not message.id:
                continue
            fields = set[str]().union(*map(fields_of, strings_of(message.id)))
            for string in filter(None, strings_of(message.string)):
                # The forms of a plural may differ in their fields; a translation has one form.
                missing = set() if message.pluralizable else fields - fields_of(string)
                assert not missing, message.id
                assert fields_of(string) <= fields, message.id

    def test_updating_it_again_changes_nothing(self, path: Path) -> None:
        catalogue = updated(read(path), uses_in_package())
        path_bytes = written(catalogue)
        assert written(updated(catalogue, uses_in_package())) == path_bytes
