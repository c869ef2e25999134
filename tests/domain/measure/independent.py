"""The figures computed a second time, apart from the program: from plain data, in whole numbers.

Nothing of `soptui` is imported. A value is a pair of whole numbers, numerator and positive
denominator, not reduced; what has no value is a word. Written from the rules in words, so that both
computations share no mistake but one of reading.
"""

from __future__ import annotations

from typing import Any

Pair = tuple[int, int]
Plain = dict[str, Any]


def pair(text: str) -> Pair:
    """A decimal such as "-12.5" as a pair."""
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("-").partition(".")
    scale = int("1" + "0" * len(part))
    return sign * (int(whole) * scale + int(part or "0")), scale


def add(one: Pair, other: Pair) -> Pair:
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def multiply(one: Pair, other: Pair) -> Pair:
    return one[0] * other[0], one[1] * other[1]


def divide(one: Pair, other: Pair) -> Pair:
    top, bottom = one[0] * other[1], one[1] * other[0]
    return (-top, -bottom) if bottom < 0 else (top, bottom)


def minus(one: Pair) -> Pair:
    return -one[0], one[1]


def compare(one: Pair, other: Pair) -> int:
    left, right = one[0] * other[1], other[0] * one[1]
    return (left > right) - (left < right)


def total(values: list[Pair]) -> Pair:
    result = (0, 1)
    for value in values:
        result = add(result, value)
    return result


def largest(values: list[Pair]) -> Pair:
    result = values[0]
    for value in values:
        if compare(value, result) > 0:
            result = value
    return result


ZERO: Pair = (0, 1)
HUNDRED: Pair = (100, 1)


def stand(indicator: Plain, quarters: list[Plain]) -> tuple[Pair | str, Pair | str]:
    """Target and value after the given quarters, each a table with what was reported in it."""
    q = len(quarters)
    scores = indicator.get("scores", {})
    kind, to_date = indicator["aggregation"], indicator["target_basis"] == "cumulative"
    single = kind == "last" or to_date

    def number(text: str) -> Pair:
        return pair(scores[text]) if indicator["rule"] == "scale" else pair(text)

    def target_in(k: int) -> Pair | str:
        text = indicator["targets"][k]
        return "no-target" if text == "-" else number(text)

    def needs_value(k: int) -> bool:
        return indicator["rule"] in ("range", "done") or indicator["targets"][k] != "-"

    have = [k for k in range(q) if "reported" in quarters[k] or "numerator" in quarters[k]]
    if not have:
        word = "absent" if "absent_reason" in quarters[-1] else "empty"
        return planned(indicator, [q - 1] if single else list(range(q)), target_in), word
    used = have[-1:] if single else have
    holes = [k for k in range(q) if k not in have and needs_value(k)]
    if single:
        holes = [k for k in holes if k > have[-1]]
    if kind in ("sum", "mean") and holes and indicator["gap"] == "strict":
        cannot = all("absent_reason" in quarters[k] for k in holes)
        target = planned(indicator, [q - 1] if single else list(range(q)), target_in)
        return target, "absent" if cannot else "gap"
    target = planned(indicator, used, target_in)
    closes = used[-1] == 3 or (kind in ("sum", "mean") and not holes)
    if q == 4 and closes and indicator["target_year"]:
        target = number(indicator["target_year"])
    if kind == "ratio":
        share = divide(
            total([pair(quarters[k]["numerator"]) for k in used]),
            total([pair(quarters[k]["denominator"]) for k in used]),
        )
        return target, multiply(HUNDRED, share) if indicator["measure"] == "%" else share
    return target, joined(kind, [number(quarters[k]["reported"]) for k in used])


def planned(indicator: Plain, quarters: list[int], target_in: Any) -> Pair | str:
    if indicator["aggregation"] == "ratio":
        quarters = quarters[-1:]
    targets = [target for target in map(target_in, quarters) if target != "no-target"]
    return joined(indicator["aggregation"], targets) if targets else "no-target"


def joined(kind: str, values: list[Pair]) -> Pair:
    if kind == "sum":
        return total(values)
    if kind == "mean":
        return divide(total(values), (len(values), 1))
    if kind == "max":
        return largest(values)
    return values[-1]


def achieved(indicator: Plain, target: Pair | str, actual: Pair | str) -> Pair | str:
    """The achievement in percent."""
    rule = indicator["rule"]
    if isinstance(target, str):
        if rule not in ("range", "done"):
            return target
        target = ZERO
    if isinstance(actual, str):
        return actual
    result = unlimited(indicator, target, actual)
    if isinstance(result, str):
        return result
    if compare(result, ZERO) < 0:
        result = ZERO
    ceiling = indicator["ceiling"]
    if ceiling and compare(result, pair(ceiling)) > 0:
        result = pair(ceiling)
    return result


def unlimited(indicator: Plain, t: Pair, r: Pair) -> Pair | str:
    rule = indicator["rule"]
    if rule in ("up", "scale"):
        return "zero-target" if t[0] == 0 else divide(multiply(HUNDRED, r), t)
    if rule == "done":
        return multiply(HUNDRED, r)
    if rule == "baseline":
        start = minus(pair(indicator["baseline"]))
        if add(t, start)[0] == 0:
            return "undefined"
        return divide(multiply(HUNDRED, add(r, start)), add(t, start))
    if rule == "range":
        low, high = pair(indicator["lower"]), pair(indicator["upper"])
        if compare(r, high) > 0:
            above = add(multiply((2, 1), high), minus(r))
            return "zero-target" if high[0] == 0 else divide(multiply(HUNDRED, above), high)
        if compare(r, low) < 0:
            return "zero-target" if low[0] == 0 else divide(multiply(HUNDRED, r), low)
        return HUNDRED
    if t[0] == 0:
        if indicator["zero_target"] == "none":
            return "zero-target"
        return HUNDRED if r[0] <= 0 else ZERO
    if rule == "down-2t":
        return divide(multiply(HUNDRED, add(multiply((2, 1), t), minus(r))), t)
    if r[0] <= 0:
        return pair(indicator["ceiling"]) if indicator["ceiling"] else HUNDRED
    return divide(multiply(HUNDRED, t), r)


def class_above(bounds: list[tuple[str, int]], value: Pair) -> str:
    """The class under the policy "above": the first bound that the value exceeds, else the last."""
    for label, bound in bounds[:-1]:
        if compare(value, (bound, 1)) > 0:
            return label
    return bounds[-1][0]


def absorbed(pagu: str, spent: str) -> Pair | str:
    """Absorption in percent; an empty text is what was not given."""
    if not pagu or pair(pagu)[0] == 0:
        return "no-pagu"
    if not spent:
        return "empty"
    return divide(multiply(HUNDRED, pair(spent)), pair(pagu))


def efficiency(achievement: Pair | str, absorption: Pair | str) -> str:
    """The class of "selisih-5", or nothing."""
    if isinstance(achievement, str) or isinstance(absorption, str):
        return ""
    difference = add(achievement, minus(absorption))
    if compare(difference, (5, 1)) > 0:
        return "efisien"
    return "cukup-efisien" if compare(difference, (-5, 1)) >= 0 else "tidak-efisien"


def printed(value: Pair) -> str:
    """A percentage with two places, a half rounded away from zero."""
    magnitude = abs(value[0]) * 100
    whole, rest = divmod(magnitude, value[1])
    if rest * 2 >= value[1]:
        whole += 1
    digits = str(whole).rjust(3, "0")
    units, places = digits[:-2], digits[-2:]
    groups: list[str] = []
    while units:
        groups.insert(0, units[-3:])
        units = units[:-3]
    sign = "\u2212" if value[0] < 0 and whole else ""
    return f"{sign}{'.'.join(groups)},{places}"
