"""XML from other people, parsed without document types and entities."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring
from xml.parsers import expat

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class _DocumentTypeError(ValueError):
    """A document has a document type declaration."""


def parse_xml(data: bytes) -> Element:
    """Parse a document.

    Raises:
        ValueError: it is incomplete or damaged, or has a document type declaration; the message says which.
    """
    check = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise _DocumentTypeError("it has a document type declaration, which no known service sends")

    check.StartDoctypeDeclHandler = refuse
    try:
        check.Parse(data, True)
        return fromstring(data)  # noqa: S314 - checked
    except _DocumentTypeError:
        raise
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise ValueError(f"it is incomplete or damaged ({error})") from None


def text_of(element: Element, path: str, names: dict[str, str]) -> str:
    """The text of the first element at a path; empty if there is none."""
    found = element.find(path, names)
    return "".join(found.itertext()).strip() if found is not None else ""
