"""References in a CSL style, by citeproc-py. Imported only when references are written.

Some classes of the processor are extended here; it takes the last class of the name of an element. On its own it
prints a title or editors twice where they are printed for missing authors, prints terms such as "Publication" where
the number that they announce is missing, shortens pages 1-10 to 1-0, ignores the case of terms, and fails on styles
that change the case of names.

Markup is single characters of Unicode's private use area, which become that of a format after all text is escaped.
"""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from citeproc import (
    DATES,
    NAMES,
    VARIABLES,
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    model,
)
from citeproc.source import Date, Reference, VariableError
from citeproc.source import Name as Person
from citeproc.string import MixedString, NoCase, String

from tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Markup(StrEnum):
    """Markup in a line."""

    LESS_THAN = "\ue000"  # of a text; the processor would take it for a tag
    ITALIC = "\ue001"
    ITALIC_END = "\ue002"
    BOLD = "\ue003"
    BOLD_END = "\ue004"
    SUPERSCRIPT = "\ue005"
    SUPERSCRIPT_END = "\ue006"
    SUBSCRIPT = "\ue007"
    SUBSCRIPT_END = "\ue008"
    OTHERS = "\ue009"  # the last name of a truncated list


_RESERVED = re.compile("[\ue000-\ue00f]")
_ENDS = f"[{Markup.ITALIC_END}{Markup.BOLD_END}{Markup.SUPERSCRIPT_END}{Markup.SUBSCRIPT_END}]*"
_OTHERS = re.compile(rf"(,?)\s+(?:(?:&|and|et|und|y|e|i|en|og|och)\s+)?{Markup.OTHERS}\.?")
_STOP_AFTER_STOP = re.compile(rf"([?!…]{_ENDS})\.(?!\.)")
_PUNCTUATION_AFTER_QUOTE = re.compile(rf"”({_ENDS})([.,])(?!\.)")
# A word with a capital after its first letter, which styles must not change.
_UNCERTAIN_DATE = re.compile(rb'\bis-uncertain-date="[^"]*"')
_SMALL_AFTER_HYPHEN = re.compile(r"(?<=\w-)[^\W\d_]")
_FIXED = re.compile(r"(?<!\S)\S*\w[A-Z]\S*")


class Style:
    """A style, ready to format references.

    Args:
        contents: the style, in XML.
        name: its name in messages.

    Raises:
        UsageError: it cannot be used.
    """

    def __init__(self, contents: bytes, name: str) -> None:
        self._name = name
        _SEARCHED.clear()
        # No date here is uncertain, and to ask whether one is would count as asking for its value.
        source = _UNCERTAIN_DATE.sub(b'locator="page"', contents)
        self._style = self._guarded(lambda: CitationStylesStyle(BytesIO(source), validate=False))
        if self._style.root.bibliography is None:
            raise UsageError(
                f"the style {name!r} is a footnote style and has no reference list",
                "choose an author-date or numeric style",
            )

    def references(self, items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """Format items of CSL-JSON, in the order of the style, each as one line with ``Markup`` characters.

        Names must be split into parts, and dates be numbers.

        Raises:
            UsageError: the processor cannot format an item in this style.
        """
        found = {str(number): item for number, item in enumerate(items)}
        source = {key: _reference(key, item) for key, item in found.items()}
        bibliography = CitationStylesBibliography(self._style, source, _FORMATTER)
        # Its own method of adding an item, and the number of an item, search through all of them.
        for number, key in enumerate(source, 1):
            citation = Citation([_Item(key)])
            citation.bibliography = bibliography
            citation.cites[0]["position"] = number
            bibliography.items.append(citation.cites[0])
        bibliography.keys = [*source]
        self._guarded(bibliography.sort)
        for number, item in enumerate(bibliography.items, 1):
            item["position"] = number
        for number, item in enumerate(bibliography.items, 1):
            yield self._line(item, number)

    def _line(self, item: CitationItem, number: int) -> str:
        found = self._guarded(lambda: self._style.render_bibliography([item]))
        line = "".join(map(str, found))
        if not line.strip():
            raise UsageError(f"the style {self._name!r} prints nothing for one of the papers", "choose another style")
        line = _OTHERS.sub(r"\1 et al.", line).replace("et al..", "et al.").replace(Markup.OTHERS, "et al.")
        line = _STOP_AFTER_STOP.sub(r"\1", line)
        if self._style.root.bibliography.get_locale_option("punctuation-in-quote") == "true":
            line = _PUNCTUATION_AFTER_QUOTE.sub(r"\2”\1", line)
        # A number in a column of its own.
        return " ".join(re.sub(rf"^([(\[]?{number}[\])}}.:]*)(?=\S)", r"\1 ", line).split())

    def _guarded(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work returns
        try:
            return work()
        except Exception as error:
            raise UsageError(
                f"the citation processor cannot use the style {self._name!r} ({type(error).__name__}: {error})",
                "choose another style",
            ) from error


# What searches in styles found: it is the same for every paper, and searching took half of the time, 5 ms a paper.
# The elements are kept with it, because lxml makes others in their place once nobody holds them.
_SEARCHED: dict[tuple[Any, str], Any] = {}
_search = model.CitationStylesElement.xpath_search


def _search_once(element: Any, expression: str) -> Any:  # noqa: ANN401 - whatever is found
    key = element, expression
    if key not in _SEARCHED:
        _SEARCHED[key] = _search(element, expression)
    return _SEARCHED[key]


model.CitationStylesElement.xpath_search = _search_once


class _Reference(Reference):  # type: ignore[misc]
    """The variables of a paper, with the number of missing ones that were asked for, and the names of those used."""

    def __init__(self, *arguments: Any, **variables: Any) -> None:  # noqa: ANN401 - as its parent's
        super().__init__(*arguments, **variables)
        self["missed"], self["used"] = 0, []

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - likewise
        if name in _INNER:
            return dict.__getitem__(self, name)
        try:
            value = super().__getitem__(name)
        except VariableError:
            self["missed"] += name not in ("year_suffix", "language")  # asked for with every text
            raise
        self["used"].append(name.replace("_", "-"))
        return value


_INNER = frozenset(("missed", "used", "key", "type"))


class _Item(CitationItem):  # type: ignore[misc]
    """A reference to a paper, likewise, and its position in the list."""

    @property
    def number(self) -> int:
        self.reference["used"].append("citation-number")
        return int(self["position"])


class Names(model.Names, model.CitationStylesElement):  # type: ignore[misc]
    """Names of people; missing ones are counted, and those printed for missing authors are not printed again."""

    def process(self, item: CitationItem, names_context: Any = None, context: Any = None, **options: Any) -> Any:  # noqa: ANN401 - as its parent's
        """Format the names."""
        given = self.get("variable")
        printed = () if context is None else context.get_layout().repressed.get(self.tag, ())
        roles = [role for role in given.split() if role not in printed]
        if not any(role in item.reference for role in roles):
            item.reference["missed"] += 1
        if not roles:
            raise VariableError
        self.set("variable", " ".join(roles))
        try:
            return super().process(item, names_context=names_context, context=context, **options)
        finally:
            self.set("variable", given)


class Label(model.Label, model.CitationStylesElement):  # type: ignore[misc]
    """The word for a role or a number, in the case of the style; the processor leaves out title case."""

    def case(self, text: Any, language: str | None = None) -> Any:  # noqa: ANN401 - as its parent's
        """Change the case as the style has it."""
        return super().case(text, language or self.get_root().get("default-locale", "en")[:2])


class Text(model.Text, model.CitationStylesElement):  # type: ignore[misc]
    """A text; that of a macro counts as a variable."""

    def calls_variable(self) -> bool:
        """Whether it asks for a variable."""
        return "variable" in self.attrib or "macro" in self.attrib

    def process(self, item: CitationItem, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - likewise
        """Format the text."""
        text, language = super().process(item, *arguments, **options)
        if text and "macro" in self.attrib:
            item.reference["used"].append("")
        return text, language

    def _format_last_page(self, first: str, last: str) -> str:
        """The last page of a range, without digits in common only if both numbers are of one length."""
        return str(super()._format_last_page(first, last)) if len(first) == len(last) else last


class Name(model.Name, model.CitationStylesElement):  # type: ignore[misc]
    """The name of a person."""

    def initialize(self, given: str, mark: str, context: Any) -> Any:  # noqa: ANN401 - likewise
        """Shorten given names to initials; ``Sang-gil`` to ``S.-G.``."""
        return super().initialize(_SMALL_AFTER_HYPHEN.sub(lambda found: found[0].upper(), given), mark, context)


class Name_Part(model.Name_Part, model.CitationStylesElement):  # type: ignore[misc]  # noqa: N801 - the name of its tag
    """A part of a name."""

    def format_part(self, given: str, family: str) -> Any:  # noqa: ANN401 - likewise
        """Format the part."""
        if not (given if self.get("name") == "given" else family):
            return given, family
        return super().format_part(String(given or ""), String(family or ""))


class Group(model.Group, model.CitationStylesElement):  # type: ignore[misc]
    """A group; it is omitted if it asks for variables and all are missing, and counts as a variable if it is not."""

    def process(self, item: CitationItem, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - likewise
        """Format the parts of the group."""
        used, missed = len(item.reference["used"]), item.reference["missed"]
        text = super().process(item, *arguments, **options)
        if len(item.reference["used"]) == used and item.reference["missed"] > missed:
            raise VariableError
        item.reference["used"].append("")
        return text


class Substitute(model.Substitute, model.CitationStylesElement):  # type: ignore[misc]
    """What is printed for missing names; its variables are not printed again."""

    def render(self, item: CitationItem, context: Any = None, **options: Any) -> Any:  # noqa: ANN401 - likewise
        """Format it."""
        used = len(item.reference["used"])
        text = super().render(item, context=context, **options)
        if text and context is not None:
            repressed = context.get_layout().repressed
            for tag in ("text", "names"):
                repressed.setdefault(f"{{{_CSL}}}{tag}", []).extend(filter(None, item.reference["used"][used:]))
        return text


_CSL = "http://purl.org/net/xbiblio/csl"


def _reference(key: str, item: Mapping[str, Any]) -> _Reference:
    """An item with the values as the processor wants them; variables that it does not know are omitted."""
    known = {name.replace("-", "_"): value for name, value in item.items() if name not in ("id", "type")}
    variables = {name: _value(name, value) for name, value in known.items() if name in _VARIABLES}
    return _Reference(key, item["type"], **variables)


_VARIABLES = frozenset(VARIABLES) - {"language"}  # a language it does not know is an error
_NAMES, _DATES = frozenset(NAMES), frozenset(DATES)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - of any variable
    if name in _NAMES:
        return [Person(**_person(person)) for person in value]
    if name in _DATES:
        return Date(**dict(zip(("year", "month", "day"), value["date-parts"][0], strict=False)))
    return _text(_plain(str(value)))


def _person(person: Mapping[str, str]) -> dict[str, String]:
    if person == {"literal": "others"}:
        return {"literal": String(Markup.OTHERS)}
    return {part: String(_plain(text)) for part, text in person.items()}


def _plain(text: str) -> str:
    return _RESERVED.sub("", text).replace("<", Markup.LESS_THAN)


def _text(text: str) -> MixedString:
    """A text for the processor, in which words with inner capitals keep their letters."""
    parts: list[String] = []
    at = 0
    for word in _FIXED.finditer(text):
        parts += [String(text[at : word.start()]), NoCase(word[0])]
        at = word.end()
    return MixedString([part for part in (*parts, String(text[at:])) if part])


class _Formatter:
    """The markup of the processor, in ``Markup`` characters."""

    def __init__(self) -> None:
        self.preformat = self.Light = self.Underline = self.SmallCaps = String
        self.Italic = self.Oblique = _between(Markup.ITALIC, Markup.ITALIC_END)
        self.Bold = _between(Markup.BOLD, Markup.BOLD_END)
        self.Superscript = _between(Markup.SUPERSCRIPT, Markup.SUPERSCRIPT_END)
        self.Subscript = _between(Markup.SUBSCRIPT, Markup.SUBSCRIPT_END)


def _between(begin: Markup, end: Markup) -> Callable[[object], String]:
    return lambda text: String(f"{begin}{text}{end}")


_FORMATTER = _Formatter()
