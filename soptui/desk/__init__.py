"""One officer at work: the only door through which the screens and the commands act."""

from soptui.desk.desk import Desk
from soptui.desk.views import CaseView, FileToAttach, Opening, StepView

__all__ = ["CaseView", "Desk", "FileToAttach", "Opening", "StepView"]
