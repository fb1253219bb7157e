"""Convert web markup in titles and abstracts to text: entities, and elements of HTML, JATS and MathML.

Only an element that is known and closed, or has a JATS or MathML prefix, is removed. A ``<`` that compares
stays, and so does an element that the text merely mentions. One pass, linear in the length of the text.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from tui.text.scripts import SUBSCRIPTS, SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Callable

_DEPTH = 60
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPED_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,5}|[A-Za-z]{3,10}(?:uml|grave|acute|circ|tilde|cedil));"
)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u200a\u202f"), " ")
_ATTRIBUTE = r"\s++[\w:.-]++(?:\s*+=\s*+(?:\"[^\"<>]*+\"|''[^'<>]*+''|'[^'<>]*+'|[^\s\"'<>=]++))?+"
_TAG = re.compile(
    rf"<(?P<close>/?)(?:(?P<prefix>jats|mml|m|ce|sb|xhtml|html):(?P<foreign>[A-Za-z][\w-]*+)(?P<rest>[^<>]*+)"
    rf"|(?P<name>[A-Za-z][\w-]*+)(?:{_ATTRIBUTE})*+\s*+)(?P<empty>/?)>"
    r"|<!--[^<>]{0,500}?-->"
)
# An angle bracket as some programs write it in BibTeX.
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
_HIDDEN = frozenset(("annotation", "annotation-xml", "mphantom", "script", "style"))
_KNOWN = _INLINE | _BLOCKS | _MATH | _HIDDEN | {"tex-math"}
_VOID = frozenset(("br", "hr", "p", "mspace"))  # need no end tag
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
    """Return the text with entities decoded, including those escaped twice."""
    if "&" not in text or ";" not in text:
        return text
    decoded = _ENTITY.sub(_decode, text)
    for _ in range(2):
        if decoded == text or not _ESCAPED_ENTITY.search(decoded):
            break
        text, decoded = decoded, _ENTITY.sub(_decode, decoded)
    return decoded


def without_markup(text: str) -> str:
    """Return the text without entities and elements; a paragraph ends with a line feed."""
    if not ("&" in text or "<" in text or "$" in text):
        return text
    text = without_entities(text)
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    if "$" in text:
        text = _without_math_brackets(text)
    if "<" not in text or ">" not in text:
        return text
    return _Converter(text).text() if any(map(_is_known, _TAG.finditer(text))) else text


def line_without_markup(text: str) -> str:
    """Return the text without entities and elements, joined to one line if it held any."""
    bare = without_markup(text)
    return text if bare == text else " ".join(bare.split())


def _decode(found: re.Match[str]) -> str:
    character = html.unescape(found[0]) if found[1][0] == "#" else html5.get(f"{found[1]};", found[0])
    return character.translate(_SPACES)


def _without_math_brackets(text: str) -> str:
    """Replace angle brackets written as formulas if they delimit known elements."""
    bare = _MATH_BRACKET.sub(lambda found: "<" if found[1] else ">", text)
    return bare if bare != text and any(map(_is_known, _TAG.finditer(bare))) else text


def _is_known(tag: re.Match[str]) -> bool:
    return bool(tag["foreign"]) or (tag["name"] or "").lower() in _KNOWN or tag[0].startswith("<!")


class _Converter:
    """Converts one text; an element becomes text at its end tag."""

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
            self._flatten()
        text = "".join(part.text for part in self._open[0].parts)
        rows = [" ".join(row.split(" ")).strip() for row in text.split("\n")]
        return "\n".join(row for number, row in enumerate(rows) if row or (number and rows[number - 1])).strip()

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
            self._add(_Part("" if tag["prefix"] or name in _VOID else tag[0]))
            return
        while self._open[-1].name != name:
            self._flatten()
        element = self._open.pop()
        self._count[name] -= 1
        self._add(_Part(_render(element, self._last_character()), name))

    def _flatten(self) -> None:
        """Turn an element without an end tag back into text, unless it needs none or has a prefix."""
        element = self._open.pop()
        self._count[element.name] -= 1
        start = "\n" if element.name in _VOID else element.tag
        self._open[-1].parts += [_Part(start), *element.parts]

    def _last_character(self) -> str:
        parts = self._open[-1].parts
        return parts[-1].text[-1:] if parts else ""


def _render(element: _Element, before: str) -> str:
    name = element.name
    if name in _HIDDEN:
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
    # H<sub>2</sub>O is written H2O, but 10<sup>5</sup> is not 105.
    if name == "sup" and (before.isdigit() or before == ")"):
        return _script("^", inside)
    return inside


def _formula(name: str, parts: list[_Part]) -> str:
    """Render a MathML element on one line."""
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        inside = "".join(part.text for part in parts)
        return inside if name == "mtext" else inside.strip()
    # Text that is in no element of its own is kept as a piece, although MathML does not allow it there.
    pieces = [part.text if part.element else part.text.strip() for part in parts if part.element or part.text.strip()]
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


def _script(operator: str, inside: str) -> str:
    inside = inside.strip()
    if operator == "_" and inside.isdigit():
        return inside
    table = SUPERSCRIPTS if operator == "^" else SUBSCRIPTS
    if inside and all(ord(letter) in table for letter in inside):
        return inside.translate(table)
    return f"{operator}{_bracketed(inside)}" if inside else ""


def _bracketed(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"
