"""What a feed of arXiv announces: the date, and of each paper whether it is new or replaced."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from tui.model.arxiv import find_arxiv_id
from tui.model.partial_date import PartialDate
from tui.sources.external_record import clean_line
from tui.sources.http_client import ServiceError
from tui.sources.safe_xml import parse_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ID = re.compile(r"oai:arXiv\.org:(?P<id>[^\s]+)")
_TYPE = re.compile(r"Announce Type:\s*([\w-]+)")
_DATES = frozenset(("pubDate", "lastBuildDate", "updated", "date"))
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class Announcement(NamedTuple):
    """What a feed announces.

    Attributes:
        day: the day of the announcement; None if the feed does not say.
        new: arXiv ids of new papers and of papers newly listed in the category.
        replaced: arXiv ids of papers with a new version.
    """

    day: PartialDate | None
    new: frozenset[str]
    replaced: frozenset[str]


def read_announcement(body: bytes) -> Announcement:
    """Read a feed; one without entries is valid, since nothing is announced on some days.

    Raises:
        ServiceError: it is damaged, no feed, or an error of the service.
    """
    try:
        root = parse_xml(body)
    except ValueError as error:
        raise ServiceError(f"the feed cannot be used: {error}", "nothing in it was used; fetch it again") from None
    if _name(root) not in ("rss", "feed", "RDF"):
        raise ServiceError("this is not a feed", "specify a saved Atom or RSS feed from arXiv")
    title = next((_text(each) for each in root.iter() if _name(each) == "title"), "")
    if title.lower().startswith("feed error"):
        raise ServiceError(f"arXiv rejected the address of the feed: {clean_line(title, 200)}", "correct the address")
    new: set[str] = set()
    replaced: set[str] = set()
    for item in (each for each in root.iter() if _name(each) in ("item", "entry")):
        eprint = _eprint(item)
        if eprint:
            (replaced if _kind(item).startswith("replace") else new).add(eprint)
    return Announcement(_day(root), frozenset(new), frozenset(replaced))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _eprint(item: Element) -> str:
    texts = [_text(each) for each in item if _name(each) in ("guid", "id", "link")]
    named = [found["id"] for text in texts if (found := _ID.search(text))]
    eprints = (find_arxiv_id(f"arXiv:{text}") or find_arxiv_id(text) for text in (*named, *texts))
    return next((eprint for eprint in eprints if eprint), "")


def _kind(item: Element) -> str:
    """The type of the announcement: new, cross, replace or replace-cross."""
    given = next((_text(each) for each in item if _name(each) == "announce_type"), "")
    if given:
        return given.lower()
    texts = (_text(each) for each in item if _name(each) in ("description", "summary"))
    return next((found[1].lower() for text in texts if (found := _TYPE.search(text))), "new")


def _day(root: Element) -> PartialDate | None:
    """The day in the head of the feed."""
    head = next((each for each in root if _name(each) == "channel"), root)
    dates = {
        _name(each): _text(each) for each in head if _name(each) in ("pubDate", "lastBuildDate", "updated", "date")
    }
    for text in dates.values():
        if found := _ISO.match(text):
            return PartialDate.parse(found[0])
        try:
            day = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            continue
        return PartialDate(day.year, day.month, day.day)
    return None
