"""What holds for all tests; the fixtures that several folders use are in `tests/support`."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings

from soptui.locale.language import language, use
from tests.support.needs import summary

# Each after those that it imports, so that pytest can tell in full what their assertions found.
pytest_plugins = (
    "tests.support.bare_home",
    "tests.support.git_repository",
    "tests.support.office_repository",
    "tests.support.office_index",
    "tests.support.ssh_keys",
    "tests.support.desks",
    "tests.support.commands",
    "tests.support.demo_office",
    "tests.support.town",
)

# One commit gives one answer, wherever and however often it is tested. Whoever looks for new
# examples runs `pytest --hypothesis-profile=explore`.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", max_examples=1000)
settings.load_profile("steady")


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what the tests are made of, and come more seldom.

    It took a fifth of the whole suite's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped because the machine lacks something, and the way out."""
    skipped = terminalreporter.stats.get("skipped", ())
    for line in summary(one.longrepr[2] for one in skipped if isinstance(one.longrepr, tuple)):
        terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def _same_language() -> Iterator[None]:
    """What one test has people read does not decide what the next one reads."""
    before = language()
    yield
    use(before)
