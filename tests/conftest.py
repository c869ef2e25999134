"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# One commit gives one answer, wherever and however often it is tested. Whoever looks for new
# examples runs `pytest --hypothesis-profile=explore`.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", max_examples=1000)
settings.load_profile("steady")
