"""The words that lost: what another word says now, wherever people read Indonesian.

`docs/words.md` is the table of the concepts. A pattern here finds a word that lost; where one is
right after all, the place is named in `RIGHT_HERE`, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LOST = {
    r"\bcatatan\b(?! kantor)": "catatan kantor; a free remark is a Catatan",
    r"(?:^|[.:] )Catatan (?!kantor|ditambahkan)\w": "Catatan kantor",
    r"\b[Rr]ekaman\b": "catatan kantor",
    r"\b[Pp]eristiwa": "tindakan",
    r"\b[Rr]egistrasi\b|\b[Dd]iagendakan\b": "Catat surat, dicatat",
    r"\b[Kk]ata sandi\b": "frasa sandi",
    r"\b[Pp]etugas\b": "pegawai",
    r"\badalah map\b": "folder",
    r"\b[Pp]emegang peran lain\b": "pemegang lain peran yang sama",
    r"\b[Ss]erahkan data\b": "Sampaikan data",
    r"\bHarus diterima\b": "Menunggu diterima",
    r"\b[Tt]elat\b": "terlambat; lewat beside an amount",
    r"\b[Jj]atuh tempo\b": "batas waktu",
    r"\b[Dd]iberi tahu\b": "tembusan",
    r"\b[Pp]utaran\b": "perbaikan ke-n",
    r"\b[Kk]epala\b": "pejabat, Camat, pimpinan; bagian awal",
    r"\b[Tt]ertutup\b": "tidak dapat dilakukan; selesai",
    r"\bterbuka sejak\b|\b[Tt]erbuka sekarang\b|\btidak terbuka\b": "belum dijawab; berjalan",
    r"\bYang dapat:": "Yang berwenang:",
    r"\b[Tt]anpa akibat\b": "tidak berlaku",
    r"(?i)\bsidik[ -](?:jari|digital|isi)": "kode kunci, of a key; kode isi, of a file",
    r"\b[Kk]lon\b": "salinan",
    r"\b[Gg]aris utama\b": "jalur utama",
    r"\b[Tt]itik periksa\b": "titik acuan",
    r"\bgagal diverifikasi\b": "tidak lolos verifikasi",
    r"\b[Kk]urun\b": "periode",
    r"\b[Kk]asubag\b": "Kasubbag",
    r"\b[Ss]taff\b": "staf",
    r"\bdraft\b|\bDraft\b": "draf",
    r"\b[Tt]andatangani\b": "tanda tangani",
    r"\b[Pp]enandatangan(?:nya)?\b": "penanda tangan",
    r"\b(?:Plt|Plh|Pj)\b(?!\.)": "Plt., Plh., Pj., with their full stop",
    r"\b(?:mem|di)?betulkan\b|\b[Bb]etulkan\b|\b[Bb]ereskan\b": "perbaiki; koreksi",
    r"\bpunya\b|\bmemiliki\b": "mempunyai",
    r"\bTidak ada yang diubah\b": "Tidak ada yang berubah",
    r"\bdulu\b": "dahulu",
    r"\bkalau\b": "jika; bila, of time",
    r"\b[Bb]ita\b": "byte",
    r"\bflash disk\b|\bcakram\b": "flashdisk; disk",
    r"\b[Gg]alat\b": "kesalahan",
    r"(?<![{\w-])[Ii]d\b(?!})": "ID",
    r"\b[Mm]eja\b": "masuk sebagai",
    r"\b[Ss]etelan\b": "pengaturan",
    r"\bhr\b|\bmnt\b|\bLkh\b|\d j\b|\} j\b": "hari, menit, langkah, jam in full",
    r"[\d}] %": "90%, in one",
    r"\btak\b": "tidak",
    r"(?i)migrasi": "ganti versi SOP",
    r"\bkegiatan\b": "aktivitas",
    r"\b[Pp]utusan\b": "hasil verifikasi",
}
"""Patterns of words that lost, and what is said in their place."""

_NAMED = {pattern: re.compile(pattern, re.MULTILINE) for pattern in LOST}

MAINTENANCE = re.compile(
    r"\b(?:[Cc]ommit|[Kk]lon|[Tt]itik acuan|[Bb]ranch|[Rr]ebase|(?<!\()[Hh]ub)\b"
)
"""Words of whoever keeps the machines, which no daily screen says; `(hub)` explains itself."""


def lost_in(text: str) -> Iterator[tuple[str, str]]:
    """Each word that lost in an Indonesian text, and what is said in its place."""
    for pattern, found in _NAMED.items():
        for match in found.finditer(text):
            yield match.group(), LOST[pattern]
