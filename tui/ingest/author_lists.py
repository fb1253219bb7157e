"""Split author lists as people type them, where a format expects names joined by ``and``.

Handles semicolons, ampersands, commas, lines, initials after the family name, degrees, ORCIDs and ``et al.``. Splits
only where both sides look like names of people; organisations and doubtful cases stay whole.
"""

from __future__ import annotations

import re

from tui.bibtex.syntax import split_outside
from tui.model.author_name import parse_name
from tui.model.display_names import is_balanced

_ID = r"(?:orcid(?:\s*id)?\s*[:=]?\s*)?(?:https?://(?:www\.)?orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]"
# Compiled when they are first used, as all patterns that most bibliographies do not need.
_ORCID = (
    rf"(?i)[\s,]{{0,3}}(?:\(\s*{_ID}\s*\)|\[\s*{_ID}\s*\]|\\orcid\w*\s*\{{\s*{_ID}\s*\}}|\{{\s*{_ID}\s*\}}|<\s*{_ID}\s*>"
    rf"|(?<!\d){_ID})"
    r"(?:\\orcid\w*(?:\{\})?)?"
)
_ET_AL = (
    r"(?i)(?:\A|[\s,;~{(\[])[\s,;~{(\[]*(?:\\(?:textit|textsl|emph|it|em|sl)(?![a-z])\s*\{?\s*)?(?:and\s+)?"
    r"(?:et\b[.\s~\\]*al(?:ii|ia|\.)?|(?-i:u\.\s?a\.)|(?:and|y) (?:others|otros)|et autres|e outros"
    r"|и\s+(?:др|соавт)\.?|等人?)"
    r"[\s.,;~})\]]*\Z|(?<=[\u4e00-\u9fff])\s?等人?\Z"
)
# The semicolon of an HTML entity is not a separator.
_BRACE_OR_SEMICOLON = re.compile(r"[{}]|(?:\\?&\s?)?\\?#\d{1,6};|\\?&\w{1,8};|\\;|(;)")
_BRACE_OR_AMPERSAND = re.compile(r"[{}]|,?\s(?:\\&|&amp;|&)(?=\s)")
_BRACE_OR_COMMA = re.compile(r"[{},]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,4}\Z")
_DOTTED_LAST = re.compile(r"([^\W\d_][\w'’-]{2,}) ((?:[^\W\d_]\.-?\s?){1,4})\Z")  # Smith J. A.
_CAPITALS = re.compile(r"[^\W\d_](?:-?[^\W\d_]){0,3}\Z")
_ROMAN = re.compile(r"I{2,3}|IV|VI*")
_VOWELS = frozenset("AEIOUYÄÖÜÅØÉÈÓÁÍ")
# Short family names that look like initials.
_SHORT_FAMILIES = frozenset(
    """
    ABE AI AN AO BAI BAO BI BO CAI CAO CHA CHE CHO CUI DAI DAO DAS DEY DO DU EO FAN FU GAO GE GU GUO HA HAN HE HO
    HOU HU ITO JIA JIN KAI KIM KO LAI LAM LAU LE LEE LEI LI LIM LIN LIU LO LU LUO LY MA MAI MAO MEI MO NA NI NIE
    ODA OH OU PAN PEI QI QIN QIU QU RAO RAY REN ROY RU SAI SEN SHA SHE SHI SO SU SUI SUN TAI TAN TAO TU UM VAN VO
    WAN WEI WU XI XIA XIE XIN XU XUE YAN YAO YE YI YIN YOO YOU YU YUE ZHA ZHU ZOU ZU
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
# Without dots, in lower case. The sure ones are never initials or a given name (``Rahman, Md``).
_SURE_DEGREES = frozenset(
    ("phd", "dphil", "msc", "bsc", "mph", "mbbs", "mbchb", "drph", "pharmd", "psyd", "dvm", "drmed")
)
_DEGREES = _SURE_DEGREES | frozenset(
    """
    ba bds bs bsn dds dmd dnp do dsc edd esq facc facp facs frcp frcpc frcs jd llb llm ma mba md meng mfa mhs mphil
    mrcp ms msn msph pe pmp rn scd
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_SURE_DEGREE_LAST = re.compile(
    r"[\s,]+(?:Ph\.?\s?D\.?|D\.?\s?Phil\.?|M\.?Sc\.?|B\.?Sc\.?|MPH|MBBS|DrPH|PharmD|DVM|Psy\.?D\.?)\Z"
)
_DOCTOR_LAST = re.compile(r"[\s,]+(?:M\.\s?D\.|MD)\Z")
_HOMONYM = re.compile(r"\s+0\d{3}(?=\s*(?:,|\Z))")
_MENTION_OF_OTHERS = re.compile(
    r"\bet\b|\b(?-i:u\.\s?a\.)|others|otros|autres|outros|и\s+(?:др|соавт)|等", re.IGNORECASE
)
_ET_AL_LIMIT = 60
_MOST_WORDS = 5
_LEAST_LINES = 3


def without_orcid(text: str) -> str:
    """The text without ORCIDs."""
    return re.sub(_ORCID, "", text) if "-" in text and re.search(r"\d{4}-\d{4}-", text) else text


def mentions_et_al(text: str) -> bool:
    """Quick check whether a list may contain a form of "et al."; most do not."""
    return _MENTION_OF_OTHERS.search(text) is not None


def without_et_al(name: str) -> tuple[str, bool]:
    """Strip a trailing ``et al.`` and report whether there was one; a comma before it stays."""
    if name == "others" or not mentions_et_al(name):  # the common cases; the first is a name of its own
        return name, False
    found = re.compile(_ET_AL).search(name, max(0, len(name) - _ET_AL_LIMIT))
    if found is None or not is_balanced(rest := name[: found.start()].rstrip(" ,;~")):
        return name, False
    return f"{rest}," if rest and "," in name[len(rest) : found.end()] else rest, True


def without_degrees(name: str) -> str:
    """Strip degrees (``Smith, John, PhD``) and the number DBLP adds to homonyms."""
    if name[-1:].islower() and name.count(",") < 2 and " 0" not in name:
        return name  # the common case
    name = _HOMONYM.sub("", name)
    last = _SURE_DEGREE_LAST
    while len(name.split()) > 2 and (found := last.search(name) or _SURE_DEGREE_LAST.search(name)) is not None:
        name, last = name[: found.start()], _DOCTOR_LAST  # only a degree can precede another degree
    parts = [part.strip() for part in split_outside(name, _BRACE_OR_COMMA)]
    if len(parts) < 3:
        return name
    given = [re.sub(r"[.\s]", "", part).lower() for part in parts]
    kept = [part for index, part in enumerate(parts) if index < 2 or given[index] not in _DEGREES]
    if len(kept) > 2 and given[1] in _SURE_DEGREES:
        del kept[1]
    return ", ".join(kept)


def names_in(name: str, *, followed: bool = False) -> list[str]:
    """Split what should be one name, if it holds several.

    Args:
        name: a single line; braces protect their contents.
        followed: whether another name follows after ``and``.
    """
    commas = name.count(",")
    if ";" not in name and "&" not in name and _is_simple(name, commas):
        return [name]  # the common case
    found = [part for piece in _split_semicolons(name) for part in _split_ampersands(piece)]
    last = len(found) - 1
    # If the last name is Given Family, all of them are.
    natural = last > 0 and "&" in name and all(map(_is_natural, _pieces(found)))
    listed = [
        _split_commas(f"{part}," if natural and index < last else part, followed=followed or index < last)
        for index, part in enumerate(found)
    ]
    return [part for parts in listed for part in parts]


def _is_simple(name: str, commas: int) -> bool:
    given = name.partition(",")[2].strip()
    return not commas or (commas == 1 and given != "" and (" " not in given or name[-1].islower()))


def names_by_line(text: str) -> list[str]:
    """The names of a list with one name per line; empty if it is not such a list."""
    rows = [row.strip(" \t;") for row in text.split("\n")]
    rows = [row for row in rows if row]
    if len(rows) < 2 or any(row.endswith(",") for row in rows) or not all(map(is_balanced, rows)):
        return []
    commas = [row.count(",") for row in rows]
    if all(count == 1 for count in commas) and all(map(_is_person, rows)):
        return rows
    natural = len(rows) >= _LEAST_LINES and not any(commas) and all(map(_is_natural, rows))
    return rows if natural else []


def initials_last(names: list[str]) -> list[str]:
    """Rewrite ``Family JA`` as ``Family, J. A.`` if all names have that form."""
    found: list[tuple[str, str, str]] = []
    for name in names:
        if (parts := _split_initials(name)) is None:
            return names
        found.append(parts)
    if not found:
        return names
    sure = any(len(short) == 1 or short not in _SHORT_FAMILIES for _, short, _ in found)
    return (
        [", ".join(filter(None, (family, rest, _dot_initials(short)))) for family, short, rest in found]
        if sure
        else names
    )


def _split_semicolons(name: str) -> list[str]:
    if ";" not in name:
        return [name]
    parts = [part.strip() for part in split_outside(name, _BRACE_OR_SEMICOLON)]
    if any(part.startswith(",") for part in parts):
        return [name]
    return [re.sub(r"\A(?:and|&|\\&)\s", "", part).strip() for part in parts if part]


def _split_ampersands(name: str) -> list[str]:
    if "&" not in name:
        return [name]
    parts = [part.strip() for part in split_outside(name, _BRACE_OR_AMPERSAND)]
    return parts if len(parts) > 1 and all(map(_holds_person, parts)) else [name]


def _split_commas(name: str, *, followed: bool) -> list[str]:
    """Split a comma-separated list of names; a single name stays whole."""
    if "," not in name:
        return [name]
    parts = [part.strip() for part in split_outside(name, _BRACE_OR_COMMA)]
    closed = followed and not parts[-1]  # a comma before "and"
    parts = [part for part in parts if part] if closed else parts
    if not all(parts):
        return [name]
    if len(parts) > 1 and all(map(_split_initials, parts)):
        return parts
    pairs = len(parts) % 2 == 0 and (len(parts) > 2 or closed)
    if pairs and all(map(_INITIALS.match, parts[1::2])) and not any(map(_INITIALS.match, parts[::2])):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if (len(parts) > 2 or closed) and all(map(_is_natural, parts)):
        return parts
    return [", ".join(parts)] if closed else [name]


def _pieces(names: list[str]) -> list[str]:
    return [piece.strip() for name in names for piece in name.rstrip(", ").split(",")]


def _is_natural(name: str) -> bool:
    """Whether a name is a person's ``Given Family``, in full or with leading initials."""
    words = name.split()
    if not 2 <= len(words) <= _MOST_WORDS or "," in name or not name[0].isupper():
        return False
    return (
        bool(parse_name(name).given)
        and words[-1].strip("{}\\'\"^`~=.")[:1].isupper()
        and len(words[-1].rstrip(".")) > 1
    )


def _is_person(name: str) -> bool:
    return bool(parse_name(name).given)


def _holds_person(name: str) -> bool:
    """Whether a part holds one or more persons rather than a company; a single word does not."""
    bare = name.rstrip(", ")
    parts = [part.strip() for part in bare.split(",")]
    if len(parts) == 1:
        return _split_initials(bare) is not None or _is_natural(bare)
    if len(parts) > 2:
        return len(_split_commas(bare, followed=True)) > 1
    return _is_person(bare)


def _split_initials(name: str) -> tuple[str, str, str] | None:
    """Family name, initials and suffix of a name of the form ``Family JA``, or None."""
    if (found := _DOTTED_LAST.match(name)) is not None:
        return found[1], re.sub(r"[.\s]", "", found[2]), ""
    words = name.split()
    rest = ""
    if len(words) > 2 and re.fullmatch(r"[JS]r\.?|[23]rd|2nd|I{2,3}", words[-1]):
        rest = words.pop()
    if not 2 <= len(words) <= _MOST_WORDS:
        return None
    *family, short = words
    if not _CAPITALS.match(short) or not short.isupper() or _ROMAN.fullmatch(short):
        return None
    # Scripts without capitals have no initials, and a family name is longer than initials.
    if any("." in word or "," in word or len(word) < 2 for word in family) or not family[-1][0].isupper():
        return None
    if any(len(word) < 4 and word.isupper() for word in family):
        return None
    return " ".join(family), short, rest


def _dot_initials(short: str) -> str:
    """``JA`` as ``J. A.``, and ``J-P`` as ``J.-P.``."""
    return "-".join(" ".join(f"{letter}." for letter in part) for part in short.split("-"))
