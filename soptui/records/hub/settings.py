"""What every hub is set to, and the programs in it.

The settings refuse what a push or a fetch could misuse, and keep what was once accepted from being
deleted or rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping

from soptui.records.hub.trust import HubTrust

SETTINGS: Mapping[str, str] = {
    "core.bare": "true",
    "core.bigFileThreshold": "32m",
    "core.fsync": "all",
    "core.logAllRefUpdates": "always",
    "gc.auto": "0",
    "gc.pruneExpire": "never",
    "gc.reflogExpire": "never",
    "gc.reflogExpireUnreachable": "never",
    "receive.advertisePushOptions": "false",
    "receive.autogc": "false",
    "receive.denyDeletes": "true",
    "receive.denyNonFastForwards": "true",
    "receive.fsckObjects": "true",
    "receive.shallowUpdate": "false",
    "transfer.fsckObjects": "true",
    "uploadpack.allowAnySHA1InWant": "false",
    # A line that drops is fetched in parts: first the commits alone, then up to one and another.
    "uploadpack.allowFilter": "true",
    "uploadpack.allowReachableSHA1InWant": "true",
    "uploadpackfilter.allow": "false",
    "uploadpackfilter.tree.allow": "true",
    "uploadpackfilter.tree.maxDepth": "0",
}
"""What every hub is set to; beside it `settings_of` has its limit, and one is its own secret."""


def settings_of(trust: HubTrust) -> dict[str, str]:
    """What a hub is set to, that trusts this, apart from `receive.certNonceSeed`."""
    return {**SETTINGS, "receive.maxInputSize": str(trust.limit)}


PROGRAMS: Mapping[str, str] = {
    "hooks/pre-receive": "soptui.records.hook",
    "soptui/serve": "soptui.records.serve",
}
"""The programs of a hub, by path, with the module that each starts."""
