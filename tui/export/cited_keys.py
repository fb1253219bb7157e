"""Citation keys that a document cites: sources of LaTeX and Markdown, and what LaTeX writes for BibTeX and biber."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from tui.model.citation_key import writable_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ALL = "*"  # of \nocite{*}: every paper

_AUX_KEYS = re.compile(r"\\(?:citation|abx@aux@cite(?:\{\d+\})?)\{([^{}]*)\}")
_AUX_ALL = re.compile(r"\\abx@aux@nociteall\b")
_AUX_INCLUDED = re.compile(r"\\@input\{([^{}]+)\}")

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_VERB = re.compile(r"\\verb\*?([^\sA-Za-z*]).*?\1")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}")
_TEX_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]*[cC]ite[A-Za-z]*|bibentry|defcitealias)\*?")
_OPTIONAL = re.compile(r"\s*(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\]|\([^()]*\))")
_GROUP = re.compile(r"\s*\{([^{}]*)\}")
# Commands with "cite" in their name whose argument is no key.
_NO_CITATION = re.compile(
    r"(?:citestyle|setcitestyle|citetext|citesetup|citereset\w*|citetrackertrue|citetrackerfalse|(?:re)?newcite\w*"
    r"|\w*citedelim|citenumfont|citepunct|citename|citeindex\w*|\w*DeclareCite\w*)\Z|(?:Declare|new|renew|provide|if|set|use)"
)
_TEX_INCLUDED = re.compile(r"\\(?:input|include|subfile|subfileinclude)\s*\{([^{}]+)\}|\\input\s+([^\s{}\\]+)")

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`++).{1,1000}?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_MARKDOWN_KEY = re.compile(
    r"(?<![\w.+/\\@])@(?:\{(?P<braced>[^{}\n]+)\}|(?P<all>\*)(?!\w)|(?P<key>\w(?:[\w]|[:.#$%&+?<>~/-]+(?=\w))*))"
)

# Entries that packages cite to control the style; no paper has such a key.
_CONTROL = re.compile(
    r"biblatex-control|achemso-control|(?:apsrev|aip|revtex|rsc|aps)[\w.-]*control|IEEE\w*:BSTcontrol|REV@\w+|NAT@\w+",
    re.IGNORECASE,
)
# What Quarto and pandoc-crossref refer to with the notation of a citation.
_CROSS_REFERENCE = re.compile(r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem)[-:]")


class Included(str):
    """The name of a file that belongs to a document, as written in it."""

    __slots__ = ()


# What a file cites: keys in order, ``ALL`` for every paper, and between them the files that it includes.
Citations = tuple[str, ...]


def citations_in_aux(text: str) -> Citations:
    r"""The citations of an ``.aux`` file, of BibTeX or biblatex; an included file has an ``.aux`` of its own."""
    found = [(match.start(), match[1]) for match in _AUX_KEYS.finditer(text)]
    found += [(match.start(), ALL) for match in _AUX_ALL.finditer(text)]
    found += [(match.start(), Included(match[1])) for match in _AUX_INCLUDED.finditer(text)]
    return _in_order(found)


def citations_in_bcf(text: str) -> Citations:
    """The citations of a ``.bcf`` file, which biblatex writes for biber.

    Raises:
        ValueError: it is not XML, or declares a document type, which biblatex never does.
    """
    keys: list[str] = []
    words: list[str] | None = None
    reader = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal words
        if name.rpartition(" ")[2] == "citekey":
            words = []
            keys.extend(attributes.get("members", "").split(","))

    def end(name: str) -> None:
        nonlocal words
        if words is not None and name.rpartition(" ")[2] == "citekey":
            keys.append("".join(words))
            words = None

    def characters(part: str) -> None:
        if words is not None:
            words.append(part)

    def refuse(*_: object) -> None:
        raise ValueError("it has a document type declaration, which is not supported")

    reader.StartElementHandler, reader.EndElementHandler = start, end
    reader.CharacterDataHandler, reader.StartDoctypeDeclHandler = characters, refuse
    try:
        reader.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return _in_order(list(enumerate(keys)))


def citations_in_tex(text: str) -> Citations:
    r"""The citations of a LaTeX source: every command with "cite" in its name, with several groups for ``\cites``."""
    source = _without_verbatim(_VERB.sub("", _COMMENT.sub(r"\1", text)))
    found = [*_cite_commands(source)]
    names = ((match.start(), (match[1] or match[2]).strip()) for match in _TEX_INCLUDED.finditer(source))
    return _in_order(found + [(at, Included(name)) for at, name in names if name and "#" not in name])


def citations_in_markdown(text: str) -> Citations:
    """The citations of a Markdown source for pandoc or Quarto: ``@key``, ``@{key}``, and LaTeX commands."""
    source = _CODE.sub("", text)
    found = [
        (match.start(), match["braced"] or match["all"] or match["key"])
        for match in _MARKDOWN_KEY.finditer(source)
        if not (match["key"] and _CROSS_REFERENCE.match(match["key"]))
    ]
    return _in_order([*found, *_cite_commands(source)])


READERS: Mapping[str, Callable[[str], Citations]] = {
    ".aux": citations_in_aux,
    ".bcf": citations_in_bcf,
    ".tex": citations_in_tex,
    ".ltx": citations_in_tex,
    ".md": citations_in_markdown,
    ".markdown": citations_in_markdown,
    ".qmd": citations_in_markdown,
    ".rmd": citations_in_markdown,
}


def _without_verbatim(source: str) -> str:
    """The source without its verbatim environments; one that does not end goes on to the end."""
    kept: list[str] = []
    at = 0
    while (begin := _VERBATIM.search(source, at)) is not None:
        kept.append(source[at : begin.start()])
        end = source.find(f"\\end{{{begin[1]}}}", begin.end())
        at = len(source) if end < 0 else end
    return "".join([*kept, source[at:]])


def _cite_commands(source: str) -> Iterator[tuple[int, str]]:
    """Each argument of a citing command, and where the command is."""
    for command in _TEX_COMMAND.finditer(source):
        if _NO_CITATION.match(command["name"]):
            continue
        several = command["name"].casefold().endswith("cites")
        at, more = command.end(), True
        while more:
            while optional := _OPTIONAL.match(source, at):
                at = optional.end()
            group = _GROUP.match(source, at)
            if group is None:
                break
            yield command.start(), group[1]
            at, more = group.end(), several


def _in_order(found: list[tuple[int, str]]) -> Citations:
    """The single keys of lists of keys by their places, each once, without what cannot be a key of a paper."""
    parts: dict[str, None] = {}
    for _, text in sorted(found, key=lambda each: each[0]):
        if isinstance(text, Included):
            parts[text] = None
            continue
        keys = (key.strip() for key in text.split(","))
        parts |= {key: None for key in keys if key and writable_key(key) == key and not _CONTROL.fullmatch(key)}
    return tuple(parts)
