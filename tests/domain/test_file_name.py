"""Under which names files are attached: none that a system takes for something else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soptui.domain.file_name import MOST_BYTES, distinct_names, name_fault, proper_name

MENDED = [
    ("surat.pdf", "surat.pdf"),
    ("~$draft (2).docx", "~$draft (2).docx"),
    (".bashrc", "bashrc"),
    ("...", "file"),
    ("", "file"),
    ("  ", "file"),
    (" surat.pdf ", "surat.pdf"),
    ("surat.pdf.", "surat.pdf"),
    (". surat", "surat"),
    ("a/b\\c\nd.pdf", "a_b_c_d.pdf"),
    ("../../etc/passwd", "_.._etc_passwd"),
    ("CON", "_CON"),
    ("con.pdf", "_con.pdf"),
    ("Lpt1.tar.gz", "_Lpt1.tar.gz"),
    ("console.pdf", "console.pdf"),
    ("com10", "com10"),
    ("a" * 300 + ".pdf", "a" * 251 + ".pdf"),
    ("é" * 200 + ".pdf", "é" * 125 + ".pdf"),
    ("." + "x" * 300, "x" * 255),
]


@pytest.mark.parametrize(("name", "mended"), MENDED)
def test_a_name_that_may_not_be_becomes_the_nearest_that_may(name: str, mended: str) -> None:
    assert proper_name(name) == mended
    assert (name_fault(name) is None) == (name == mended)


@given(name=st.text(max_size=300))
def test_a_proper_name_stays_as_it_is(name: str) -> None:
    proper = proper_name(unicodedata.normalize("NFC", name))
    assert proper
    assert len(proper.encode(errors="surrogatepass")) <= MOST_BYTES
    assert proper_name(proper) == proper
    assert name_fault(proper) is None


def test_files_of_one_name_are_numbered() -> None:
    names = ["pindai.pdf", "Pindai.pdf", "pindai.pdf", "pindai (2).pdf", "README", "README"]
    assert distinct_names(names) == [
        "pindai.pdf", "Pindai (2).pdf", "pindai (3).pdf", "pindai (2) (2).pdf",
        "README", "README (2)",
    ]  # fmt: skip


@given(names=st.lists(st.sampled_from(["a" * 255, "a" * 251 + ".pdf", "A.pdf", "a.pdf", ".a.pdf"])))
def test_numbered_names_are_proper_and_differ(names: list[str]) -> None:
    distinct = distinct_names(names)
    assert len({name.casefold() for name in distinct}) == len(names)
    assert all(name_fault(name) is None for name in distinct)
