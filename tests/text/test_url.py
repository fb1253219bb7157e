"""What a link really names: an address of the web in ASCII, or none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.ascii_url import real_host, shows_host, to_ascii_url

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
def test_a_url_is_converted_to_ascii(link: str, address: str) -> None:
    assert to_ascii_url(link) == address


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/share", "\\\\host\\share", "../x", "-option",
        "$(id)", "ftp://example.org", "http\u017f://example.org", "https://", "https:///x", "https://a b.example/",
        "https://a\x00b/", "https://a'b/", "", "example.org",
    ],
)  # fmt: skip
def test_other_links_give_none(link: str) -> None:
    assert to_ascii_url(link) is None


@given(st.one_of(ODD, ODD.map("https://".__add__), ODD.map("http://a.b".__add__)))
def test_a_url_holds_safe_characters_only(link: str) -> None:
    address = to_ascii_url(link)
    assert address is None or re.fullmatch(r"https?://[!-~]+", address)


@pytest.mark.parametrize(
    ("link", "host", "shown"),
    [
        ("https://example.org/a?b=//evil.example", "example.org", True),
        (" HTTP://Example.ORG:8080/x@y", "example.org", True),
        ("https://xn--pple-43d.com/", "xn--pple-43d.com", True),
        ("https://[::1]:80/", "[::1]", True),
        ("https://127.0.0.1/", "127.0.0.1", True),
        ("https://аpple.com/x", "xn--pple-43d.com", False),
        ("https://аpple.com?//xn--pple-43d.com", "xn--pple-43d.com", False),
        ("https://example.org。evil.example/", "example.org.evil.example", False),
        ("https://goo\u200bd.example/", "good.example", False),
        ("https://evil.example@evil.example/", "evil.example", False),
        ("https://@evil.example/", "evil.example", False),
        ("https://a:b@evil.example:1/?//evil.example", "evil.example", False),
        ("https://good.example\\@evil.example/", "good.example", False),
        ("https://2130706433/", "127.0.0.1", False),
        ("https://0x7f.0.0.1:80/", "127.0.0.1", False),
        ("https://0177.1./", "127.0.0.1", False),
    ],
)
def test_whether_a_link_shows_its_host(link: str, host: str, shown: bool) -> None:
    address = to_ascii_url(link)
    assert address is not None
    assert real_host(address) == host
    assert shows_host(link, address) is shown


@given(st.text(alphabet="/?#@:\\.ax-", max_size=20), st.sampled_from("/?#"))
def test_the_path_does_not_affect_the_host(rest: str, mark: str) -> None:
    link = f"https://user@evil.example{mark}{rest}//evil.example"
    address = to_ascii_url(link)
    assert address is not None
    assert real_host(address) == "evil.example"
    assert not shows_host(link, address)
