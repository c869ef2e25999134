"""The text of an attachment, as far as it has one, and why there may be none to be shown."""

from __future__ import annotations

from msgspec import Struct

from soptui.domain.message import N_, Message, Refusal

NO_TEXT = {
    "empty": N_("There is nothing in this file that could be shown."),
    "picture": N_("This is a picture, which a terminal cannot show. Save it to look at it."),
    "scan": N_("The file has no text to be shown, only pictures, as a scan has. Save it to look."),
    "unknown": N_("Files of this kind have no text that can be shown. Save it to look at it."),
    "old": N_(
        "This is a file of an old kind (.doc, .xls, .ppt or .rtf), which cannot be shown here. "
        "Save it and open it with an office program; whoever attaches such files had better keep "
        "them as .docx, .xlsx or .pdf."
    ),
    "locked": N_(
        "The file is locked with a password, so its text cannot be shown. It is not damaged: save "
        "it and open it with its password."
    ),
    "damaged": N_("The file could not be read; it may be damaged. Save it to look at it."),
    "long": N_(
        "Reading the file took too much time or memory and was stopped. Save it to look at it."
    ),
}
"""Why there is nothing to be shown, by code."""


class AttachmentText(Struct, frozen=True):
    """The text of a file, lines ended by line feeds; `is_whole` unless it was cut at the limit.

    It may hold any character: whoever shows it makes it safe.
    """

    text: str
    is_whole: bool


class NoText(Refusal):
    """A file has no text to be shown; `code` is one of `NO_TEXT`."""

    def __init__(self, code: str) -> None:
        super().__init__(Message(NO_TEXT[code]))
        self.code = code
