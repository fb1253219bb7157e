"""Author names: parses a printed name into given name, particle, family name and suffix.

Independent of any output format. A name that cannot be parsed is kept whole, as ``literal``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class AuthorName(NamedTuple):
    """One author, in the parts that BibTeX and CSL know.

    Attributes:
        given: given names and initials.
        particle: lower-case words before the family name (``van der``), BibTeX's "von".
        family: family name, including capitalised particles (``Van Gool``).
        suffix: ``Jr.``, ``III``.
        literal: the whole name of an organisation, or a single-word name; the other parts are then empty.
    """

    given: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def surname(self) -> str:
        """The name the author is cited by: ``van der Maaten``, ``Lin``, ``OpenAI``."""
        return self.literal or f"{self.particle} {self.family}".strip()


_LOWER_PARTICLES = frozenset(
    """
    abu af al an auf aus av aw bar ben bin bint binti d d' da dal dall' dalla dalle das de degli dei del dell' della
    delle dello den der des di do dos du e el het i ibn im in 't t' l' la las le lo los op st. st 's s' te ten ter
    thor tho thoe to tot und van vande vander vanden ved vel ver vom von vor y zu zum zur בן אבן בת بن ابن بنت
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_CAPITAL_PARTICLES = frozenset(
    """
    Abu Al Da Dal Dalla De Del Dell' Della Den Der Des Di Dos Du El Ibn La Las Le Les Los Mac Mc Nic Ní Ó St St.
    Saint Ten Ter Uí Van Vande Vanden Vander Vom Von Zu Zum Zur
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_CONJUNCTIONS = frozenset(("y", "e", "i"))
_NEVER_IN_A_NAME = frozenset(("and", "&", "for", "of", "others"))
_SUFFIX = re.compile(r"(?:[Jj]r|[Ss]r|JR|SR)\.?\Z|(?:II|III|IV|2nd|3rd|4th)\Z")
_ORGANISATION = frozenset(
    """
    AI Academy Agency Alliance Association Authors Center Centre Collaboration Committee Community Company Consortium
    Contributors Corp Corporation Council Deepmind DeepMind Department Developers Foundation GmbH Group Inc Initiative
    Institute Institution Lab Laboratories Laboratory Labs Limited Ltd Maintainers Ministry Network Organisation
    Organization Program Programme Project Research School Society Taskforce Team University Working
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)
_OPENING_WORDS = frozenset(("The", "Team", "University", "Institute", "Department", "Ministry", "School", "Academy"))

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = r"\u3040-\u30ff\u31f0-\u31ff"
_HANGUL = r"\uac00-\ud7a3"
# Kept as strings: compiling these wide character classes at every start would take longer than all other patterns
# together, and `re` caches them once the first such name is parsed.
_EAST_ASIAN = rf"[{_HAN}{_KANA}{_HANGUL}]+\Z"
_HAN_THEN_KANA = rf"([{_HAN}]{{1,3}})([{_KANA}]+)\Z"
_FAMILY_FIRST = rf"[{_HAN}{_HANGUL}]+\Z"
_ALL_HAN = rf"[{_HAN}]+\Z"
_TWO_CHARACTER_FAMILIES = frozenset(
    """
    上官 东方 東方 令狐 公孙 公孫 南宫 南宮 司徒 司空 司馬 司马 夏侯 太史 宇文 尉迟 尉遲 慕容 欧阳 歐陽
    独孤 獨孤 申屠 皇甫 端木 西门 西門 諸葛 诸葛 轩辕 軒轅 钟离 鍾離 長孫 长孙 闻人 聞人
    남궁 독고 동방 사공 서문 선우 제갈 황보
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)


@lru_cache(maxsize=8192)
def parse_name(printed: str) -> AuthorName:
    """Parse a printed name.

    Follows BibTeX's rules ("Tame the BeaST", section 11) with a list of particles instead of its "any word in lower
    case", because printed names are often all in lower case. A group in braces is never split.

    Args:
        printed: ``Given Family``, ``Family, Given``, ``Family, Jr., Given`` or the name of an organisation.
    """
    name = " ".join(printed.split())
    if _has_groups(name) and _is_braced(name):
        return AuthorName(literal=name[1:-1].strip() or name)
    parts = [part.strip() for part in _split(name, ",")]
    if len(parts) == 1:
        return _parse_natural_order(name)
    if _is_organisation(_split(name, " ")) or len(parts) > 3 or not parts[0]:
        return AuthorName(literal=name)
    family, *middle, given = parts
    if not middle and _SUFFIX.match(given):
        return _with_suffix(_parse_natural_order(family), given, name)
    if not given and not middle:
        return _parse_natural_order(family)
    words = _split(family, " ")
    if not middle and len(words) > 1 and _SUFFIX.match(words[-1]):
        middle = [words.pop()]
    if not given or (middle and not _is_middle(middle[0])):
        return AuthorName(literal=name)
    particle, last = _split_particle(words)
    if not particle:
        given, particle = _split_trailing_particle(_split(given, " "))
    return AuthorName(given=given, particle=particle, family=last, suffix=" ".join(middle))


def _is_middle(text: str) -> bool:
    """Whether a text can be between family and given name: a suffix, or a title, ``comte d'``."""
    words = text.split()
    return _SUFFIX.match(text) is not None or (len(words) > 1 and words[-1].replace("’", "'") in _LOWER_PARTICLES)


def _parse_natural_order(name: str) -> AuthorName:
    """Parse ``Given particle Family Jr.``."""
    words = _split(name, " ")
    if not name.isascii() and re.match(_EAST_ASIAN, name.replace(" ", "")):
        return _parse_east_asian(words)
    if len(words) < 2 or _is_organisation(words):
        return AuthorName(literal=name)
    if _SUFFIX.match(words[-1]):
        return _with_suffix(_parse_natural_order(" ".join(words[:-1])), words[-1], name)
    start = _family_start(words)
    particle, family = _split_particle(words[start:])
    return AuthorName(given=" ".join(words[:start]), particle=particle, family=family)


def _family_start(words: list[str]) -> int:
    """Index of the first word that belongs to the particle or the family name."""
    last = len(words) - 1
    # If even the family name is in lower case, a first word like "di" is a given name.
    first = 1 if words[last].islower() else 0
    for index in range(first, last):
        word = words[index].replace("’", "'")
        if word in _CONJUNCTIONS:
            if index >= 2:
                return index - 1
        elif word in _LOWER_PARTICLES or (word in _CAPITAL_PARTICLES and index > 0):
            return index
    return last


def _split_particle(words: list[str]) -> tuple[str, str]:
    """Split the particles in lower case from the family name, which keeps at least one word."""
    count = 0
    while count < len(words) - 1 and words[count].replace("’", "'") in _LOWER_PARTICLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _split_trailing_particle(words: list[str]) -> tuple[str, str]:
    """Split ``Laurens van der``, the order of bibliographies that sort by family name alone."""
    start = len(words)
    while start > 1 and words[start - 1].replace("’", "'") in _LOWER_PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _with_suffix(name: AuthorName, suffix: str, whole: str) -> AuthorName:
    if name.literal or not name.given:
        return AuthorName(literal=whole)
    return AuthorName(name.given, name.particle, name.family, suffix)


def _parse_east_asian(words: list[str]) -> AuthorName:
    """Parse a name in Han, Kana or Hangul; the family name is first in all of them."""
    if len(words) == 2:
        return AuthorName(family=words[0], given=words[1])
    name = "".join(words)
    mixed = re.match(_HAN_THEN_KANA, name)
    if mixed:
        return AuthorName(family=mixed[1], given=mixed[2])
    if len(words) > 2 or not 2 <= len(name) <= 4 or not re.match(_FAMILY_FIRST, name):
        return AuthorName(literal=" ".join(words))
    if name[:2] in _TWO_CHARACTER_FAMILIES and len(name) > 2:
        return AuthorName(family=name[:2], given=name[2:])
    # Four Han characters are a Japanese name or a double family name: two and two in both.
    cut = 2 if len(name) == 4 and re.match(_ALL_HAN, name) else 1
    return AuthorName(family=name[:cut], given=name[cut:])


def _is_organisation(words: list[str]) -> bool:
    plain = [word.strip("().,;:") for word in words]
    if len(plain) == 1:
        return False
    if plain[-1] in _ORGANISATION or plain[0] in _OPENING_WORDS or any(word.isdigit() for word in plain):
        return True
    return any(word.casefold() in _NEVER_IN_A_NAME for word in plain)


def _has_groups(name: str) -> bool:
    return "{" in name and "\\{" not in name and "\\}" not in name


def _is_braced(name: str) -> bool:
    """Whether one pair of braces encloses the whole name."""
    if name[0] != "{" or name[-1] != "}" or len(name) < 3:
        return False
    depth = 0
    for index, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return index == len(name) - 1
    return False


def _split(name: str, separator: str) -> list[str]:
    """Split outside braces; unbalanced or escaped braces are ordinary characters."""
    if not _has_groups(name):
        return name.split(separator)
    parts, depth, start = [], 0, 0
    for index, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return name.split(separator)
        if character == separator and depth == 0:
            parts.append(name[start:index])
            start = index + 1
    parts.append(name[start:])
    return parts if depth == 0 else name.split(separator)
