"""The terminal on which screens are measured, and the line that may be slow."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.bench.screen import frame_of
from tools.bench.terminal import Sitting, Throttle


def test_the_first_frame_is_seen_on_a_terminal_of_its_own() -> None:
    frame = frame_of(("sh", "-c", "stty size; sleep 1; exec cat"), "24 80")
    assert frame.bytes >= len("24 80")
    assert frame.seconds <= frame.settled


def test_a_screen_that_never_comes_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="never saw"):
        frame_of(("sh", "-c", "echo other"), "first frame")


def test_a_key_costs_the_bytes_of_its_echo(tmp_path: Path) -> None:
    # The name alone: a whole path may be longer than a line of the terminal.
    with Sitting(("sh", "-c", 'basename "$PWD"; exec cat'), folder=tmp_path) as sitting:
        sitting.frame(tmp_path.name)
        assert sitting.press(b"a").bytes == 1
        assert sitting.memory() > 0


def test_a_slow_line_brings_every_byte() -> None:
    command = ("sh", "-c", "head -c 1500 /dev/zero | tr '\\0' a; echo; echo end; exec cat")
    with Sitting(command, rate=14_400) as sitting:
        assert sitting.frame("end").bytes == len("a" * 1500 + "\r\nend\r\n")


def test_an_environment_is_added_to_that_of_the_benchmark() -> None:
    command = ("sh", "-c", "echo $TERM-$OWN; exec cat")
    with Sitting(command, environment={"OWN": "own"}) as sitting:
        assert sitting.frame("xterm-256color-own").bytes


def test_nothing_passes_on_a_slow_line_before_its_time() -> None:
    throttle = Throttle(1024, now=5.0)
    assert throttle.allowance(5.0) == 0
    assert throttle.wait(5.0) > 0
    assert throttle.allowance(5 + 1 / 64) == 16
    assert throttle.wait(5 + 1 / 64) == 0


def test_a_pause_saves_up_a_fiftieth_of_a_second_at_most() -> None:
    throttle = Throttle(1000, now=0.0)
    assert throttle.allowance(3600.0) == 20


@given(
    st.integers(100, 100_000),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30),
)
def test_no_more_passes_than_the_line_carries(rate: int, looks: list[tuple[float, float]]) -> None:
    throttle = Throttle(rate, now=0.0)
    now, passed = 0.0, 0
    for pause, share in looks:
        now += pause
        count = int(throttle.allowance(now) * share)
        throttle.spend(count)
        passed += count
    assert passed <= rate * now + 1
