"""Pages of a server's answer: whether all of them are here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, field, frozen

from medsteward.readers.fhir.element import Table

_OTHERS = ("next", "previous", "prev")
"""Relations of links that lead to further pages."""


@frozen
class _Page:
    """One Bundle: its place, its address and those of the pages beside it, how many it holds and how many there are."""

    at: str
    own: str | None
    others: tuple[str | None, ...]
    held: int
    total: int | None


@define
class AnswerPages:
    """The Bundles of one input, as far as they are pages of an answer."""

    _seen: list[_Page] = field(factory=list)

    def look(self, bundle: Table, at: str) -> None:
        """Note a Bundle."""
        links = bundle.get("link")
        by_relation = [
            (link.get("relation"), link.get("url"))
            for link in (links if isinstance(links, list) else ())
            if isinstance(link, Mapping)
        ]
        listed, total = bundle.get("entry"), bundle.get("total")
        is_search = bundle.get("type") == "searchset"
        page = _Page(
            at,
            next((url for relation, url in by_relation if relation == "self" and isinstance(url, str)), None),
            tuple(url if isinstance(url, str) else None for relation, url in by_relation if relation in _OTHERS),
            len(listed) if isinstance(listed, list) else 0,
            total if is_search and type(total) is int else None,
        )
        if page.others or page.total is not None:
            self._seen.append(page)

    def missing(self) -> Iterator[tuple[str, str]]:
        """The place of each Bundle of which other pages are not here, and what is said of it."""
        here = {page.own for page in self._seen if page.own is not None}
        for page in self._seen:
            if any(other not in here for other in page.others):
                text = "this Bundle is one page of several; ask for all pages, or medications may be missing"
                yield f"{page.at}.link".removeprefix("."), text
                continue
            held = sum(each.held for each in self._seen if each.total == page.total)
            if page.total is not None and page.total > held:
                text = f"the server found {page.total:,} and {held:,} are here; ask for all pages"
                yield f"{page.at}.total".removeprefix("."), text
