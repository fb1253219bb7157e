"""Read the entries of an Atom or RSS file as plain values.

Safe for any file: document types and entities are refused, depth, number and sizes are limited, nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENTRIES = frozenset(("entry", "item"))
_DEEPEST = 50
_TEXT_LIMIT = 1_000_000
_VALUES_LIMIT = 20_000
_CHUNK = 1 << 16


class FeedError(Exception):
    """The file is not well-formed, or has what is refused.

    Args:
        reason: what is wrong: lower case, no full stop.
        line: number of the line.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class FeedValue:
    """An element of an entry.

    Attributes:
        name: local name, without namespace.
        inside: local name of the element around it; empty if that is the entry.
        namespace: its namespace.
        line: number of its line.
        text: the text inside, with that of the elements in it.
        attributes: by local name.
    """

    name: str
    inside: str
    namespace: str
    line: int
    text: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed.

    Attributes:
        line: number of its first line.
        last: number of its last line.
        values: its elements.
    """

    line: int
    last: int
    values: tuple[FeedValue, ...]

    def all(self, *names: str, inside: str = "") -> list[FeedValue]:
        """The elements with one of these names that are not empty."""
        return [value for value in self.values if value.name in names and value.inside == inside and value.text]

    def first(self, *names: str) -> FeedValue | None:
        """The first element with one of these names, in the order of the names."""
        return next((value for name in names for value in self.all(name)), None)

    def text(self, *names: str) -> str:
        """The text of that element; empty if there is none."""
        found = self.first(*names)
        return found.text if found else ""


def iter_entries(lines: Sequence[str]) -> Iterator[FeedEntry]:
    """Yield the entries of a feed.

    Args:
        lines: its decoded lines.

    Raises:
        FeedError: at the first line that cannot be read.
    """
    handler = _Handler()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    handler.attach(parser)
    try:
        for start in range(0, len(lines), 500):
            text = "\n".join(lines[start : start + 500])
            parser.Parse((text if start == 0 else f"\n{text}").encode("utf-8", "replace"), False)
            yield from handler.take()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from handler.take()
        message = expat.ErrorString(error.code)
        raise FeedError(f"the XML is broken here ({message})", error.lineno) from error
    yield from handler.take()


class _Handler:
    """Collects entries from the events of the XML parser."""

    def __init__(self) -> None:
        self._done: list[FeedEntry] = []
        self._path: list[tuple[str, str, int, dict[str, str], list[str]]] = []
        self._entry: int | None = None
        self._start = 0
        self._values: list[FeedValue] = []
        self._parser: expat.XMLParserType

    def attach(self, parser: expat.XMLParserType) -> None:
        """Handle the events of a parser."""
        self._parser = parser
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._characters

    def take(self) -> list[FeedEntry]:
        """The entries that are complete since the last call."""
        done, self._done = self._done, []
        return done

    def _refuse(self, *_: object) -> None:
        raise FeedError(
            "the feed has a document type declaration, which is not supported", self._parser.CurrentLineNumber
        )

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) >= _DEEPEST:
            raise FeedError(f"the feed is nested more than {_DEEPEST} levels deep", self._parser.CurrentLineNumber)
        namespace, _, local = name.rpartition(" ")
        line = self._parser.CurrentLineNumber
        short = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._path.append((local, namespace, line, short, []))
        if self._entry is None and local in _ENTRIES:
            self._entry = len(self._path)
            self._start = line
            self._values = []

    def _characters(self, text: str) -> None:
        if self._entry is not None:
            self._path[-1][4].append(text)

    def _close(self, _: str) -> None:
        local, namespace, line, attributes, parts = self._path.pop()
        if self._entry is None:
            return
        depth = len(self._path) + 1
        if depth == self._entry:
            self._done.append(FeedEntry(self._start, self._parser.CurrentLineNumber, tuple(self._values)))
            self._entry = None
            return
        text = "".join(parts)[:_TEXT_LIMIT]
        inside = self._path[-1][0] if depth > self._entry + 1 else ""
        if len(self._values) < _VALUES_LIMIT:
            shown = text.strip() or attributes.get("href", "") or attributes.get("term", "")
            self._values.append(FeedValue(local, inside, namespace, line, shown, attributes))
        if inside:
            self._path[-1][4].append(text)
