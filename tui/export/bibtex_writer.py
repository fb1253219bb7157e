"""Common parts of BibTeX and biblatex: layout of an entry, names, keywords, and reading them back.

The two differ in some types and names of fields, and in the fields of dates and identifiers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from tui.bibtex.strict_parser import parse, split_authors
from tui.bibtex.syntax import MONTHS
from tui.export.bib_publication import ET_AL, SOURCE, entry_type, extra_fields, publication_fields
from tui.export.verified_format import VerifiedFormat
from tui.latex import escape, transliterate
from tui.latex.case_protection import protected_title
from tui.latex.syntax import brace_pairs, command_names
from tui.model.arxiv import category_keyword
from tui.model.author_name import parse_name
from tui.model.paper import IN_LATEX
from tui.text import cleanup
from tui.text.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tui.export.bib_publication import BibNames
    from tui.export.verified_format import Fields
    from tui.model.author_name import AuthorName
    from tui.model.entry import Entry
    from tui.model.paper import Paper

_NOTE = "annote"  # read by Zotero; biber maps it to biblatex's annotation
_KEY, _KIND = "citation key", "entry type"  # names of fields have no spaces
_SPELLINGS = {"archiveprefix": "archivePrefix", "primaryclass": "primaryClass"}


@dataclass(frozen=True, slots=True)
class BibDialect(VerifiedFormat):
    """A dialect of the BibTeX format.

    Attributes:
        names: the types and names of fields that differ.
        width: length of the longest field name, to align the equals characters.
        verbatim: returns names and values of the fields that are never escaped, in order, empty if unknown.
        sorts_by_key: entries without authors need a field ``key`` for sorting.
        ascii: write non-ASCII letters as commands, and percent-encode URLs.
    """

    names: BibNames
    width: int
    verbatim: Callable[[Paper], dict[str, str]]
    sorts_by_key: bool
    ascii: bool = False

    def fields(self, entry: Entry, key: str | None) -> Fields:
        """The fields in order, each as between its braces, after the citation key and the type."""
        verbatim = self._verbatim_fields(entry.paper)
        kind = self._kind(entry.paper, verbatim)
        fields = self._all_fields(entry, kind, verbatim)
        return {_KEY: key, _KIND: kind} | {name.lower(): value for name, value in fields.items() if value}

    def render(self, written: Iterable[Fields]) -> Iterator[str]:
        """Write the entries, a blank line between them."""
        frames: Memo[str, str] = Memo(lambda name: f"  {_SPELLINGS.get(name, name):<{self.width}} = {{%s}},\n")
        month = f"  {'month':<{self.width}} = %s,\n"
        between = ""
        for fields in written:
            rows = [
                (month if name == "month" and value in MONTHS else frames[name]) % value
                for name, value in islice(fields.items(), 2, None)
            ]
            yield f"{between}@{fields[_KIND]}{{{fields[_KEY]},\n{''.join(rows)}}}\n"
            between = "\n"

    def read(self, text: str) -> Iterator[Fields]:
        """Read the fields back, still escaped.

        Raises:
            ValueError: the text is broken.
        """
        for entry in parse(text):
            yield {_KEY: entry.key, _KIND: entry.kind, **entry.fields}

    def differences(self, entry: Entry, written: Fields, found: Fields) -> list[str]:
        """The names of the fields that were not read as written, or whose text is not that of the entry.

        What was escaped is unescaped, and compared with the text before the escaping.
        """
        names = set(VerifiedFormat.differences(self, entry, written, found))
        for name, text in self._plain_fields(entry).items():
            value = found.get(name)
            if (text or not entry.paper.publication.extra) and text != (value and self._plain(name, str(value))):
                names.add(name)
        return sorted(names)

    def _plain_fields(self, entry: Entry) -> dict[str, object]:
        """The fields that are written escaped, before their escaping; None if empty."""
        paper, note = entry.paper, entry.mark.note
        people = [_person(name, _plain_text, str) for name in _names(paper.authors)]
        title = escape.unescape_line(cleanup.clean_line(paper.title or ""), _commands(entry, "title"))
        values: dict[str, object] = {
            "title": title,
            "author": (*people, "others") if people and paper.authors_truncated else tuple(people),
            "key": title if self._sorts_by_key(paper) else "",
            "keywords": _keywords(entry, _plain_text),
            "abstract": escape.unescape_lines(paper.abstract or "", _commands(entry, "abstract")),
            _NOTE: note and escape.escape_note_lines(note),
        }
        return {name: (_to_letters(value) if self.ascii else value) or None for name, value in values.items()}

    def _verbatim_fields(self, paper: Paper) -> dict[str, str]:
        fields = self.verbatim(paper)
        return {name: transliterate.percent_encode(value) for name, value in fields.items()} if self.ascii else fields

    def _kind(self, paper: Paper, verbatim: Mapping[str, str]) -> str:
        is_online = bool(verbatim["eprint"] or verbatim["doi"] or verbatim["url"])
        return entry_type(paper.publication, self.names, is_online=is_online)

    def _sorts_by_key(self, paper: Paper) -> bool:
        return (
            self.sorts_by_key
            and not paper.publication.editors
            and not any(map(cleanup.clean_line, paper.authors))
            and not any(source == SOURCE and name == "key" for source, name, _ in paper.publication.extra)
        )

    def _all_fields(self, entry: Entry, kind: str, verbatim: Mapping[str, str]) -> dict[str, str]:
        """The fields in order, each escaped as between its braces; empty if unknown."""
        paper, note = entry.paper, entry.mark.note
        publication = paper.publication
        people = _written_names(paper.authors)
        fields = {
            "title": _title(entry),
            "author": f"{people} and others" if people and paper.authors_truncated else people,
            "key": escape.escape_line(paper.title or "", _commands(entry, "title"))
            if self._sorts_by_key(paper)
            else "",
            **publication_fields(paper, kind, self.names, _written_roles),
            **verbatim,
            "keywords": _keywords(entry, escape.escape_text),
            "abstract": escape.escape_block(paper.abstract or "", _commands(entry, "abstract")),
            _NOTE: note and escape.escape_note(note),
        }
        if publication.extra:
            written = {name.lower(): value for name, value in fields.items()}
            extra = extra_fields(publication, written)
            fields = {name: extra.pop(name.lower(), value) for name, value in fields.items()} | extra
        return {name: transliterate.to_latex_ascii(value) for name, value in fields.items()} if self.ascii else fields

    def _plain(self, name: str, value: str) -> object:
        """The text of an escaped field."""
        if self.ascii:
            value = transliterate.from_latex_ascii(value)
        if name == "author":
            plain: object = tuple(escape.unescape_line(_without_braces(person)) for person in split_authors(value))
        elif name in ("title", "key", "keywords"):
            plain = escape.unescape_line(value)
        else:
            plain = escape.unescape_block(value)
        return (_to_letters(plain) if self.ascii else plain) or None


def _commands(entry: Entry, field: str) -> frozenset[str]:
    """LaTeX commands in a field that come from the bibliography, not from the user."""
    printed = entry.printed or entry.paper
    text = getattr(printed, field) or ""
    if "\\" not in text or all(name != IN_LATEX[field] for name, _ in printed.provenance):
        return frozenset()
    return command_names(text)


def _title(entry: Entry) -> str:
    """The title, escaped, with the words protected that its source protects if it is still the source's."""
    title, commands = entry.paper.title or "", _commands(entry, "title")
    if not entry.paper.publication.extra:
        return escape.escape_title(title, commands)
    plain = escape.unescape_line(cleanup.clean_line(title), commands)
    given = (text for source, name, text in entry.paper.publication.extra if (source, name) == (SOURCE, "title"))
    protected = (protected_title(text, title, commands) for text in given)
    return next(
        (text for text in protected if text and escape.unescape_line(text) == plain),
        escape.escape_title(title, commands),
    )


def _plain_text(text: str) -> str:
    """A text without own LaTeX, as it is read back."""
    return escape.unescape_line(text, ())


def _to_letters(value: object) -> object:
    """A value with its LaTeX commands for letters replaced, because the original text may contain some."""
    if isinstance(value, tuple):
        return tuple(map(_to_letters, value))
    return transliterate.from_latex_ascii(value) if isinstance(value, str) else value


def _keywords(entry: Entry, treat: Callable[[str], str]) -> str:
    """The tags, the keywords of the source, and the category, which has no field without an arXiv id."""
    words = [*entry.mark.tags, *entry.paper.publication.keywords]
    if entry.paper.category and not entry.paper.eprint:
        words.append(category_keyword(entry.paper.category))
    distinct = dict.fromkeys(treated for word in words if (treated := treat(cleanup.clean_line(word))))
    return ("; " if any("," in word for word in distinct) else ", ").join(distinct)


def _names(authors: Sequence[str]) -> list[AuthorName]:
    printed = (cleanup.clean_line(author) for author in authors)
    return [parse_name(author) for author in printed if author]


@lru_cache(maxsize=4096)
def _written_roles(people: tuple[str, ...]) -> str:
    """Names of editors and the like; cached, because papers share them."""
    return _written_names(people)


def _written_names(people: Sequence[str]) -> str:
    """Names as a field; "et al." as the last of them is "others"."""
    others = ["others"] if people and people[-1] == ET_AL else []
    named = _names(people[:-1] if others else people)
    return " and ".join([*(_person(name, escape.escape_text, "{{{}}}".format) for name in named), *others])


def _person(name: AuthorName, treat: Callable[[str], str], group: Callable[[str], str]) -> str:
    """Write a name as ``von Family, Jr., Given``.

    Args:
        name: the name.
        treat: applied to each part.
        group: protects a part that BibTeX would split.
    """
    if name.literal:
        return group(treat(name.literal))
    words = name.family.split()
    # BibTeX treats words in lower case, and the words before them, as particles; it treats a group that begins with a
    # command as one letter.
    divided = len(words) > 1 and (not name.given or any(word[0].islower() for word in words))
    family = group(treat(name.family)) if divided and words[0][0] != "\\" else treat(name.family)
    whole = f"{treat(name.particle)} {family}" if name.particle else family
    if name.suffix:
        whole = f"{whole}, {treat(name.suffix)}"
    return f"{whole}, {treat(name.given)}" if name.given else whole


def _without_braces(person: str) -> str:
    """A name without the braces that enclose all of it."""
    whole = person.startswith("{") and brace_pairs(person).get(0) == len(person) - 1
    return person[1:-1] if whole else person
