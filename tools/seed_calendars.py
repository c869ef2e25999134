"""Write the starter calendars 2021 to 2027 of Kecamatan Ajibarang.

Holidays come from the package `holidays` (a development dependency only). Ramadan is typed in from
the government's announcements, because computed calendars miss it by a day in some years. Working
hours are those that the press reports for Kabupaten Banyumas. What no source states is marked in
the files as inferred or estimated, for the office to confirm.

Usage, from the project root: python -m tools.seed_calendars records/calendars
"""

from __future__ import annotations

import datetime
import sys
from importlib.metadata import version
from pathlib import Path

import holidays

from soptui.domain.time.calendar import (
    Break,
    Calendar,
    Holiday,
    HolidayKind,
    Hours,
    Ramadan,
    Regime,
    Source,
)
from soptui.records.files.calendar import calendar_from_document, calendar_to_document
from soptui.records.files.codec import emit_document

YEARS = range(2021, 2028)
CATEGORIES = {HolidayKind.NATIONAL: "public", HolidayKind.JOINT_LEAVE: "government"}
ESTIMATED = " (perkiraan)"
EID = "Hari Raya Idul Fitri"

RAMADAN_BEGINS = {
    2021: datetime.date(2021, 4, 13),
    2022: datetime.date(2022, 4, 3),
    2023: datetime.date(2023, 3, 23),
    2024: datetime.date(2024, 3, 12),
    2025: datetime.date(2025, 3, 1),
    2026: datetime.date(2026, 2, 19),
    2027: datetime.date(2027, 2, 8),
}
RAMADAN_ESTIMATED = {2027}
HIJRI_OFFSET = 579
"""Ramadan of these years falls in the Hijri year that is smaller by this number."""

ARCHIVE = "https://web.archive.org/web/"
DECREES = {
    2021: [
        (
            "Perubahan hari libur nasional dan cuti bersama tahun 2021",
            ARCHIVE + "20250413192250/https://setkab.go.id/"
            "inilah-perubahan-hari-libur-nasional-dan-cuti-bersama-tahun-2021/",
        )
    ],
    2022: [
        (
            "Keppres 4/2022 tentang cuti bersama ASN tahun 2022",
            ARCHIVE + "20250413193216/https://setkab.go.id/"
            "presiden-jokowi-terbitkan-keppres-4-tahun-2022-tentang-cuti-bersama-asn-tahun-2022/",
        )
    ],
    2023: [
        (
            "Keppres perubahan cuti bersama ASN tahun 2023",
            ARCHIVE + "20250413193243/https://setkab.go.id/"
            "presiden-tandatangani-keppres-perubahan-cuti-bersama-bagi-asn/",
        )
    ],
    2024: [
        (
            "Keppres 7/2024 tentang cuti bersama ASN tahun 2024",
            ARCHIVE + "20250413193243/https://setkab.go.id/"
            "inilah-keppres-7-2024-tentang-cuti-bersama-asn-tahun-2024/",
        )
    ],
    2025: [
        (
            "Hari libur nasional dan cuti bersama tahun 2025",
            ARCHIVE + "20250413193349/https://setkab.go.id/"
            "pemerintah-tetapkan-hari-libur-nasional-dan-cuti-bersama-tahun-2025/",
        ),
        (
            "Penetapan 18 Agustus 2025 sebagai hari libur, menurut berita",
            ARCHIVE + "20250802143125/https://news.detik.com/berita/"
            "d-8039857/pemerintah-tetapkan-senin-18-agustus-hari-libur",
        ),
    ],
    2026: [
        (
            "SKB hari libur nasional dan cuti bersama tahun 2026, menurut berita",
            ARCHIVE + "20260605113344/https://www.detik.com/hikmah/khazanah/"
            "d-8346579/libur-nasional-dan-cuti-bersama-2026-cek-jadwalnya-di-sini",
        )
    ],
    2027: [
        (
            "SKB 3 Menteri hari libur nasional dan cuti bersama tahun 2027",
            ARCHIVE + "20260917182154/https://setneg.go.id/baca/index/"
            "inilah_skb_3_menteri_libur_nasional_dan_cuti_bersama_2027",
        )
    ],
}
"""What the package names as sources of the joint leave of each year; numbers only where given."""

BREAKS_INFERRED = (
    "Waktu istirahat ditafsirkan: 37,5 jam seminggu (Perpres 21/2023) tercapai bila istirahat"
    " Senin-Kamis 30 menit dan Jumat 90 menit."
)
RAMADAN_WITHOUT_BREAK = (
    "Tanpa istirahat ditafsirkan: jam masuk sampai pulang sudah berjumlah 32,5 jam seminggu."
)
NORMAL_SOURCE = (
    "Jam kerja Pemerintah Kabupaten Banyumas menurut pemberitaan tahun 2018 dan Maret 2024"
)
RAMADAN_HOURS_SOURCES = {
    2024: "Jam kerja Ramadan Kabupaten Banyumas menurut pemberitaan tahun 2024",
    2026: "SE 000.8/8/2026 tanggal 13 Februari 2026, Kabupaten Banyumas, menurut pemberitaan",
}
RAMADAN_HOURS_ELSEWHERE = (
    "Jam kerja Ramadan Kabupaten Banyumas menurut pemberitaan tahun 2018, 2019, 2024 dan 2026"
)
UNCONFIRMED_YEAR = " Edaran tahun ini belum dicocokkan; jam disamakan dengan tahun-tahun itu."


def calendar_of(year: int) -> Calendar:
    """The starter calendar of `year`."""
    days = sorted(_holidays(year), key=lambda holiday: holiday.date)
    eid = next(holiday.date for holiday in days if holiday.name == EID)
    return Calendar(
        year,
        holidays=tuple(days),
        hours=_hours(year),
        ramadan=(
            Ramadan(
                RAMADAN_BEGINS[year],
                eid - datetime.timedelta(days=1),
                _ramadan_source(year),
                estimated=year in RAMADAN_ESTIMATED,
            ),
        ),
        sources=tuple(_sources(year)),
    )


def _holidays(year: int) -> list[Holiday]:
    return [
        Holiday(date, name.removesuffix(ESTIMATED), kind, name.endswith(ESTIMATED))
        for kind, category in CATEGORIES.items()
        for date, names in holidays.country_holidays(
            "ID", years=year, categories=(category,), language="id"
        ).items()
        for name in names.split("; ")
    ]


def _hours(year: int) -> tuple[Hours, ...]:
    monday_to_thursday, friday = (1, 2, 3, 4), (5,)
    ramadan_source = RAMADAN_HOURS_SOURCES.get(year, RAMADAN_HOURS_ELSEWHERE)
    ramadan_inferred = RAMADAN_WITHOUT_BREAK + (
        "" if year in RAMADAN_HOURS_SOURCES else UNCONFIRMED_YEAR
    )
    normal = (
        (monday_to_thursday, datetime.time(15, 30), datetime.time(12, 0), datetime.time(12, 30)),
        (friday, datetime.time(15, 15), datetime.time(11, 30), datetime.time(13, 0)),
    )
    ramadan = (
        (monday_to_thursday, datetime.time(14, 45)),
        (friday, datetime.time(11, 0)),
    )
    return (
        *(
            Hours(
                Regime.NORMAL,
                weekdays,
                datetime.time(7, 15),
                closes,
                NORMAL_SOURCE,
                Break(start, end),
                inferred=BREAKS_INFERRED,
            )
            for weekdays, closes, start, end in normal
        ),
        *(
            Hours(
                Regime.RAMADAN,
                weekdays,
                datetime.time(7, 30),
                closes,
                ramadan_source,
                inferred=ramadan_inferred,
            )
            for weekdays, closes in ramadan
        ),
    )


def _ramadan_source(year: int) -> str:
    hijri = year - HIJRI_OFFSET
    if year in RAMADAN_ESTIMATED:
        return f"Perkiraan; menunggu penetapan pemerintah atas 1 Ramadan {hijri} H"
    return f"Penetapan pemerintah atas 1 Ramadan {hijri} H; berakhir sehari sebelum Idul Fitri"


def _sources(year: int) -> list[Source]:
    package = f"paket holidays {version('holidays')}"
    return [
        Source(
            HolidayKind.NATIONAL,
            f"{package}, kategori {CATEGORIES[HolidayKind.NATIONAL]}; nomor SKB belum dicatat",
        ),
        *(
            Source(
                HolidayKind.JOINT_LEAVE,
                f"{text}; {package}, kategori {CATEGORIES[HolidayKind.JOINT_LEAVE]}",
                address,
            )
            for text, address in DECREES[year]
        ),
    ]


def main(folder: str) -> None:
    """Write one canonical file a year into `folder`, each read back once before it is written."""
    for year in YEARS:
        document = calendar_to_document(calendar_of(year))
        calendar_from_document(document)
        Path(folder, f"{year}.toml").write_bytes(emit_document(document))


if __name__ == "__main__":
    main(sys.argv[1])
