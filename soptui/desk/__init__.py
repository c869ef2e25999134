"""One officer at work: the only door through which screens and commands act.

A face opens a `Clone`, sits down at a `Desk`, and is handed plain data of the domain. It imports
nothing of the records, which a contract holds.

| where | what |
| --- | --- |
| `clone`, `machine` | the records on this machine, before anybody sits down; its programs |
| `reading`, `desk` | what an officer sees; what they record, each act one signed commit |
| `keys`, `clock` | whose key is at hand; whether this computer's clock can be believed |
| `files`, `edits` | files that a person names; files of the clone edited by hand |
| `attachment_texts` | texts of attachments that were read a while ago |
| `papers` | what is read beside a form: the document decided on, its changes, the letter |
| `views`, `case_list` | what the desk hands out: a case as one officer sees it, lists in pages |
| `new_case`, `several` | a case before its first event; one act upon several cases |
| `tray`, `board` | what waits, in groups; how the office keeps an SOP |
| `standing`, `counting` | where its cases lie now; what is counted over the cases of a time |
| `actions/`, `forms/` | what can be done, and what it asks; the form for a case, drafts of it |
| `words/` | what people read of a case, an event, an SOP, an office |
| `history/` | audit trail, log of a case, what one signed today, exports, news, stolen keys |
| `office/` | people, posts, SOPs, calendars; founding, joining, the first commit |
| `sharing/` | sync, hub, flash disk, checkpoints, and what took no effect |
| `settings/` | what a person has set, and what is remembered from start to start |
| `refusals`, `causes` | why something was not done: in sentences, and by its kind |

The names are loaded when they are first used, so that a command which needs little starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from soptui.desk.desk import Desk
    from soptui.desk.views import CaseView, FileToAttach, Opening, StepView

__all__ = ["CaseView", "Desk", "FileToAttach", "Opening", "StepView"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    home = "soptui.desk.desk" if name == "Desk" else "soptui.desk.views"
    return getattr(import_module(home), name)
