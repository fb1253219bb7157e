"""Readers of every export: the program reads back the formats that other programs parse, the tests also the rest."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from tui.export import csv_table
from tui.export.csv_table import escape_formula
from tui.export.formats import FORMATS
from tui.export.json_record import json_record
from tui.export.round_trip import find_differences
from tui.export.verified_format import VerifiedFormat
from tui.latex.display_text import display_text
from tui.latex.escape import unescape_block, unescape_line
from tui.model.display_names import shown_names
from tui.model.venue_text import venue_text
from tui.text.cleanup import clean_line, clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.export.formats import ExportFormat
    from tui.export.verified_format import Fields
    from tui.model.entry import Entry
    from tui.model.paper import Paper

# Lists of references are for people only.
KEEPING = [name for name in FORMATS if not name.startswith("references")]
_WEB = re.compile(r"https?://", re.IGNORECASE)


class ReadBack(VerifiedFormat):
    """A reader for a format that the program does not read back; ``fields`` is what it should find."""

    def render(self, written: Iterable[Fields]) -> Iterator[str]:
        """The program writes these formats itself."""
        raise NotImplementedError


def differences(
    format_: ExportFormat, text: str, entries: Sequence[Entry], keys: Mapping[str, str], *, raw: bool = False
) -> list[str]:
    """What the export of some entries does not say as it should; with clauses as in the program's warnings.

    Args:
        format_: the format of the export.
        text: the export.
        entries: the entries that it should have.
        keys: their citation keys, by id.
        raw: whether it is CSV without apostrophes.
    """
    verified = format_.verified or (CsvReader(raw=True) if raw else READERS[format_.name])
    written = [verified.fields(entry, keys.get(entry.id)) for entry in entries]
    return find_differences(replace(format_, verified=verified), text, entries, keys, written)


def found_in(format_: ExportFormat, entry: Entry, key: str) -> dict[str, object]:
    """What the export of one entry says; texts of BibTeX without their escapes."""
    text = "".join(format_.write([entry], {entry.id: key}))
    (fields,) = (format_.verified or READERS[format_.name]).read(text)
    if format_.name not in ("bibtex", "biblatex"):
        return {**fields}
    return {name: _UNESCAPE[name](str(value)) if name in _UNESCAPE else value for name, value in fields.items()}


_UNESCAPE = dict.fromkeys(("title", "author", "key", "keywords"), unescape_line) | dict.fromkeys(
    ("abstract", "annote"), unescape_block
)


def unescape_formula(cell: str) -> str:
    """A cell without the apostrophe that ``escape_formula`` puts before formulas."""
    return cell[1:] if cell.startswith("'") and escape_formula(cell[1:]) == cell else cell


class JsonReader(ReadBack):
    """Reads JSON and JSON Lines.

    Args:
        lines: whether every line is a record.
    """

    def __init__(self, *, lines: bool) -> None:
        self._lines = lines

    def fields(self, entry: Entry, key: str | None) -> Fields:
        """The documented record."""
        return json_record(entry, key)

    def read(self, text: str) -> list[Fields]:
        """Read the records."""
        records = [json.loads(line) for line in text.split("\n") if line] if self._lines else json.loads(text)
        if not isinstance(records, list):
            raise ValueError("it is not an array")  # noqa: TRY004 - as the readers of the program
        return records


class CsvReader(ReadBack):
    """Reads CSV.

    Args:
        raw: whether cells that look like formulas have no apostrophe.
    """

    def __init__(self, *, raw: bool = False) -> None:
        self._raw = raw

    def fields(self, entry: Entry, key: str | None) -> Fields:
        """The cells that say what no other column says in another way."""
        paper, mark = entry.paper, entry.mark
        values = {
            "id": paper.id,
            "citation_key": key,
            "authors": "; ".join(shown_names(paper.authors)),
            "date": str(paper.date or ""),
            "category": paper.category,
            "status": str(mark.status),
            "tags": " ".join(mark.tags),
            "note": mark.note,
            "links": " ".join(paper.links),
            "eprint": paper.eprint,
            "doi": paper.doi,
            "added": paper.added,
            "priority": mark.priority,
            "due": mark.due,
        }
        return {name: clean_lines(value or "") for name, value in values.items()} | {
            "title": _words(clean_lines(paper.title or "")),
            "abstract": _words(clean_lines(paper.abstract or "")),
        }

    def read(self, text: str) -> Iterator[Fields]:
        """Read the rows by RFC 4180, and their cells without apostrophes."""
        if text.endswith("\r\n") is False:
            raise ValueError("the last row has no end")
        try:
            header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        except csv.Error as error:
            raise ValueError(str(error)) from error
        if tuple(header) != csv_table.COLUMNS:
            raise ValueError("unexpected header")
        for row in rows:
            cells = dict(zip(header, row if self._raw else map(unescape_formula, row), strict=True))
            yield cells | {"title": _words(cells["title"]), "abstract": _words(cells["abstract"])}

    def differences(self, entry: Entry, written: Fields, found: Fields) -> list[str]:
        """Only the columns of ``fields`` are compared."""
        return super().differences(entry, written, {name: found[name] for name in written})


class _Articles(HTMLParser):
    """Collects the texts of the elements of each article."""

    _EMPTY = ("meta",)
    _KNOWN = ("html", "head", "title", "style", "body", "article", "h2", "p", "a", "code", "div", *_EMPTY)

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.articles: list[dict[str, list[str]]] = []
        self.open: list[str] = []
        self._part = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an article or a part of one."""
        given = dict(attrs)
        if tag not in self._KNOWN:
            raise ValueError(f"it has an unexpected element {tag}")
        if tag not in self._EMPTY:
            self.open.append(tag)
        if tag == "article":
            self.articles.append({"id": [given["id"] or ""]})
        elif self.articles and tag == "a":
            self.articles[-1].setdefault("links", []).append(given["href"] or "")
            self._part = ""
        elif self.articles and tag != "code":
            self._part = given.get("class") or tag
        if self.articles and tag in ("h2", "code", "p", "div"):
            self.articles[-1].setdefault(self._part, []).append("")

    def handle_endtag(self, tag: str) -> None:
        """End an element; they must be nested."""
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"unexpected end of {tag}")

    def handle_data(self, data: str) -> None:
        """Add a text to the part around it."""
        if data.strip() and self.open[-1:] in ([], ["body"], ["article"], ["html"]):
            raise ValueError("it has text outside any element")
        in_part = self.open[-1:] == ["code"] if self._part == "tags" else self.open[-1:] in (["h2"], ["p"], ["div"])
        if self.articles and self._part and in_part:
            self.articles[-1][self._part][-1] += data


class HtmlReader(ReadBack):
    """Reads the page as a browser does."""

    def fields(self, entry: Entry, key: str | None) -> Fields:
        """What the article says."""
        paper = entry.paper
        details = (
            str(paper.date or ""),
            venue_text(paper.publication),
            paper.category or "",
            "code" if paper.has_code else "",
            key or "",
        )
        return {
            "id": clean_line(entry.id),
            "title": _line(paper.display_title),
            "authors": _line(_authors(paper)),
            "facts": " · ".join(filter(None, map(clean_line, details))),
            "links": [link for link in map(clean_line, paper.links) if _WEB.match(link)],
            "tags": [tag for tag in map(clean_line, entry.mark.tags) if tag.strip()],
            "abstract": _line(paper.abstract or ""),
            "note": clean_lines(entry.mark.note).strip("\n"),
        }

    def read(self, text: str) -> Iterator[Fields]:
        """Read the articles."""
        reader = _Articles()
        reader.feed(text)
        reader.close()
        if reader.open or not text.endswith("</html>\n"):
            raise ValueError("the page is incomplete")
        for parts in reader.articles:
            once = {"title": "h2", "authors": "authors", "facts": "facts", "abstract": "abstract", "note": "note"}
            yield {name: "".join(parts.get(part, ())) for name, part in once.items()} | {
                "id": parts["id"][0],
                "links": parts.get("links", []),
                "tags": [tag for tag in parts.get("tags", ()) if tag.strip()],
            }


class MarkdownReader(ReadBack):
    """Reads the sections by the markers between them."""

    _SECTION = re.compile(r"##(?<![^\n]##) (.*)\n\n<!-- paper (\S+) -->\n")
    _ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
    _KEY_LINE = re.compile(r"(?:.* · )?`([^`\\]+)`")
    _CLOSING = re.compile(r"(?:\n(?:`{3,}|~{3,})| -->)?")

    def fields(self, entry: Entry, key: str | None) -> Fields:
        """What the section says."""
        links = (clean_line(link) for link in entry.paper.links if _WEB.match(link))
        return {
            "id": entry.id,
            "title": _line(entry.paper.display_title).replace("\u00a0", " "),
            "key": clean_line(key or ""),
            "links": [re.sub(r"[\s<>\\]", lambda found: _percent(found[0]), link) for link in links],
            "tags": list(map(clean_line, entry.mark.tags)),
            "note": clean_lines(entry.mark.note).strip("\n") if entry.mark.note.strip() else "",
        }

    def read(self, text: str) -> Iterator[Fields]:
        """Read the sections."""
        if text and self._SECTION.match(text) is None:
            raise ValueError("it does not begin with a section")
        _, *pieces = self._SECTION.split(text)
        for title, paper_id, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
            fields, _, note = body.partition("\n<!-- note -->\n\n")
            lines = fields.split("\n")
            keys = [found[1] for found in map(self._KEY_LINE.fullmatch, lines) if found]
            tags = next((line for line in lines if line.startswith("Tags: `")), "Tags: ").removeprefix("Tags: ")
            yield {
                "id": paper_id,
                "title": self._ESCAPED.sub(r"\1", title),
                "key": keys[0] if keys else "",
                "links": [line.rstrip()[1:-1] for line in lines if line.startswith("<") and line[:2] != "<!"],
                "tags": [tag.strip("`") for tag in tags.split(" ") if tag],
                "note": note.strip("\n"),
            }

    def differences(self, entry: Entry, written: Fields, found: Fields) -> list[str]:
        """A note may have been closed: a fence or a comment that it opens, and markers lose their meaning."""
        note, wanted = str(found["note"]).replace("<\\!--", "<!--"), str(written["note"])
        same = note.startswith(wanted) and self._CLOSING.fullmatch(note, len(wanted)) is not None
        return super().differences(entry, written, {**found, "note": wanted} if same else found)


READERS: Mapping[str, ReadBack] = {
    "markdown": MarkdownReader(),
    "html": HtmlReader(),
    "csv": CsvReader(),
    "json": JsonReader(lines=False),
    "jsonl": JsonReader(lines=True),
}


def _authors(paper: Paper) -> str:
    names = ", ".join(shown_names(paper.authors)) + (" et al." if paper.authors and paper.authors_truncated else "")
    return " · ".join(filter(None, (names, paper.affiliation)))


def _line(text: str) -> str:
    return clean_line(display_text(text))


def _words(text: str) -> str:
    """A text in which LaTeX may have been replaced, for comparison."""
    return re.sub(r"[\\{}]", "", _line(text))


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())
