"""Unsupported text formats, recognised to refuse them by name with a hint.

Otherwise their text would be split into titles and abstracts.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui.ingest.text_sample import TextSample
from tui.ingest.wordlist import parse_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_EXPORT = "export the records as BibTeX, RIS or CSL-JSON, and import that file"
_LISTING = "import BibTeX or RIS from the site, or a copy of just the titles and abstracts"
_DAMAGED = "copy the whole page again, or get BibTeX or RIS from the site and import that"
_REFERENCES = "look the papers up in a reference manager, export them as BibTeX or RIS, and import that file"
_OWN = "export the papers as JSON (`readlist export --format json`), and import that file"
_TEXT = "import a bibliography, or a listing in which each title is followed by its abstract"


class Refusal(NamedTuple):
    """The format of an unsupported text.

    Attributes:
        what: a noun phrase, such as ``a table (CSV)``.
        hint: what to do instead.
        damaged: whether the format is supported, but no record in the text is complete.
    """

    what: str
    hint: str
    damaged: bool = False


def find_refusal(lines: Sequence[str]) -> Refusal | None:
    """The unsupported format of a text, or None if it is not recognised."""
    text = TextSample(lines)
    if not text.lines:
        return None
    return next((Refusal(what, hint, hint == _DAMAGED) for what, hint, is_it in _FORMATS if is_it(text)), None)


# Copied web pages in which no parser found a paper: they are damaged, or of another kind.

_ARXIV_ENTRY = re.compile(
    r"(?:\[\d+\]\s*)?(?:arXiv:\d{4}\.\d{4,5}|arXiv:[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE
)
_ARXIV_FIELD = re.compile(
    r"(?:Subjects?:\s.*\([\w-]+(?:\.[\w-]+)?\)|Total of \d[\d,.]* entries|Showing up to \d+ entries"
    r"|Submitted \d+ \w+,? \d"
    r"|Authors and titles for |Cite as:\s*arXiv|\[Submitted on )",
    re.IGNORECASE,
)
_ARXIV_MAIL = re.compile(r"\\\\(?:\s|\Z)")
_MAIL_FIELD = re.compile(r"(?:Categories:\s+[a-z-]+|(?:arXiv|Paper):\s?\S+)")
_SCHOLAR = re.compile(
    r".*(?:\b(?:Cited by|Zitiert von|Citado por|Cité|Citato da|Geciteerd door|Цитируется|被引用次数)\W{0,2}\d"
    r"|^\[(?:PDF|HTML|BOOK|CITATION|DOC)\]\s*\S"
    r"|[A-Z]{1,3} [A-Z][\w'’-]+(?:, [A-Z]{1,3} [A-Z][\w'’-]+)*,?(?: ?…)? - .*\d{4}(?: - |\Z)"
    r"|\bSave Cite\b|\bRelated articles\b|\bAll \d+ versions\b)",
    re.IGNORECASE,
)
_OPENREVIEW = re.compile(
    r"(?:.*Readers: |Published: .*\bLast Modified\b|.*\bLast Modified: \d|TL;DR: |Show (?:Revisions|Bibtex)\b)"
)
_EVERYONE = re.compile(r".*Readers: Everyone\b")
_BUTTONS = re.compile(r"(?:pdf|bib|abs)\Z", re.IGNORECASE)
_ANTHOLOGY = re.compile(
    r"(?:\W*+(?:pdf|bib|abs(?:tract)?|code|video|poster|slides|dataset|software)){2,}\W*\Z", re.IGNORECASE
)
_SEMANTIC = re.compile(r"(?:TLDR\b|Save Alert\b|.*\[PDF\] Semantic Reader\b|.*\bSemantic Reader\b)")
_DATABASE = re.compile(
    r"(?:PMID: ?\d+|Free (?:PMC )?article\.|(?:View|Download)(?: full(?: |-)text)? PDF\b|Abstract ?only\Z"
    r"|Get Access\Z"
    r"|Article preview\b|Publisher: \w|Times Cited\b|Full Text HTML\b|Request full-text\b|Open Access\Z)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(authors?|titles?|subjects?|keywords?|index terms|published|comments?|dates?|readers|venue|year|journal"
    r"|journal-ref"
    r"|tl;dr|categories|type|publisher|pages|volume|issue|source|cite as|affiliations?|conference|in|track|area"
    r"|status"
    r"|tags?|pmid|issn|isbn|language|topics?|rating|decision|submission number)\s?[:：]\s?\S",
    re.IGNORECASE,
)


_PART = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+|[IVX]+\.\s+)?(?:abstract|introduction|background|related work|methods?"
    r"|materials and methods|methodology|results"
    r"|results and discussion|discussion|experiments?|evaluation|conclusions?|conclusion and .*|future work"
    r"|limitations|references"
    r"|bibliography|acknowledge?ments?|appendix(?: [a-z])?|contents|table of contents|preliminaries|proofs?)\W?\Z",
    re.IGNORECASE,
)


def _is_arxiv_listing(text: TextSample) -> bool:
    entries, fields = text.count(_ARXIV_ENTRY), text.count(_ARXIV_FIELD)
    return bool((entries and fields) or fields > 1)


def _is_arxiv_mail(text: TextSample) -> bool:
    return text.count(_ARXIV_MAIL) >= 1 and text.count(_MAIL_FIELD) >= 1


def _is_openreview(text: TextSample) -> bool:
    found = text.count(_OPENREVIEW)
    return found > 1 or (found == 1 and (text.count(_LABELLED) > 1 or text.count(_EVERYONE) > 0))


def _is_anthology(text: TextSample) -> bool:
    return text.share(_ANTHOLOGY) >= 0.1 or text.count(_BUTTONS) > 1


def _is_one_paper(text: TextSample) -> bool:
    """Whether there are several section headings of a paper."""
    return len({re.sub(r"[\W\d]+", "", line).casefold() for line in text.lines if _PART.match(line)}) > 2


def _is_labelled(text: TextSample) -> bool:
    found = text.count(_LABELLED)
    return found > 1 and found / len(text.lines) >= 0.2


# Markup.

_TEX = re.compile(
    r"\\(?:documentclass|documentstyle|usepackage|begin|bibitem|section|chapter|input|newcommand|maketitle)\b"
)
_BIBITEM = re.compile(r"\\(?:begin\{thebibliography\}|bibitem\b)")
_COMMAND = re.compile(r"\\[a-zA-Z@]+\s*[\[{*\\]")
_ORG = re.compile(r"(?:#\+\w+:|\*+ [A-Z]{4,}\b|:(?:PROPERTIES|END|[A-Z_]+):(?:\s|\Z)|\*{2,} \S)")
_MARKDOWN = re.compile(
    r"(?:#{1,6} \S|[-*+] \[[ xX]\] |[-*+] \S|```|~~~|!?\[[^\]]+\]\([^)]+\)|\|.*\|\Z|<!-- |> |\*\*[^*]+\*\*"
    r"|={3,}\Z|-{3,}\Z"
    r"|\d+[.)] )"
)
_CODE_ALONE = re.compile(r".*[;{}]\Z|#(?:include|define|ifdef|ifndef|endif|pragma)\b|(?:import|def|class|return)\b")
_HEADING = re.compile(r"(?:#{1,6} \S|(?:=|-){3,}\Z|```)")
_OWN_MARKDOWN = re.compile(r"<!-- (?:paper \S+|note|yours: .*) -->")
_BULLET = re.compile(r"(?:[-*+•·–—▪◦‣] \S)")
_REST = re.compile(r"(?:\.\. [\w-]+::|\.\. _[\w .-]+:|:[a-z][\w-]*:(?:\s|\Z|`)|={4,}\Z|~{4,}\Z|-{4,}\Z|\^{4,}\Z)")
_RULE = re.compile(r"(?:={4,}|~{4,}|-{4,}|\^{4,}|\*{4,})\Z")
_ASCIIDOC = re.compile(r"(?:={1,5} \S|:[\w-]+: \S|\[\[[\w-]+\]\]\Z|----\Z|====\Z|include::)")
_WIKI = re.compile(r"(?:\{\{|\}\}|={2,} ?[^=]+ ?={2,}\Z|\[\[|\{\||\|-|<ref\b|[*#:;]+ ?\[\[)")
_TYPST = re.compile(r"#(?:import|set|show|let|bibliography|cite)\b")
_RTF = re.compile(r"\{\\rtf\d")
_ROFF = re.compile(r"(?:\.(?:TH|SH|PP|TP|IP|B|I|BR|Dd|Dt|Sh|Nm)\b|'\\\"|\.\\\")")


def _is_markdown(text: TextSample) -> bool:
    marks, subject_headings = text.share(_MARKDOWN), text.count(_HEADING)
    looks_so = (marks >= 0.2 and subject_headings > 0) or marks >= 0.6
    return looks_so and text.share(_CODE_ALONE) < 0.1


# Data.

_YAML = re.compile(r"(?:- )*[\"']?[\w.-]+[\"']?:(?:\s|\Z)|- \S|(?:---|\.\.\.)\Z")
_YAML_KEY = re.compile(r"(?:- )*[\"']?([A-Za-z_][\w-]*)[\"']?:(?:\s|\Z)")
_BIBLIOGRAPHIC = parse_words(
    """
    author authors title date year journal container-title issued type doi url publisher abstract volume pages editor
    parent references id keywords issue note given family citation-key serial-number page-range
    """
)
_TOML = re.compile(r"(?:\[{1,2}[\w.\"' -]+\]{1,2}\Z|[\w.-]+\s*=\s*[\"'\[{\d]|[\w.-]+\s*=\s*(?:true|false)\b)")
_INI = re.compile(r"(?:\[[\w. :-]+\]\Z|[\w.-]+\s*=|[;#])")
_SECTION = re.compile(r"\[{1,2}[\w.\"' :-]+\]{1,2}\Z")
_LOWER_TAG = re.compile(r"[a-z][a-z0-9]{1,3}\s{0,2}-(?:\s|\Z)")
_CARD = re.compile(r"BEGIN:(?:VCARD|VCALENDAR|VEVENT)\b")
_PEM = re.compile(r"-----BEGIN [A-Z ]+-----")
_SQL = re.compile(r"(?:INSERT INTO|CREATE TABLE|SELECT .* FROM)\b")
_HEADER_WORDS = parse_words(
    """
    title author authors year date doi url abstract journal publication venue key type isbn issn keywords tags pages
    volume issue citations id publisher link notes status
    """
)
_CELL_LIMIT = 60


def _is_yaml(text: TextSample) -> bool:
    found = [match[1].casefold() for line in text.lines if (match := _YAML_KEY.match(line))]
    keys = Counter(found)
    known = len(keys.keys() & _BIBLIOGRAPHIC)
    return text.share(_YAML) >= 0.6 and len(keys) > 1 and (known > 1 or text.share(_YAML) >= 0.8)


def _is_table(text: TextSample) -> bool:
    return _has_columns(text, "\t") or any(_has_columns(text, delimiter) for delimiter in ",;|")


def _has_columns(text: TextSample, delimiter: str) -> bool:
    """Whether the text is a table: nearly all rows have the same number of cells, and the first has column names."""
    try:
        rows = [row for row in csv.reader(text.lines[:100], delimiter=delimiter) if row]
    except csv.Error:
        return False
    if not rows or len(rows[0]) < (2 if delimiter == "\t" else 3):
        return False
    head = [cell.strip().strip("\ufeff\"'").casefold() for cell in rows[0]]
    named = sum(bool(_HEADER_WORDS & set(re.findall(r"[a-z]+", cell))) for cell in head)
    short = all(len(cell) <= _CELL_LIMIT for cell in head) and not head[-1].endswith(".")
    alike = sum(len(row) == len(head) for row in rows[1:])
    if short and named > 1 and 2 * named >= min(len(head), 6):
        return True
    return len(rows) > 2 and short and alike >= 0.8 * (len(rows) - 1)


# Mail, logs, code and references.

_MAIL_HEADER = re.compile(
    r"(from|to|cc|subject|date|sent|reply-to|message-id|received|return-path|mime-version|content-type|delivered-to"
    r"|list-unsubscribe|von|an|betreff|gesendet|de|à|objet|envoyé): ?\S",
    re.IGNORECASE,
)
_MAIL_LINE = re.compile(
    r"(?:From \S+@\S+ |-{3,} ?(?:Original Message|Forwarded message)|On .{10,80} wrote:\Z|>+ )", re.IGNORECASE
)
_GREETING = re.compile(
    r"(?:dear|hi|hello|hey|liebe[rs]?|hallo|sehr geehrte[rs]?|chère?|bonjour|estimad[oa])\b[^.:]{0,60}[,!]?\Z",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm)?(?:est)? ?(?:regards|wishes)|best|cheers|(?:yours )?sincerely|viele grüße"
    r"|mit freundlichen grüßen"
    r"|cordialement|bien à vous|un saludo)\b[^.]{0,40},?\Z",
    re.IGNORECASE,
)
_DIFF = re.compile(r"(?:diff --git |@@ .* @@|\+\+\+ \S|--- a/|Index: \S|commit [0-9a-f]{7,40}\b)")
_LOG = re.compile(
    r"(?:\[?\d{4}[-/.]\d\d[-/.]\d\d[T ,]+\d\d:\d\d|[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d|\[\s*\d+\.\d+\]"
    r"|\[?\d{1,2}:\d\d(?::\d\d)?\b"
    r"|\[?(?:INFO|DEBUG|WARN(?:ING)?|ERROR|TRACE|CRITICAL|FATAL|NOTICE)\b|\d+(?:\.\d+){3} \S+ \S+ \[|\d{10,13}\b"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d\d)"
)
_TRACEBACK = re.compile(r"(?:Traceback \(most recent call last\)|\s*File \".*\", line \d+|\s+at [\w.$]+\()")
_PROMPT = re.compile(r"(?:[$#%❯➜] \S|[\w.-]+@[\w.-]+[:~ ].{0,80}[$#%] \S|>>> |In \[\d+\]:)")
_SHEBANG = re.compile(r"#!/")
_CODE = re.compile(
    r"(?:(?:from [\w.]+ )?import [\w.{*\"']|(?:async )?def \w+\(|class \w+|(?:public|private|protected|static"
    r"|export|const"
    r"|let|var|function|func|fn|impl|struct|enum|typedef|namespace|using|package|return|elif|else|if|for|while"
    r"|try|except"
    r"|use|my|sub|end|local|module|require|include|switch|case)\b.*[(){}:;=\[,]\Z|#(?:include|define|ifdef"
    r"|ifndef|endif|pragma)\b"
    r"|@\w[\w.]*(?:\(.*)?\Z|(?:/\*|\*/|\*|//|\"\"\"|'''|--\s?\[)|(?:self|this)\.|\w[\w.\[\]\"']*\s*(?:[+*/|-]?="
    r"|:=|<-)\s*\S.*"
    r"|.*(?:[;{}]|\)[,:;]?|\](?:,|\)))\Z|[)}\]]+[,;:]?\Z|\"[^\"]*\": |pass\Z|return\b|raise \w|assert )"
)
_COMMENT = re.compile(r"(?:#(?!#)|//|--|;;|%|/\*|\*)\s?\S")
_REFERENCE = re.compile(r"(?:\[\w{1,12}\+?\d{0,4}\]|\(\d{1,4}\)|\d{1,4}[.)]|[•\-*–])\s+\S.{0,20}")
_CITED = re.compile(
    r".*(?:\(?\b(?:1[89]|20)\d\d[a-z]?\)?[.,;:)]|\((?:1[89]|20)\d\d[a-z]?\)|\b(?:1[89]|20)\d\d\Z|\bet al\."
    r"|\bpp?\. ?\d|\bvol\. ?\d"
    r"|\bdoi\b|https?://doi)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:\[\w{1,12}\+?\d{0,4}\]|\(\d{1,4}\)|\d{1,4}[.)]"
    r"|[•\-*–])?\s*(?:[^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]+)?,? (?:[^\W\d_]\.[ -]?){1,3}"
    r"|(?:[^\W\d_]\.[ -]?){1,3} ?[^\W\d_][\w'’-]+|[^\W\d_][\w'’-]+ [A-Z]{1,3}(?=[,.;]))"
)


def _is_reference_list(text: TextSample) -> bool:
    entries = [line for line in text.lines if len(line) < 700]
    cited = [line for line in entries if _CITED.match(line) and (_NAMES.match(line) or _REFERENCE.match(line))]
    return len(cited) >= 1 and len(cited) / len(text.lines) >= 0.5


def _is_source_code(text: TextSample) -> bool:
    code = text.share(_CODE)
    return (
        bool(_SHEBANG.match(text.lines[0])) or code >= 0.35 or (code >= 0.15 and text.share(_COMMENT) + code >= 0.5)
    )


_Row = tuple[str, str, "Callable[[TextSample], bool]"]
_FORMATS: tuple[_Row, ...] = (
    ("rich text (RTF)", _EXPORT, lambda text: _RTF.match(text.lines[0]) is not None),
    ("a key or certificate", _TEXT, lambda text: _PEM.match(text.lines[0]) is not None),
    ("an arXiv e-mail alert", _DAMAGED, _is_arxiv_mail),
    ("a patch or commit log", _TEXT, lambda text: text.share(_DIFF) > 0.05 and text.announces(_DIFF)),
    ("an e-mail", _LISTING, lambda text: text.different(_MAIL_HEADER) > 2 or text.share(_MAIL_LINE) >= 0.3),
    ("a letter", _TEXT, lambda text: text.count(_GREETING) > 0 and text.count(_CLOSING) > 0),
    ("contacts or a calendar", _TEXT, lambda text: text.announces(_CARD)),
    ("an arXiv listing page", _DAMAGED, _is_arxiv_listing),
    ("a Google Scholar page", _DAMAGED, lambda text: text.count(_SCHOLAR) > 0 and text.share(_SCHOLAR) >= 0.1),
    ("an OpenReview page", _DAMAGED, _is_openreview),
    ("an ACL Anthology page", _DAMAGED, _is_anthology),
    ("a Semantic Scholar page", _DAMAGED, lambda text: text.share(_SEMANTIC) >= 0.1),
    ("a publisher's or database page", _LISTING, lambda text: text.share(_DATABASE) >= 0.1),
    (
        "RIS with lowercase tags",
        "change the tags to uppercase, and import the file again",
        lambda t: t.share(_LOWER_TAG) > 0.5,
    ),
    ("LaTeX with a reference list", _REFERENCES, lambda text: text.count(_BIBITEM) > 0),
    ("LaTeX", _TEXT, lambda text: text.announces(_TEX) or text.share(_COMMAND) > 0.3),
    ("Typst", _TEXT, lambda text: text.share(_TYPST) > 0.1),
    ("readlist's own Markdown", _OWN, lambda text: text.count(_OWN_MARKDOWN) > 0),
    ("an Org file", _EXPORT, lambda text: text.count(_ORG) > 1 and text.share(_ORG) >= 0.2),
    ("a table (CSV or TSV)", _EXPORT, _is_table),
    ("YAML", _EXPORT, _is_yaml),
    ("TOML", _EXPORT, lambda text: text.share(_TOML) >= 0.5),
    ("a settings file", _TEXT, lambda text: text.share(_INI) >= 0.7 and text.count(_SECTION) > 0),
    ("a log", _TEXT, lambda text: text.share(_LOG) >= 0.4),
    ("an error log", _TEXT, lambda text: text.announces(_TRACEBACK)),
    ("a terminal session", _TEXT, lambda text: text.count(_PROMPT) > 1 and text.share(_PROMPT) >= 0.15),
    ("a manual page", _TEXT, lambda text: text.share(_ROFF) >= 0.3),
    ("SQL", _TEXT, lambda text: text.announces(_SQL)),
    ("a reference list", _REFERENCES, _is_reference_list),
    ("Markdown", _TEXT, _is_markdown),
    ("source code", _TEXT, _is_source_code),
    ("reStructuredText", _TEXT, lambda text: text.share(_REST) >= 0.2 or text.count(_RULE) > 2),
    ("wiki text", _TEXT, lambda text: text.share(_WIKI) >= 0.25),
    ("AsciiDoc", _TEXT, lambda text: text.count(_ASCIIDOC) > 1 and text.share(_ASCIIDOC) >= 0.2),
    ("a bulleted list", _TEXT, lambda text: text.share(_BULLET) >= 0.5),
    ("the text of a single paper or thesis", _TEXT, _is_one_paper),
    ("records with labelled lines", _EXPORT, _is_labelled),
)
