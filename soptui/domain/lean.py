"""`dataclass` of the standard library, with methods that are made when they are first called.

The standard one compiles six methods from text for each frozen class, which takes longer than all
else that loading a module of data does: with a hundred such classes it was half the start of every
command. Here `__init__` is compiled at its first call and the others are plain functions. Fields,
slots, `replace`, `asdict` and matching are the standard ones'; so is every class that is not
`frozen=True, slots=True`, and all that type checkers see.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, **options: bool
    ) -> Any:
        """As `dataclasses.dataclass`; a frozen class with slots is made faster."""
        if not (frozen and slots and options.keys() <= {"order"}):
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **options)
        return lambda cls: _lean(cls, **options)


def _lean(cls: type, *, order: bool = False) -> type:
    # Without a docstring the standard decorator would look for a signature to show.
    cls.__doc__ = cls.__doc__ or cls.__name__
    cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(cls)
    names = tuple(field.name for field in fields)
    if any(field.kw_only or not (field.init and field.compare) for field in fields):
        raise TypeError(f"{cls.__qualname__} has a field of a kind that is not made here")
    methods = {**_methods(cls, names), **(_comparisons(names) if order else {})}
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)
    return cls


class _FirstInit:
    """Stands for `__init__` until somebody asks for it, then gives way to the real one."""

    def __init__(self, cls: type) -> None:
        self._cls = cls

    def __get__(self, instance: object, owner: type) -> Any:
        init = _compiled_init(self._cls)
        setattr(self._cls, "__init__", init)  # noqa: B010 (mypy lets no method be assigned)
        return init if instance is None else init.__get__(instance, owner)


def _compiled_init(cls: type) -> Callable[..., None]:
    scope: dict[str, Any] = {"_set": object.__setattr__}
    parameters, body = ["self"], []
    for field in dataclasses.fields(cls):
        name = value = field.name
        if field.default is not dataclasses.MISSING:
            scope[f"_default_{name}"] = field.default
            parameters.append(f"{name}=_default_{name}")
        elif field.default_factory is not dataclasses.MISSING:
            scope[f"_factory_{name}"] = field.default_factory
            scope["_absent"] = dataclasses.MISSING
            parameters.append(f"{name}=_absent")
            value = f"_factory_{name}() if {name} is _absent else {name}"
        else:
            parameters.append(name)
        body.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    text = f"def __init__({', '.join(parameters)}):\n" + "\n".join(body or [" pass"])
    exec(text, scope)  # noqa: S102 (names of fields, as the standard library does)
    init: Callable[..., None] = scope["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {field.name: field.type for field in dataclasses.fields(cls)} | {
        "return": None
    }
    return init


def _values_of(names: tuple[str, ...]) -> Callable[[object], Any]:
    """What gives the value of a single field, or the values of several."""
    return operator.attrgetter(*names) if names else lambda _value: ()


def _methods(cls: type, names: tuple[str, ...]) -> dict[str, object]:
    values = _values_of(names)

    def equal(self: object, other: object) -> object:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return values(self) == values(other)

    def hashed(self: object) -> int:
        return hash(values(self))

    def shown(self: object) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({told})"

    def keep(self: object, name: str, value: object) -> None:
        if name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def keep_there(self: object, name: str) -> None:
        if name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    def taken_apart(self: object) -> tuple[type, tuple[object, ...]]:
        return self.__class__, tuple(getattr(self, name) for name in names)

    return {
        "__init__": _FirstInit(cls),
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": shown,
        "__setattr__": keep,
        "__delattr__": keep_there,
        "__reduce__": taken_apart,
    }


def _comparisons(names: tuple[str, ...]) -> dict[str, object]:
    values = _values_of(names)

    def comparison(compare: Callable[[Any, Any], Any]) -> Callable[[object, object], object]:
        def method(self: object, other: object) -> object:
            if self.__class__ is not other.__class__:
                return NotImplemented
            return compare(values(self), values(other))

        return method

    return {
        "__lt__": comparison(operator.lt),
        "__le__": comparison(operator.le),
        "__gt__": comparison(operator.gt),
        "__ge__": comparison(operator.ge),
    }
