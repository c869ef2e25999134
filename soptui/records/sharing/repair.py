"""Objects that a clone has lost, as after a cut of the power, fetched anew from the hub.

An object is known by its hash: whoever has it can give it back, and nothing else can take its
place.
"""

from __future__ import annotations

from soptui.records.git.objects import sync_directory
from soptui.records.git.process import GitDirectory
from soptui.records.git.settings import write_settings
from soptui.records.sharing.arrival import fetch_line
from soptui.records.sharing.remote import Remote
from soptui.records.sharing.scratch import scratch_folder, scratch_repository


def fetch_lost_objects(directory: GitDirectory, remote: Remote) -> None:
    """Put all that the hub holds beside what the clone has, whatever that believes to have.

    Git prefers what lies in a pack, so that an object which is there but damaged is healed as well.
    Raises as `Remote.fetch` does, and `OSError`.
    """
    with scratch_folder(directory) as folder:
        scratch = scratch_repository(folder)
        # Packs, however little comes.
        write_settings(scratch, {"fetch.unpackLimit": "1"})
        fetch_line(remote.of(scratch), scratch)
        target = directory.objects / "pack"
        target.mkdir(exist_ok=True)
        # Git looks for the index, which comes last.
        for ending in ("rev", "pack", "idx"):
            for path in (scratch.objects / "pack").glob(f"pack-*.{ending}"):
                path.replace(target / path.name)
        sync_directory(target)
