r"""Unknown LaTeX commands: where they end, how they are displayed, and whether they are safe to export.

Commands of bibliographies (``\enquote{…}``, ``\ce{…}``, ``\SI{5}{\metre}``, ``\foo[option]{…}``) are exported as
they are, except those that run programs, read or write files, or change how TeX parses the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.latex.syntax import COMMAND_NAME, TOKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEPTH = 20
_WITH_URL = frozenset(("href", "url", "nolinkurl", "path", "hyperref", "doi"))
_QUOTES = frozenset(("enquote", "mkbibquote", "textquote", "blockquote", "textquotedbl"))
_NOTES = frozenset(("footnote", "thanks", "footnotetext", "endnote"))
_CITATIONS = frozenset(("cite", "citep", "citet", "parencite", "textcite", "autocite", "footcite", "ref", "nocite"))
_HIDDEN = frozenset(("label", "index", "phantom", "vphantom", "hphantom", "vspace", "hspace", "glslink"))
_LAST_ARGUMENT = frozenset(
    ("href", "hyperref", "textcolor", "colorbox", "foreignlanguage", "textlang", "texorpdfstring")
)
_CHEMISTRY = frozenset(("ce", "ch", "cf", "chemfig"))
_UNITS = frozenset(("si", "unit"))
_QUANTITIES = frozenset(("SI", "qty"))
# Commands of these groups that also occur in formulas.
IN_FORMULAS = _CHEMISTRY | _UNITS | _QUANTITIES | {"num", "ang"}
_UNIT = re.compile(r"\\([A-Za-z]+)\s*")
_UNIT_SYMBOLS = {
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "centi": "c", "milli": "m", "micro": "µ",
    "nano": "n", "pico": "p", "femto": "f", "deci": "d", "hecto": "h", "meter": "m", "metre": "m", "second": "s",
    "gram": "g", "kilogram": "kg", "kelvin": "K", "celsius": "°C", "degreeCelsius": "°C", "degree": "°",
    "ampere": "A", "mole": "mol", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W",
    "volt": "V", "ohm": "Ω", "tesla": "T", "weber": "Wb", "farad": "F", "henry": "H", "coulomb": "C", "liter": "l",
    "litre": "l", "minute": "min", "hour": "h", "day": "d", "bar": "bar", "electronvolt": "eV", "eV": "eV",
    "percent": "%", "angstrom": "Å", "lumen": "lm", "lux": "lx", "bit": "bit", "byte": "B", "decibel": "dB",
    "per": "/", "squared": "²", "cubed": "³", "square": "", "um": "µm", "nm": "nm", "mm": "mm", "cm": "cm",
    "km": "km", "kg": "kg", "s": "s", "ms": "ms", "us": "µs", "ns": "ns", "K": "K", "Hz": "Hz", "kHz": "kHz",
    "MHz": "MHz", "GHz": "GHz", "THz": "THz", "keV": "keV", "MeV": "MeV", "GeV": "GeV", "TeV": "TeV", "m": "m",
    "A": "A", "V": "V",
}  # fmt: skip
REFUSED = frozenset(
    """
    write openout closeout openin closein read readline input include includeonly endinput immediate special
    ShellEscape directlua latelua luaexec luadirect luacode pdfliteral pdfobj pdfextension pdffiledump pdfmdfivesum
    pdffilesize filedump verbatiminput lstinputlisting includegraphics includepdf subimport import InputIfFileExists
    IfFileExists usepackage RequirePackage documentclass LoadClass PassOptionsToPackage bibliography
    addbibresource makeatletter makeatother catcode lccode uccode sfcode mathcode delcode active lowercase uppercase
    MakeLowercase MakeUppercase def edef gdef xdef let futurelet global long outer newcommand renewcommand
    providecommand DeclareRobustCommand newenvironment renewenvironment NewDocumentCommand RenewDocumentCommand
    ProvideDocumentCommand DeclareDocumentCommand newif newcount newdimen newtoks newbox newread newwrite newwrite18
    csname endcsname expandafter noexpand unexpanded detokenize scantokens meaning string number romannumeral jobname
    begin end begingroup endgroup bgroup egroup relax loop repeat if ifx ifnum ifdim ifcase ifodd ifeof iffalse iftrue
    ifmmode ifhmode ifvmode ifcsname ifdefined else or fi output shipout everypar everymath everyjob toks count dimen
    skip box setbox hbox vbox afterassignment aftergroup chardef mathchardef escapechar endlinechar newlinechar
    batchmode scrollmode errorstopmode nonstopmode errmessage message show showthe tracingall stop bye dump patterns
    hyphenation font errhelp verb Verb lstinline mint mintinline write18 AtBeginDocument AtEndDocument
    AddToHook typein typeout ExplSyntaxOn ExplSyntaxOff protected ifthenelse whiledo
    """.split()  # noqa: SIM905 - a table of words reads better without quotation marks
)


def render_command(name: str, groups: Sequence[str]) -> str:
    """The text to display for a command.

    Args:
        name: the command's name.
        groups: its converted arguments, at least one.
    """
    last = groups[-1]
    if name in _HIDDEN:
        return ""
    if name in _QUOTES:
        return f"“{last}”"
    if name in _NOTES:
        return f" ({last})"
    if name in _CITATIONS:
        return f"[{last}]"
    if name in _CHEMISTRY:
        return last.replace("<=>", "⇌").replace("->", "→")
    if name in _UNITS or (name in _QUANTITIES and len(groups) > 1):
        return "\u00a0".join([*groups[:-1], _unit(last)])
    return f"{last}°" if name == "ang" else last if name in _LAST_ARGUMENT else " ".join(groups)


def _unit(text: str) -> str:
    return _UNIT.sub(lambda found: _UNIT_SYMBOLS.get(found[1], found[1]), text).strip()


def is_writable(command: str) -> bool:
    """Whether a command with its arguments is safe to export unchanged.

    It may hold no refused command and nothing that ends its line or group, and its braces must balance both for
    BibTeX, which counts escaped ones, and for LaTeX.
    """
    depth = bare = dollars = at = 0
    name = COMMAND_NAME.match(command)
    url_end = command.find("}") if name is not None and name[1] in _WITH_URL else 0
    for token in TOKEN.finditer(command):
        syntax = token[0]
        if (
            "\n" in command[at : token.start()]
            or command.startswith("^^", token.start())
            or (syntax in "%#" and token.start() > url_end)
            or token["name"] in REFUSED
        ):
            return False
        at = token.end()
        change = (syntax[-1] == "{") - (syntax[-1] == "}")
        depth += change
        bare += change if len(syntax) == 1 else 0
        dollars += syntax == "$"
        if depth < 0 or bare < 0 or depth > _DEPTH:
            return False
    return "\n" not in command[at:] and depth == 0 and bare == 0 and dollars % 2 == 0
