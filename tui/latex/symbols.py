"""Tables of LaTeX commands and the Unicode characters they stand for."""

from __future__ import annotations

# Accents: signs may be followed by their letter at once, letters may not.
ACCENT_SIGNS = "`'^\"~=."
ACCENT_LETTERS = "uvHcdbrk"
# Accent command to combining character.
ACCENTS = dict(
    zip(
        ACCENT_SIGNS + ACCENT_LETTERS,
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0323\u0331\u030a\u0328",
        strict=True,
    )
)
MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
}  # fmt: skip
TEXT_SYMBOLS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£", "LaTeX": "LaTeX", "TeX": "TeX",
    "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX", "pdfTeX": "pdfTeX", "AmS": "AmS",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textdollar": "$",
    "textbraceleft": "{", "textbraceright": "}", "textbar": "|", "textless": "<", "textgreater": ">",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textellipsis": "…", "textregistered": "®", "texttrademark": "™", "textdegree": "°",
    "texteuro": "€", "textbullet": "•", "textmu": "µ", "slash": "/",
}  # fmt: skip
_GREEK_NAMES = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
_GREEK = dict(zip(_GREEK_NAMES, "αβγδεζηθικλμνξοπρστυϕχψω", strict=True))
_GREEK |= dict(zip(map(str.capitalize, _GREEK_NAMES), "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", strict=True))
_GREEK |= {"varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varrho": "ϱ", "varsigma": "ς", "varpi": "ϖ"}
_MISCELLANEOUS = {
    "ell": "ℓ", "hbar": "ħ", "infty": "∞", "partial": "∂", "nabla": "∇", "emptyset": "∅", "varnothing": "∅",
    "forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "top": "⊤", "bot": "⊥", "angle": "∠", "prime": "′",
    "ldots": "…", "dots": "…", "cdots": "⋯", "dotsc": "…", "dotsb": "⋯", "aleph": "ℵ", "Re": "ℜ", "Im": "ℑ",
    "sum": "∑", "prod": "∏", "int": "∫", "langle": "⟨", "rangle": "⟩", "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊",
    "rfloor": "⌋", "vert": "|", "Vert": "‖", "lbrace": "{", "rbrace": "}", "degree": "°", "star": "⋆",
    "checkmark": "✓", "square": "□", "triangle": "△", "bullet": "•", "dagger": "†",
}  # fmt: skip
OPERATORS = {
    "times": "×", "div": "÷", "pm": "±", "mp": "∓", "cdot": "·", "ast": "∗", "circ": "∘", "oplus": "⊕", "otimes": "⊗",
    "odot": "⊙", "ominus": "⊖", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈",
    "sim": "∼", "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈", "ni": "∋",
    "notin": "∉", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "cup": "∪", "cap": "∩",
    "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "iff": "⇔",
    "implies": "⇒", "mapsto": "↦", "uparrow": "↑", "downarrow": "↓", "longrightarrow": "⟶", "lesssim": "≲",
    "gtrsim": "≳", "parallel": "∥", "perp": "⊥", "mid": "∣", "colon": ":", "prec": "≺", "succ": "≻",
}  # fmt: skip
SYMBOLS = _GREEK | _MISCELLANEOUS | OPERATORS
# Commands that stand for a text in bibliographies.
STORED_SYMBOLS = (
    SYMBOLS
    | TEXT_SYMBOLS
    | {
        "textquotesingle": "'", "textasciigrave": "`", "textasciiacute": "´",
        "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»", "quotedblbase": "„",
        "quotesinglbase": "‚", "lq": "‘", "rq": "’",
        "textperiodcentered": "·", "nobreakspace": " ", "space": " ", "newline": " ", "par": "\n\n", "protect": "",
        "relax": "",
        "textexclamdown": "¡", "textquestiondown": "¿", "textasteriskcentered": "*", "textasciimacron": "¯",
        "quad": " ", "qquad": " ", "newblock": " ",
    }
)  # fmt: skip
FUNCTIONS = frozenset(
    ("log", "ln", "lg", "exp", "sin", "cos", "tan", "tanh", "max", "min", "arg", "argmax", "argmin", "sup", "inf")
) | {"det", "dim", "ker", "lim", "Pr", "gcd", "deg", "mod"}
SPACES = {"quad": " ", "qquad": " ", "space": " ", "enspace": " "}
SPACE_SYMBOLS = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "/": "", "-": "", "\n": " "}
ESCAPED = frozenset("%&#_${}")
MATH_SYMBOLS = SPACE_SYMBOLS | {character: character for character in ESCAPED} | {"|": "‖"}
TEXT_FONTS = frozenset(
    ("emph", "textit", "textbf", "textsc", "texttt", "textrm", "textsf", "textsl", "textup", "textmd", "textnormal")
) | {"text", "mbox", "underline", "uline"}
# Commands that change the font of the rest of their group.
DECLARATIONS = frozenset(
    ("it", "em", "bf", "sc", "tt", "rm", "sf", "sl", "itshape", "bfseries", "scshape", "ttfamily", "upshape")
)
MATH_FONTS = TEXT_FONTS | {
    "mathrm",
    "mathbf",
    "mathit",
    "mathsf",
    "mathtt",
    "boldsymbol",
    "bm",
    "operatorname",
    "ensuremath",
}
STYLES = frozenset(("displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "left", "right")) | {
    "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "middle",
}  # fmt: skip
FRACTIONS = frozenset(("frac", "tfrac", "dfrac"))
ALPHABETS = {"mathbb": "DOUBLE-STRUCK", "mathcal": "SCRIPT", "mathscr": "SCRIPT", "mathfrak": "FRAKTUR"}
# Every command understood in a formula.
FORMULA_COMMANDS = frozenset(
    (*SYMBOLS, *TEXT_SYMBOLS, *FUNCTIONS, *SPACES, *STYLES, *MATH_FONTS, *ALPHABETS, *MATH_ACCENTS, *FRACTIONS)
) | {"sqrt"}
