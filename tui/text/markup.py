"""Markup of the web made text: entities, and the elements of HTML, JATS and MathML that titles and abstracts hold.

Only what is surely markup goes: an element that is known and closed, or has a prefix of JATS or MathML. A ``<`` that
compares stays, and so does an element that is written about. One pass, linear in the length of the text.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from tui.text.latex_symbols import SUBSCRIPTS, SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Callable

_DEPTH = 60
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPED_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,5}|[A-Za-z]{3,10}(?:uml|grave|acute|circ|tilde|cedil));"
)
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u200a\u202f"), " ")
_ATTRIBUTE = r"\s++[\w:.-]++(?:\s*+=\s*+(?:\"[^\"<>]*+\"|''[^'<>]*+''|'[^'<>]*+'|[^\s\"'<>=]++))?+"
_TAG = re.compile(
    rf"<(?P<close>/?)(?:(?P<prefix>jats|mml|m|ce|sb|xhtml|html):(?P<foreign>[A-Za-z][\w-]*+)(?P<rest>[^<>]*+)"
    rf"|(?P<name>[A-Za-z][\w-]*+)(?:{_ATTRIBUTE})*+\s*+)(?P<empty>/?)>"
    r"|<!--[^<>]{0,500}?-->"
)
# A sign of a tag as some programs bring it into BibTeX.
_MATH_BRACKET = re.compile(r"\$\s*(?:(<|\\less|\\lt|\\textless)|(>|\\greater|\\gt|\\textgreater))(?:\{\})?\s*\$")
_INLINE = frozenset(
    """
    i b em strong sub sup sc scp small big u s strike del ins span font tt code kbd samp var cite q a abbr mark nobr
    bold italic underline monospace roman sans-serif overline named-content styled-content ext-link xref
    inline-formula disp-formula alternatives uri email label inf
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_BLOCKS = frozenset(
    """
    p div br hr ul ol li dl dt dd h1 h2 h3 h4 h5 h6 blockquote pre table tr td th tbody thead section sec title list
    list-item center abstract para simple-para
    """.split()  # noqa: SIM905 - see above
)
_MATH = frozenset(
    """
    math mrow mi mn mo mtext ms mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mstyle mfenced
    mtable mtr mtd mpadded menclose semantics mmultiscripts
    """.split()  # noqa: SIM905 - see above
)
_UNSEEN = frozenset(("annotation", "annotation-xml", "mphantom", "script", "style"))
_KNOWN = _INLINE | _BLOCKS | _MATH | _UNSEEN | {"tex-math"}
_ALONE = frozenset(("br", "hr", "p", "mspace"))  # need no end
_HEADING = re.compile(r"(?:abstract|summary)\s*[.:]?\s*\Z", re.IGNORECASE)


class _Part(NamedTuple):
    text: str
    element: str = ""


class _Element:
    __slots__ = ("name", "parts", "tag")

    def __init__(self, name: str, tag: str) -> None:
        self.name = name
        self.tag = tag
        self.parts: list[_Part] = []


def without_entities(text: str) -> str:
    """The text with the signs that entities stand for, also where they were escaped twice."""
    if "&" not in text or ";" not in text:
        return text
    decoded = _ENTITY.sub(_sign, text)
    for _ in range(2):
        if decoded == text or not _ESCAPED_ENTITY.search(decoded):
            break
        text, decoded = decoded, _ENTITY.sub(_sign, decoded)
    return decoded


def without_markup(text: str) -> str:
    """The text without entities and elements; a paragraph ends its line."""
    if not ("&" in text or "<" in text or "$" in text):
        return text
    text = without_entities(text)
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    if "$" in text:
        text = _without_math_brackets(text)
    if "<" not in text or ">" not in text:
        return text
    return _Reader(text).text() if any(map(_is_known, _TAG.finditer(text))) else text


def line_without_markup(text: str) -> str:
    """The text without entities and elements, on one line where it had any."""
    bare = without_markup(text)
    return text if bare == text else " ".join(bare.split())


def _sign(found: re.Match[str]) -> str:
    sign = html.unescape(found[0]) if found[1][0] == "#" else html5.get(f"{found[1]};", found[0])
    return sign.translate(_BLANKS)


def _without_math_brackets(text: str) -> str:
    """The text with bare brackets for those in formulas, where they then are those of elements."""
    bare = _MATH_BRACKET.sub(lambda found: "<" if found[1] else ">", text)
    return bare if bare != text and any(map(_is_known, _TAG.finditer(bare))) else text


def _is_known(tag: re.Match[str]) -> bool:
    return bool(tag["foreign"]) or (tag["name"] or "").lower() in _KNOWN or tag[0].startswith("<!")


class _Reader:
    """Reads one text; an element becomes text when it ends."""

    def __init__(self, text: str) -> None:
        self._whole = text
        self._open = [_Element("", "")]
        self._count: dict[str, int] = {}

    def text(self) -> str:
        at = 0
        for tag in _TAG.finditer(self._whole):
            self._add(_Part(self._whole[at : tag.start()]))
            self._read(tag)
            at = tag.end()
        self._add(_Part(self._whole[at:]))
        while len(self._open) > 1:
            self._abandon()
        text = "".join(part.text for part in self._open[0].parts)
        rows = [" ".join(row.split(" ")).strip() for row in text.split("\n")]
        return "\n".join(row for place, row in enumerate(rows) if row or (place and rows[place - 1])).strip()

    def _add(self, part: _Part) -> None:
        if part.text or part.element:
            self._open[-1].parts.append(part)

    def _read(self, tag: re.Match[str]) -> None:
        name = (tag["foreign"] or tag["name"] or "").lower()
        if tag[0].startswith("<!"):
            return
        if not _is_known(tag):
            self._add(_Part(tag[0]))
        elif tag["close"]:
            self._close(name, tag)
        elif tag["empty"] or (tag["rest"] or "").endswith("/") or name in ("br", "hr"):
            self._add(_Part("\n" if name in _BLOCKS else " " if name == "mspace" else "", name))
        elif len(self._open) > _DEPTH:
            self._add(_Part("" if tag["prefix"] else tag[0]))
        else:
            self._open.append(_Element(name, "" if tag["prefix"] else tag[0]))
            self._count[name] = self._count.get(name, 0) + 1

    def _close(self, name: str, tag: re.Match[str]) -> None:
        if not self._count.get(name):
            self._add(_Part("" if tag["prefix"] or name in _ALONE else tag[0]))
            return
        while self._open[-1].name != name:
            self._abandon()
        element = self._open.pop()
        self._count[name] -= 1
        self._add(_Part(_rendered(element, self._last_sign()), name))

    def _abandon(self) -> None:
        """Take an element that does not end for the text it is, unless it needs no end, or can be nothing else."""
        element = self._open.pop()
        self._count[element.name] -= 1
        head = "\n" if element.name in _ALONE else element.tag
        self._open[-1].parts += [_Part(head), *element.parts]

    def _last_sign(self) -> str:
        parts = self._open[-1].parts
        return parts[-1].text[-1:] if parts else ""


def _rendered(element: _Element, before: str) -> str:
    name = element.name
    if name in _UNSEEN:
        return ""
    if name == "alternatives" and any(part.element == "math" for part in element.parts):
        return "".join(part.text for part in element.parts if part.element == "math")
    if name in _MATH:
        return _formula(name, element.parts)
    inside = "".join(part.text for part in element.parts)
    if name == "title" and _HEADING.match(inside.strip()):
        return ""
    if name in _BLOCKS:
        return f"\n{inside.strip()}\n" if inside.strip() else "\n"
    # H<sub>2</sub>O is known as H2O, but 10<sup>5</sup> is not 105.
    if name == "sup" and (before.isdigit() or before == ")"):
        return _script("^", inside)
    return inside


def _formula(name: str, parts: list[_Part]) -> str:
    """A piece of MathML in one line."""
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        inside = "".join(part.text for part in parts)
        return inside if name == "mtext" else inside.strip()
    pieces = [part.text for part in parts if part.element]
    if name == "math":
        return "".join(part.text if part.element else part.text.strip() for part in parts)
    if name == "mfenced":
        return f"({', '.join(pieces)})"
    if name == "msqrt":
        return f"√{_bracketed(''.join(pieces))}"
    shape = _SHAPES.get((name, len(pieces)))
    return "".join(pieces) if shape is None else shape(*pieces)


_SHAPES: dict[tuple[str, int], Callable[..., str]] = {
    ("mfrac", 2): lambda top, bottom: f"{_bracketed(top)}/{_bracketed(bottom)}",
    ("mroot", 2): lambda inside, degree: f"{_script('^', degree)}√{_bracketed(inside)}",
    ("msup", 2): lambda inside, above: inside + _script("^", above),
    ("mover", 2): lambda inside, above: inside + _script("^", above),
    ("msub", 2): lambda inside, below: inside + _script("_", below),
    ("munder", 2): lambda inside, below: inside + _script("_", below),
    ("msubsup", 3): lambda inside, below, above: inside + _script("_", below) + _script("^", above),
    ("munderover", 3): lambda inside, below, above: inside + _script("_", below) + _script("^", above),
}


def _script(sign: str, inside: str) -> str:
    inside = inside.strip()
    if sign == "_" and inside.isdigit():
        return inside
    table = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
    if inside and all(ord(letter) in table for letter in inside):
        return inside.translate(table)
    return f"{sign}{_bracketed(inside)}" if inside else ""


def _bracketed(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"
