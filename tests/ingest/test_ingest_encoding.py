"""Files that are not UTF-8: decoded by a guess, with a warning, or as the user specifies."""

from __future__ import annotations

import pytest

from tui.errors import BadInputError, UsageError
from tui.ingest.encoding import check_encoding, decode, encoding_name, guess_encoding

ENTRY = "@article{{moor,\n  author = {{{author}}},\n  title = {{{title}}},\n  year = {{2020}}\n}}\n"


@pytest.mark.parametrize(
    ("encoding", "author", "title"),
    [
        ("cp1251", "Рыбаков, Н.", "Гавани северного моря"),
        ("koi8_r", "Рыбаков, Н.", "Гавани северного моря"),
        ("cp1253", "Παπάς, Γ.", "Λιμάνια του βορρά"),
        ("cp1252", "Müller, François", "Élan vital: über die Häfen"),
        ("cp1252", "Ångström, Søren and Muñoz, José", "Hâvres et ports — “essai”"),
        ("cp1250", "Dvořák, Žofie and Łukasz, Świątek", "Přístavy na pobřeží"),
        ("iso8859_2", "Šťastný, Jiří and Wiśniewski, Łukasz", "Přístavy a źródła"),
        ("cp1254", "Yıldız, Işıl", "Gelgitlerin ışığı ve şarkısı"),
        ("gb18030", "陈海", "潮汐与渔村的变迁研究"),
        ("big5", "陳海", "潮汐與漁村的變遷研究"),
        ("cp932", "山田 太郎", "潮汐のニューラルレンダリングについて"),
        ("euc_jp", "山田 太郎", "潮汐のニューラルレンダリングについて"),
        ("cp949", "김민수", "조석의 신경 렌더링에 관한 연구"),
        ("cp1256", "أحمد", "نظرية الأمواج"),
    ],
)
def test_other_encodings_are_guessed_correctly_and_reported(encoding: str, author: str, title: str) -> None:
    text = ENTRY.format(author=author, title=title)
    found = decode(text.encode(encoding))
    assert found.text == text
    assert not found.is_utf8
    assert encoding_name(guess_encoding(text.encode(encoding))) in found.reason
    assert "guess" in found.reason
    assert "--encoding" in found.hint
    assert found.line == 2


def test_a_given_encoding_is_used() -> None:
    text = ENTRY.format(author="כהן, ד", title="תורת הגלים")
    found = decode(text.encode("cp1255"), check_encoding("windows-1255"))
    assert (found.text, found.reason) == (text, "")


def test_bytes_invalid_in_the_given_encoding_are_an_error_with_the_line() -> None:
    with pytest.raises(BadInputError, match="line 2"):
        decode("one\nzwölf".encode("cp1252"), "utf-8")


@pytest.mark.parametrize("name", ["latin-99", "base64", "", "\0"])
def test_an_unknown_encoding_is_a_usage_error(name: str) -> None:
    with pytest.raises(UsageError, match="unknown encoding"):
        check_encoding(name)
