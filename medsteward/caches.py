"""Every memory of the package: bounded, named, and emptied together.

A memory is worth its room only where a benchmark proves it: ``docs/decisions.md`` lists those that stay, with what they
save. A test finds memories that are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from functools import _CacheInfo, _lru_cache_wrapper

T = TypeVar("T")
Owner = TypeVar("Owner")

_CACHES: dict[str, _lru_cache_wrapper[object]] = {}
_EMPTIED: dict[str, Callable[[], None]] = {}

switched_off: set[str] = set()
"""Names of memories that keep nothing; filled before their modules are imported, to measure what each saves."""


def remembered(most: int) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """Keep what a function answers, for the ``most`` arguments that were asked for last. Arguments are hashable."""

    def decorate(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
        most_here = 0 if _name(function) in switched_off else most
        return _named(function, lru_cache(maxsize=most_here)(function))

    return decorate


def made_once(function: Callable[[], T]) -> _lru_cache_wrapper[T]:
    """Keep what a function without arguments answers. Refuses (``TypeError``) one that takes arguments."""
    if function.__code__.co_argcount:
        raise TypeError(f"{function.__qualname__} takes arguments; use remembered(most)")
    return _named(function, lru_cache(maxsize=None)(function))


def of_object(function: Callable[..., T], most: int) -> _lru_cache_wrapper[T]:
    """Keep what a method of one object answers; the memory goes with the object that holds it."""
    return lru_cache(maxsize=most)(function)


class KeptAnswer(Generic[Owner, T]):
    """A property that is worked out when it is first read and then kept by its object, as by ``cached_property``.

    Without the lock that this takes at each first read before Python 3.12: what is made for every case reads many once.
    """

    def __init__(self, work_out: Callable[[Owner], T]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, each: None, owner: type[Owner]) -> KeptAnswer[Owner, T]: ...

    @overload
    def __get__(self, each: Owner, owner: type[Owner]) -> T: ...

    def __get__(self, each: Owner | None, owner: type[Owner]) -> T | KeptAnswer[Owner, T]:
        if each is None:
            return self
        answer = each.__dict__[self._name] = self._work_out(each)
        return answer


def emptied_by(name: str, empty: Callable[[], None]) -> None:
    """Name a memory of another kind, with what empties it. It bounds itself."""
    _EMPTIED[name] = empty


def clear_caches() -> None:
    """Forget everything that was kept, for long-running programs and for measuring. Every answer stays the same."""
    for cache in _CACHES.values():
        cache.cache_clear()
    for empty in _EMPTIED.values():
        empty()


def caches() -> Mapping[str, _CacheInfo]:
    """Each memory by its function's name, with how often it helped and how full it is."""
    return MappingProxyType({name: _CACHES[name].cache_info() for name in sorted(_CACHES)})


def _named(function: Callable[..., T], cache: _lru_cache_wrapper[T]) -> _lru_cache_wrapper[T]:
    _CACHES[_name(function)] = cache
    return cache


def _name(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
