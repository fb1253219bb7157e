"""What a link really names: an address of the web in ASCII, or none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.address import uri

ODD = st.text(alphabet="ab.:/@?#[]%\\ -\x00\x1b\n\u202e\ud800аéß。ſ１\u200b\u0301'\"`$(){}<>|&;", max_size=20)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTPS://Example.ORG", "https://example.org"),
        (" https://example.org/ \n", "https://example.org/"),
        ("https://аpple.com/x", "https://xn--pple-43d.com/x"),
        ("https://пример.рф:8080/п?q=ä", "https://xn--e1afmkfd.xn--p1ai:8080/%D0%BF?q=%C3%A4"),
        ("https://bücher。example/", "https://xn--bcher-kva.example/"),
        ("https://example.org/a b\x1b[31m\x00", "https://example.org/a%20b%1B[31m%00"),
        ("https://evil.example\\@good.example/", "https://evil.example/@good.example/"),
        ("https://[::1]:80/", "https://[::1]:80/"),
    ],
)
def test_an_address_is_written_in_ascii(link: str, address: str) -> None:
    assert uri(link) == address


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/share", "\\\\host\\share", "../x", "-option",
        "$(id)", "ftp://example.org", "http\u017f://example.org", "https://", "https:///x", "https://a b.example/",
        "https://a\x00b/", "https://a'b/", "", "example.org",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_none(link: str) -> None:
    assert uri(link) is None


@given(st.one_of(ODD, ODD.map("https://".__add__), ODD.map("http://a.b".__add__)))
def test_an_address_holds_nothing_odd(link: str) -> None:
    address = uri(link)
    assert address is None or re.fullmatch(r"https?://[!-~]+", address)
