r"""Folding: one spelling for texts that a person takes for the same.

Case, accents, ligatures, dashes, quotation marks and LaTeX marks are folded away, so that ``Schrodinger``,
``Schrödinger`` and ``Schr\"{o}dinger`` find each other. For comparison only; nothing folded is ever shown.
"""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose, but readers do. NFKD takes care of accents and the ff/fi/fl ligatures.
_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
        "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    }
)  # fmt: skip
# How letters and signs of formulas are typed where they are looked for.
_NAMES = str.maketrans(
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
# Commands that change the looks of letters are no letters themselves; names of signs (``\alpha``) stay.
_LATEX_STYLE = re.compile(
    r"\\(?:emph|text(?:bf|it|md|rm|sc|sf|sl|tt|up)?|math(?:bb|bf|cal|frak|it|rm|sf|tt)|bm|boldsymbol|mbox)(?![a-zA-Z])\*?\s*"
)
_LATEX_COMMAND = re.compile(r"\\(?:var(?=epsilon|theta|phi|rho|sigma|pi))?([a-zA-Z]+)\*?")
_LATEX_ESCAPED = re.compile(r"\\([&%#_$ ,;!{}\\-])")
_LATEX_DASH = re.compile("--+")
_LATEX_SIGNS = str.maketrans("", "", "{}$\\")
# Compatibility forms that NFKD would turn into signs of LaTeX only after those were taken away.
_WIDE_SIGNS = str.maketrans("﹛﹜｛｝﹩＄﹨＼", "{}{}$$\\\\")
_WIDE_SIGN = re.compile("[﹛﹜｛｝﹩＄﹨＼]")
_BEYOND_ASCII = re.compile("[^\\x00-\\x7f]+")


def fold(text: str) -> str:
    """Return the text folded for comparison.

    Folding twice gives the same as folding once.

    Args:
        text: any text; LaTeX marks in it are reduced to the letters they stand for.
    """
    if not text.isascii() and _WIDE_SIGN.search(text):
        text = text.translate(_WIDE_SIGNS)
    if "\\" in text or "$" in text or "{" in text:
        text = _without_latex(text)
    text = text.lower()
    # Every letter folds by itself, and most texts have few that are not ASCII.
    text = text if text.isascii() else _BEYOND_ASCII.sub(_folded, text)
    return _without_typing_marks(text) if "--" in text or "''" in text or "`" in text else text


def fold_for_search(text: str) -> str:
    """Return the text folded, and letters of formulas by the names they are typed by: ``α`` and ``alpha`` are one.

    For what is looked for and what it is looked for in; likeness of papers and names of tags go by ``fold``.
    """
    plain = fold(text)
    return plain if plain.isascii() else plain.translate(_NAMES)


def _without_typing_marks(text: str) -> str:
    """Dashes and quotation marks as they are written outside of LaTeX."""
    return _LATEX_DASH.sub("-", text).replace("`", "'").replace("''", '"')


def _folded(found: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", found[0].casefold().translate(_LETTERS))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.casefold().translate(_LETTERS)


def _without_latex(text: str) -> str:
    text = _LATEX_ACCENT.sub(r"\1", text)
    text = _LATEX_LETTER.sub(lambda found: _LATEX_LETTERS[found[1].lower()], text)
    text = _LATEX_ESCAPED.sub(lambda found: found[1] if found[1] not in "{}\\,;!-" else "", text)
    text = _LATEX_STYLE.sub("", text)
    text = _LATEX_COMMAND.sub(r"\1", text)
    return text.translate(_LATEX_SIGNS)
