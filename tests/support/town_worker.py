"""One act of a clone in a process of its own, to be killed at any instant: `worker ROOT OFFICER KEY
ACT CASE`, where ACT is note, sync, or the path of a file to be taken in.
"""

from __future__ import annotations

import sys
from pathlib import Path

from soptui.desk.desk import Desk
from soptui.desk.sharing.sharing import Sharing
from soptui.domain.events import Note
from soptui.domain.ids import CaseId, OfficerId
from soptui.records.clone.repository import Repository


def main() -> None:
    root, officer, key, act, case = sys.argv[1:]
    with Repository.open(Path(root)) as repository:
        desk = Desk(repository, OfficerId(officer), key=Path(key))
        if act == "note":
            desk.act(CaseId(case), Note("Catatan."))
        elif act == "sync":
            # As the command does.
            Sharing(desk).settle_in()
            Sharing(desk).sync()
        else:
            Sharing(desk).take_in(Path(act))


if __name__ == "__main__":
    main()
