"""The office file changed by its administrator: facts, lists, what is withdrawn.

A change is an `Edit`: from the office as it stands to the office as it shall be. It is previewed as
the sentences of `Preview`, and signed as one commit; edits that follow from what somebody typed are
made by `soptui.desk.office.office_edits`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from soptui.desk.desk import Desk
from soptui.desk.office.people import as_typed
from soptui.desk.office.recording import record, refuse_other_than_administrators
from soptui.desk.refusals import Weighty
from soptui.domain.administration.office_change import differences, slips_of_office
from soptui.domain.administration.office_parts import PARTS, Entry, entries_of, lost_entries
from soptui.domain.message import Message, Refusal
from soptui.domain.office import Office, Registry
from soptui.domain.receipt import Receipt
from soptui.records.files import codec, layout
from soptui.records.files.codec import CodecFault
from soptui.records.files.office import office_from_document, office_to_document
from soptui.records.files.snapshot import Snapshot
from soptui.records.files.uses import uses_of

Edit = Callable[[Office], Office]
"""The office as it shall be, from the one that stands. Raises `Refusal` for what cannot be."""

_MOST_USERS = 5


class Preview(Struct, frozen=True):
    """What a change would do: each difference, and what follows that is easily not meant."""

    changes: tuple[Message, ...]
    slips: tuple[Message, ...]


class OfficeFile:
    """What an administrator may change about the office file.

    Each change raises `Refusal` when the officer is no administrator or has no key at hand, for
    what the form, the rules or the cases are against, and when nothing would change; `Weighty` for
    what is easily a slip, unless they are sure. Nothing was changed then.
    """

    def __init__(self, desk: Desk, *, sure: bool = False) -> None:
        """`sure` is whether the officer was told what follows, and wants it all the same."""
        self._desk = desk
        self._sure = sure

    def preview(self, edit: Edit) -> Preview:
        """What `edit` would change now; nothing is signed. Raises as `change`, not `Weighty`."""
        refuse_other_than_administrators(self._desk)
        office = self._desk.office
        after = _read_back(edit(office))[0]
        self._refuse_loss(after)
        return Preview(differences(office, after), slips_of_office(office, after))

    def change(self, edit: Edit) -> Receipt:
        """Sign the office file that `edit` makes of the one that stands."""

        def files(registry: Registry) -> tuple[str, bytes, None]:
            after, data = _read_back(edit(registry.office))
            self._refuse_loss(after)
            slips = slips_of_office(registry.office, after)
            if slips and not self._sure:
                raise Weighty(slips)
            return layout.OFFICE, data, None

        return record(self._desk, files)

    def uses(self, entries: Collection[Entry]) -> Mapping[Entry, tuple[str, ...]]:
        """Which officers and cases name the entries, by id; those that nobody names are absent."""
        return uses_of(self._snapshot(), entries)

    def _refuse_loss(self, after: Office) -> None:
        snapshot = self._snapshot()
        known = {sop for sop, _ in snapshot.sops}
        for sop in after.withdrawn_sops:
            if sop not in known:
                raise Refusal(
                    Message(
                        "The records have no SOP {id}. Nothing was changed. soptui sop list shows "
                        "which there are.",
                        id=sop,
                    )
                )
        lost = lost_entries(snapshot.registry.office, after)
        for (word, entry_id), users in sorted(uses_of(snapshot, lost).items()) if lost else ():
            raise Refusal(
                Message(
                    "The {label} {id} is in use: {users}. Nothing was changed. Withdraw it "
                    "instead, and it is offered no more: soptui office withdraw {word} {id}",
                    label=Message(PARTS[word].label),
                    id=entry_id,
                    users=_some(users),
                    word=word,
                )
            )

    def _snapshot(self) -> Snapshot:
        return self._desk.repository.sound()[1]


def _some(users: tuple[str, ...]) -> str:
    more = ", …" if len(users) > _MOST_USERS else ""
    return ", ".join(users[:_MOST_USERS]) + more


def _read_back(office: Office) -> tuple[Office, bytes]:
    """The office as its file will say it, with the bytes of the file. Raises `Refusal`."""
    document = office_to_document(office)
    with as_typed():
        read = office_from_document(document)
    try:
        data = codec.emit_document(document)
    except CodecFault as fault:
        if fault.code != "size":
            raise
        raise Refusal(
            Message(
                "The office file would grow larger than the records allow, with {count} entries. "
                "Nothing was changed. Take only the codes that the office uses, as with "
                "--only 000.8.",
                count=len(entries_of(read)),
            )
        ) from None
    return read, data
