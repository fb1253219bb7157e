from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.latex.display_text import display_text
from tui.latex.syntax import brace_pairs

READ = [
    (r"$\alpha$", "α"),
    (r"$x^2$", "x²"),
    (r"\emph{x}", "x"),
    (
        r"Schr\"{o}dinger, G\"odel, Erd\H{o}s, {\'E}mile, Fran{\c c}ois, \v{S}koda",
        "Schrödinger, Gödel, Erdős, Émile, François, Škoda",
    ),
    (r"\'{\i} \'\i stra\ss e \O{}re", "í í straße Øre"),
    ("``x'' and `y'", "“x” and ‘y’"),
    ("a -- b, 2--3, c---d", "a – b, 2–3, c—d"),
    ("Figure~1", "Figure\u00a01"),
    (r"$\mathbb{R}^d$", "ℝᵈ"),
    (r"$\mathcal{O}(n^{\log n})$, $\tilde{O}(\epsilon^{-2})$", "𝒪(n^(log n)), Õ(ε⁻²)"),
    (r"1024\times1024", "1024×1024"),
    (r"$3 \times 3$ $3\times3$", "3 × 3 3×3"),
    (r"95\% and $49.7\%$ \& \$5 \#1 a\_b \{x\}", "95% and 49.7% & $5 #1 a_b {x}"),
    (r"\(W\) and \(\Delta W\) and \[x\] and $$y$$", "W and ΔW and x and y"),
    (r"{\it vs.} high", "vs. high"),
    ("10^{160} and 10^-5 and x_{i}", "10¹⁶⁰ and 10⁻⁵ and xᵢ"),
    (r"$\ell_0$, $x_{\theta}$, $\mathbf{x}_t^{i+1}$", "ℓ₀, x_θ, xₜⁱ⁺¹"),
    (r"$A^\top B$, $\|x\|_2$", "AᵀB, ‖x‖₂"),
    (r"$\frac{1}{2}$ $\frac{a+b}{c}$ $\sqrt{n}$ $\sqrt{ab+c}$", "1/2 (a+b)/c √n √(ab+c)"),
    (r"$f: \mathcal{X} \to \mathcal{Y}$", "f: 𝒳 → 𝒴"),
    (r"$\text{softmax}(x) \leq \operatorname{KL}$", "softmax(x) ≤ KL"),
    (r"\alpha-divergence", "α-divergence"),
    (r"\textbf{a \emph{b}} \texttt{c}", "a b c"),
    (r"H\textsubscript{2}O", "H₂O"),
    (r"\foo{x} \bar[o]{a \emph{b}}{c} \baz*{d}", "x a b c d"),
    (r"On \enquote{Weirs} and \mkbibquote{Stra\ss e}", "On “Weirs” and “Straße”"),
    (r"see \href{https://x.org/a_b}{the page}, \textcolor{red}{now}", "see the page, now"),
    (r"Mills\footnote{Paid by \emph{X}} \cite{a1}", "Mills (Paid by X) [a1]"),
    (
        r"\ce{CO2} at \SI{5}{\micro\meter}, \qty{3}{\kilo\gram\per\second}, \ang{30}, \si{\ohm}",
        "CO2 at 5\u00a0µm, 3\u00a0kg/s, 30°, Ω",
    ),
    (r"$\SI{2}{\nano\metre} < \ensuremath{\alpha}$", "2\u00a0nm < α"),
]
UNCHANGED = [
    *("", "plain text", "costs $5 and $10", "($5)-($6)", "snake_case and ~10x (~100 ms)", "a --flag", "--json"),
    *(
        r"\foo x",
        r"$\foo{x}$",
        r"\input{/etc/passwd}",
        r"\foo{x",
        r"\write18{x}",
        r"\\server\share",
        r"C:\new\folder",
        "`code` and ``code``",
        "-->",
        "<!-- x",
        "---",
    ),
    *("$", "\\", "{", "}", "^", "_", "x^", "x^{", "$x", "\\(", "{{{", r"\emph{", r"\v", "$$", r"$\begin{x}\end{x}$"),
    *("a | b", "KV {cache}", "{a, b}", "C++ & C#", "100%", "^", "$a & b$", "$x^$", r"$\frac{1}$"),
]


@pytest.mark.parametrize(("text", "shown"), READ)
def test_simple_latex_is_converted(text: str, shown: str) -> None:
    assert display_text(text) == shown


@pytest.mark.parametrize("text", UNCHANGED)
def test_what_is_not_understood_stays(text: str) -> None:
    assert display_text(text) == text


@given(st.text(st.characters(exclude_characters="\\$^_{~`-"), max_size=100))
@examples(200)
def test_text_without_latex_stays(text: str) -> None:
    assert display_text(text) == text


_PIECES = st.sampled_from(
    [
        *"$\\{}^_~`'-ab1 \n",
        r"\emph{",
        r"\(",
        r"\)",
        r"\alpha",
        r"\frac",
        r"\mathbb",
        r"\"",
        r"\c ",
        "``",
        "''",
        "--",
        "{}",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
@examples(500)
def test_any_text_is_converted_and_its_letters_stay(text: str) -> None:
    shown = display_text(f"<{text}>")
    assert shown[0] == "<"
    assert shown[-1] == ">"
    assert len(shown) <= 2 * len(text) + 2


@pytest.mark.parametrize(
    "text",
    [
        "{" * 200_000, r"\emph{" * 40_000, "x^{" * 50_000 + "}" * 50_000, "$a" * 100_000, r"\(" * 100_000,
        "x_{" * 3000 + r"\bad" + "}" * 3000, "`a" * 100_000, "``" * 100_000, r"\frac{" * 30_000,
    ],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_deep_and_long_texts_are_converted_in_time(text: str) -> None:
    assert display_text(text)[-1] == text[-1]


@pytest.mark.parametrize("command", [r"\foo{", r"\emph{", r"{\em "])
def test_commands_inside_one_another_are_converted_up_to_twenty(command: str) -> None:
    assert display_text(command * 20 + "x" + "}" * 20) == "x"
    assert display_text(command * 21 + "x" + "}" * 21) == f"{command}x}}"


def test_the_end_of_a_long_text_stays_unchanged() -> None:
    text = r"\emph{x} " * 5000
    shown = display_text(text)
    assert shown.startswith("x x x ")
    assert shown.endswith(text[20_000:])


def test_braces_pair_from_the_inside_and_escaped_ones_are_skipped() -> None:
    assert brace_pairs(r"{a{b}\}}}") == {0: 7, 2: 4}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"\alpha{}beta", "αbeta"),
        (r"\alpha{b}", "α{b}"),
        (r"\alpha(b)", "α(b)"),
        (r"\beta{}{}x", "β{}x"),
        (r"\ss{}x", "ßx"),
        (r"Stra\ss e", "Straße"),
        (r"\dag", "†"),
    ],
)
def test_no_letter_after_a_symbol_is_lost(text: str, read: str) -> None:
    assert display_text(text) == read
