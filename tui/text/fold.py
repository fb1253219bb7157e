r"""Folding: one spelling for texts that people consider equal.

Case, accents, ligatures, dashes, quotation marks and LaTeX commands are folded, so that ``Schrodinger``,
``Schrödinger`` and ``Schr\"{o}dinger`` find each other. For comparison only; folded text is never shown.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that NFKD does not decompose; it does decompose accents and the ff/fi/fl ligatures.
_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
        "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    }
)  # fmt: skip
# How people type Greek letters and formula characters in a search.
_TYPED_NAMES = str.maketrans(
    dict(
        zip(
            "αβγδεζηθικλμνξοπρστυφχψω×",
            ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
             "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "x"),
            strict=True,
        )
    )
)  # fmt: skip
_LATEX_LETTERS = {"ss": "ss", "ae": "ae", "oe": "oe", "o": "o", "l": "l", "aa": "a", "i": "i", "j": "j", "ell": "l"}
_LATEX_ACCENT = re.compile(r"""\\(?:[`'^"~=.]\s*|[uvHtcdbrk](?![a-zA-Z])\s*)\{?\\?([a-zA-Z])\}?""")
_LATEX_LETTER = re.compile(r"\\(ss|ae|oe|aa|ell|o|l|i|j)(?![a-zA-Z])\s*(?:\{\})?", re.IGNORECASE | re.ASCII)
# Font commands are removed; names of characters (``\alpha``) stay.
_LATEX_STYLE = re.compile(
    r"\\(?:emph|text(?:bf|it|md|rm|sc|sf|sl|tt|up)?|math(?:bb|bf|cal|frak|it|rm|sf|tt)|bm|boldsymbol|mbox)(?![a-zA-Z])\*?\s*"
)
_LATEX_COMMAND = re.compile(r"\\(?:var(?=epsilon|theta|phi|rho|sigma|pi))?([a-zA-Z]+)\*?")
_LATEX_ESCAPED = re.compile(r"\\([&%#_$ ,;!{}\\-])")
_LATEX_DASH = re.compile("--+")
_LATEX_SYNTAX = str.maketrans("", "", "{}$\\")
# Compatibility forms that NFKD would turn into LaTeX syntax only after that was removed.
_WIDE_TO_ASCII = str.maketrans("﹛﹜｛｝﹩＄﹨＼", "{}{}$$\\\\")
_WIDE = re.compile("[﹛﹜｛｝﹩＄﹨＼]")
_NON_ASCII = re.compile("[^\\x00-\\x7f]+")


def fold(text: str) -> str:
    """Return the text folded for comparison.

    Folding twice gives the same as folding once.

    Args:
        text: any text; LaTeX in it is reduced to the letters it stands for.
    """
    if not text.isascii() and _WIDE.search(text):
        text = text.translate(_WIDE_TO_ASCII)
    if "\\" in text or "$" in text or "{" in text:
        text = _strip_latex(text)
    text = text.lower()
    # Each character folds by itself, and most texts hold few that are not ASCII.
    text = text if text.isascii() else _NON_ASCII.sub(_fold_match, text)
    return _normalise_punctuation(text) if "--" in text or "''" in text or "`" in text else text


def fold_for_search(text: str) -> str:
    """Return the text folded, with Greek letters spelled out: ``α`` and ``alpha`` are equal.

    Used on search terms and searched texts; similarity of papers and names of tags use ``fold``.
    """
    plain = fold(text)
    return plain if plain.isascii() else plain.translate(_TYPED_NAMES)


def _normalise_punctuation(text: str) -> str:
    """Replace dashes and quotation marks as typed in LaTeX."""
    return _LATEX_DASH.sub("-", text).replace("`", "'").replace("''", '"')


def _fold_match(found: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", found[0].casefold().translate(_LETTERS))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return plain.casefold().translate(_LETTERS)


def _strip_latex(text: str) -> str:
    text = _LATEX_ACCENT.sub(r"\1", text)
    text = _LATEX_LETTER.sub(lambda found: _LATEX_LETTERS[found[1].lower()], text)
    text = _LATEX_ESCAPED.sub(lambda found: found[1] if found[1] not in "{}\\,;!-" else "", text)
    text = _LATEX_STYLE.sub("", text)
    text = _LATEX_COMMAND.sub(r"\1", text)
    return text.translate(_LATEX_SYNTAX)
