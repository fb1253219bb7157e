"""Unknown LaTeX commands: how they are displayed, and which may be exported as they are."""

from __future__ import annotations

import pytest

from tui.latex.decode import decode_latex, kept_commands
from tui.latex.syntax import command_names
from tui.latex.unknown_commands import is_writable, render_command


def test_unknown_commands_are_named_wherever_they_are() -> None:
    assert kept_commands(r"\nosuch{a} and {\other b} \emph{c}") == {"nosuch", "other"}
    assert kept_commands(r"\emph{a} {\bf b}") == kept_commands("plain") == frozenset()


@pytest.mark.parametrize(
    ("name", "groups", "text"),
    [
        ("enquote", ["so"], "“so”"),
        ("footnote", ["aside"], " (aside)"),
        ("citep", ["key"], "[key]"),
        ("label", ["x"], ""),
        ("ce", ["A <=> B -> C"], "A ⇌ B → C"),
        ("SI", ["5", "\\kilo\\metre"], "5\u00a0km"),
        ("SI", ["5"], "5"),
        ("qty", ["\\metre"], "\\metre"),
        ("si", ["\\metre\\per\\second"], "m/s"),
        ("unit", ["\\nosuch"], "nosuch"),
        ("ang", ["30"], "30°"),
        ("href", ["https://a.example", "shown"], "shown"),
        ("foo", ["one", "two"], "one two"),
    ],
)
def test_a_command_is_displayed_as_it_would_be_printed(name: str, groups: list[str], text: str) -> None:
    assert render_command(name, groups) == text


@pytest.mark.parametrize(
    ("command", "writable"),
    [
        ("\\foo{bar}", True),
        ("\\foo[option]{bar}", True),
        ("\\url{https://a.example/x#y%20z}", True),
        ("\\url{https://a.example}{a % comment}", False),
        ("\\foo{50% of it}", False),
        ("\\foo{a # b}", False),
        ("\\foo{two\nlines}", False),
        ("\\foo{^^41}", False),
        ("\\input{/etc/passwd}", False),
        ("\\foo{\\write18{id}}", False),
        ("\\foo{$x$}", True),
        ("\\foo{$x}", False),
        ("\\foo{a}}", False),
        ("\\foo{a", False),
        ("\\foo{\\{}", False),
        ("\\foo" + "{" * 20 + "}" * 20, True),
        ("\\foo" + "{" * 21 + "}" * 21, False),
    ],
)
def test_only_a_harmless_and_balanced_command_is_exported_as_it_is(command: str, writable: bool) -> None:
    assert is_writable(command) is writable


def test_the_names_of_commands() -> None:
    assert command_names("a \\foo{\\bar*{x}} \\% \\1") == {"foo", "bar"}
    assert command_names("plain") == frozenset()


@pytest.mark.parametrize(
    ("latex", "stored", "kept"),
    [
        (r"\enquote{\"a b} \"o", r"\enquote{\"a b} ö", {"enquote"}),
        (r"\nosuch{\alpha}{\"o}", r"\nosuch{\alpha}{\"o}", {"nosuch"}),
        (r"\textsuperscript{\"a}", r"\textsuperscript{ä}", set()),
    ],
)
def test_an_unknown_command_is_stored_with_its_arguments_as_written(latex: str, stored: str, kept: set[str]) -> None:
    assert decode_latex(latex, groups=True) == stored
    assert kept_commands(latex) == kept
