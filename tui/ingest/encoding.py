"""Decode files: UTF-8, the encoding of a byte order mark or of the user, else a guess with a warning.

Languages in Latin letters are recognised by their alphabets, since there are few bytes above 127; Cyrillic by its
most frequent letters; the rest is left to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

from tui.errors import BadInputError, UsageError

_SAVE = "save the file again as UTF-8"
_NAME_IT = "if characters look wrong, import the file with --encoding NAME or save it as UTF-8"
# UTF-32 first: its little-endian mark starts with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN = {
    "cp1252": "äöüß éèêëàâçùûîïôœæÿ áéíóúñü ãõáâàéêíóôúç åäöæøé áðéíóúýþæö àèéìòùóíú ëïéèüöá",
    "cp1250": "áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű ăâîşţ čćđšž äöüßéó",
    "iso8859_2": "áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű ăâîşţ čćđšž äöüßéó",
    "cp1254": "çğıi̇öşüâî",
    "cp1257": "ąčęėįšųūž āčēģīķļņšūž äöõüšž",
    "mac_roman": "äöüß éèêëàâçùûîïôœæÿ áéíóúñü ãõáâàéêíóôúç åäöæøé",
    "cp850": "äöüß éèêëàâçùûîïôæÿ áéíóúñü ãõáâàéêíóôúç åäöæøé",
}
_OTHERS = (
    *("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874"),
    *("gb18030", "big5", "big5hkscs", "cp932", "euc_jp", "cp949", "euc_kr"),
)
_CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
_FREQUENT = frozenset("оеаинтсрвлкдумі")
_FREQUENT_SHARE = 0.5
# Turkish letters have the code points of Icelandic ones in Western encodings.
_TURKISH_AS_WESTERN = re.compile("[ýþð]")
_ICELANDIC = re.compile("[áíóéúæ]")
_JAPANESE = ("euc_jp", "cp932")
_NAMES = {
    "mac_roman": "Mac Roman",
    "koi8_r": "KOI8-R",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "gb18030": "GB18030",
    "iso8859_2": "ISO-8859-2",
}
_HIGH_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_HIGH = re.compile(rb"[\x80-\xff]")
_KANA = re.compile(r"[\u3041-\u30fe]")
_LETTERS = re.compile(r"[^\W\d_]+")
_CAPITAL_INSIDE = re.compile(r"[a-zß-öø-ÿ][À-ÖØ-ÞŁŚŠŤŽŹŻ]")
_LEAST_HIGH = 4
_FOREIGN_SHARE = 0.6  # of the bytes of words that have any above 127
_SAMPLE_SIZE = 200_000  # bytes


class Decoded(NamedTuple):
    """A decoded text.

    Attributes:
        text: the text.
        reason: what is uncertain about it, or empty.
        hint: what to do about that.
        line: the first line concerned; 0 for the whole text.
        is_utf8: whether the bytes are UTF-8 or have a byte order mark.
    """

    text: str
    reason: str = ""
    hint: str = ""
    line: int = 0
    is_utf8: bool = True


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode bytes.

    Args:
        data: the bytes.
        encoding: the encoding, if known; see ``check_encoding``.

    Raises:
        BadInputError: the bytes are not valid in the given encoding.
    """
    if encoding is not None:
        return _decode_as(data, encoding)
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            try:
                return Decoded(body.decode(marked))
            except UnicodeDecodeError:
                encoding = f"{marked.upper()}, the encoding given by the byte order mark"
                reason = f"some bytes are not valid {encoding}, and were replaced by \ufffd"
                return Decoded(body.decode(marked, "replace"), reason, _SAVE)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
        guess = guess_encoding(data)
        reason = f"the file is not UTF-8 and was read as {encoding_name(guess)} (a guess)"
        return Decoded(data.decode(guess, "replace"), reason, _NAME_IT, line, is_utf8=False)


def check_encoding(name: str) -> str:
    """The normalised name of an encoding.

    Raises:
        UsageError: the encoding is unknown.
    """
    try:
        found = codecs.lookup(name).name
        "".encode(found)
        with suppress(UnicodeDecodeError):
            b"a".decode(found)
    except (LookupError, ValueError):
        hint = "for example utf-8, windows-1250, windows-1251, windows-1252, iso-8859-2, gb18030, shift_jis, koi8-r"
        raise UsageError(f"unknown encoding {name!r}", hint) from None
    return found


def guess_encoding(data: bytes) -> str:
    """The most likely encoding of bytes that are not UTF-8."""
    start = data[:_SAMPLE_SIZE]
    words = _HIGH_WORD.findall(start)
    letters = b"".join(words)
    high = len(_HIGH.findall(letters))
    for encoding in _JAPANESE if high >= _LEAST_HIGH else ():
        if _share_of_kana(data, encoding) > 0.15:
            return encoding
    if high < _LEAST_HIGH or high < _FOREIGN_SHARE * len(letters):
        return _guess_latin(words)
    if cyrillic := _guess_cyrillic(letters):
        return cyrillic
    from charset_normalizer import from_bytes  # noqa: PLC0415 - nearly every file is UTF-8

    for sample in (start, b" ".join(words)):
        best = from_bytes(sample, cp_isolation=list(_OTHERS)).best()
        if best is not None:
            return best.encoding
    return _guess_latin(words)


def encoding_name(encoding: str) -> str:
    """The usual name of an encoding."""
    if encoding in _NAMES:
        return _NAMES[encoding]
    if encoding.startswith("cp12"):
        return f"Windows-{encoding[2:]}"
    return encoding.upper().replace("ISO8859_", "ISO-8859-")


def _decode_as(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        reason = f"the file is not valid {encoding} (line {_line(data, error.start)})"
        raise BadInputError(reason, "specify another encoding, or omit --encoding to have it guessed") from error
    return Decoded(text, is_utf8=codecs.lookup(encoding).name == "utf-8")


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _share_of_kana(data: bytes, encoding: str) -> float:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    foreign = sum(not letter.isascii() for letter in text)
    return len(_KANA.findall(text)) / foreign if foreign else 0.0


def _guess_cyrillic(letters: bytes) -> str | None:
    """The encoding in which nearly all letters are Cyrillic and many of them frequent, or None."""
    best, encoding = _FREQUENT_SHARE, None
    for each in _CYRILLIC:
        text = letters.decode(each, "replace")
        high = [letter for letter in text if not letter.isascii()]
        if sum("\u0400" <= letter <= "\u04ff" for letter in high) < 0.95 * len(high):
            continue
        if (share := sum(letter in _FREQUENT for letter in high) / len(high)) > best:
            best, encoding = share, each
    return encoding


def _guess_latin(words: list[bytes]) -> str:
    """The encoding in which most words fit the alphabet of one language; the first one on a tie."""

    def matching_words(encoding: str) -> int:
        alphabets = [frozenset(letters) for letters in _LATIN[encoding].split()]
        return sum(_fits_an_alphabet(word.decode(encoding, "replace"), alphabets) for word in words[:2000])

    best = max(_LATIN, key=matching_words)
    if best == "cp1252":
        letters = b"".join(words).decode(best, "replace").lower()
        if _TURKISH_AS_WESTERN.search(letters) and not _ICELANDIC.search(letters):
            return "cp1254"
    return best


def _fits_an_alphabet(word: str, alphabets: list[frozenset[str]]) -> bool:
    """Whether all non-ASCII letters of a word are of one alphabet, with no other character between them."""
    parts = _LETTERS.findall(word)
    if len(parts) != 1 or _CAPITAL_INSIDE.search(parts[0]):
        return False
    foreign = {letter for letter in parts[0].lower() if not letter.isascii()}
    return any(foreign <= alphabet for alphabet in alphabets)
