"""arXiv's category taxonomy and identifiers."""

from __future__ import annotations

import re

# https://arxiv.org/category_taxonomy, with the archives that have no classes, and those closed in the 1990s.
ARCHIVES: dict[str, tuple[str, ...]] = {
    "astro-ph": ("CO", "EP", "GA", "HE", "IM", "SR"),
    "cond-mat": (
        "dis-nn", "mes-hall", "mtrl-sci", "other", "quant-gas", "soft", "stat-mech", "str-el", "supr-con",
    ),
    "cs": (
        "AI", "AR", "CC", "CE", "CG", "CL", "CR", "CV", "CY", "DB", "DC", "DL", "DM", "DS", "ET", "FL", "GL", "GR",
        "GT", "HC", "IR", "IT", "LG", "LO", "MA", "MM", "MS", "NA", "NE", "NI", "OH", "OS", "PF", "PL", "RO", "SC",
        "SD", "SE", "SI", "SY",
    ),
    "econ": ("EM", "GN", "TH"),
    "eess": ("AS", "IV", "SP", "SY"),
    "math": (
        "AC", "AG", "AP", "AT", "CA", "CO", "CT", "CV", "DG", "DS", "FA", "GM", "GN", "GR", "GT", "HO", "IT", "KT",
        "LO", "MG", "MP", "NA", "NT", "OA", "OC", "PR", "QA", "RA", "RT", "SG", "SP", "ST",
    ),
    "nlin": ("AO", "CD", "CG", "PS", "SI"),
    "physics": (
        "acc-ph", "ao-ph", "app-ph", "atm-clus", "atom-ph", "bio-ph", "chem-ph", "class-ph", "comp-ph", "data-an",
        "ed-ph", "flu-dyn", "gen-ph", "geo-ph", "hist-ph", "ins-det", "med-ph", "optics", "plasm-ph", "pop-ph",
        "soc-ph", "space-ph",
    ),
    "q-bio": ("BM", "CB", "GN", "MN", "NC", "OT", "PE", "QM", "SC", "TO"),
    "q-fin": ("CP", "EC", "GN", "MF", "PM", "PR", "RM", "ST", "TR"),
    "stat": ("AP", "CO", "ME", "ML", "OT", "TH"),
} | dict.fromkeys(
    (
        "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph",
        "adap-org", "alg-geom", "chao-dyn", "cmp-lg", "comp-gas", "dg-ga", "funct-an", "patt-sol", "q-alg",
        "solv-int",
    ),
    (),
)  # fmt: skip

# Listings print computer science classes without their archive.
_BARE_FIRST = "cs"


def _bare_names() -> dict[str, tuple[str, ...]]:
    bare: dict[str, tuple[str, ...]] = {}
    for archive, classes in ARCHIVES.items():
        for name in classes:
            bare[name.lower()] = (*bare.get(name.lower(), ()), f"{archive}.{name}")
    for name in ARCHIVES[_BARE_FIRST]:
        bare[name.lower()] = (f"{_BARE_FIRST}.{name}",)
    return bare


_FULL = {archive: archive for archive in ARCHIVES} | {
    f"{archive}.{name}".lower(): f"{archive}.{name}" for archive, classes in ARCHIVES.items() for name in classes
}
_BARE = _bare_names()

_ID = r"(?:\d{4}\.\d{4,5}(?!\d)|[a-z][a-z-]+(?:\.[a-z]{2})?/\d{7}(?!\d))"
# URLs of arXiv and of sites that use its identifiers, and the ways in which texts cite one.
# Compiled when it is first used, since few texts hold what every identifier has.
_EPRINT = (
    r"(?i)(?:arxiv\.org/(?:abs|pdf|html|ps|e-print|src|format|tex)/(?:arxiv:)?|ar5iv\.org/(?:abs|html|pdf)?/?"
    r"|(?:huggingface\.co|hf\.co)/papers/|alphaxiv\.org/(?:[a-z]+/){1,2}|arxiv-vanity\.com/papers/|scirate\.com/arxiv/"
    r"|arxivxplorer\.com/paper/|(?:papers\.cool|arxiv\.gg)/(?:arxiv|abs)/|browse\.arxiv\.org/[a-z]+/"
    r"|arxiv(?:\s+(?:e-?print|preprint)s?)?[:.,\s]\s*(?:id:?\s*)?(?:abs/)?|corr,?\s*abs/|10\.48550/arxiv\.)"
    rf"(?P<id>{_ID})(?:v\d+)?"
)
_ALONE = rf"(?i)(?P<marked>arxiv[:.\s]\s*|(?:corr[,\s]\s*)?abs/)?(?P<id>{_ID})(?:v\d+)?\s*(?:\[[\w\s.,-]+\])?"


def expand_category(printed: str) -> tuple[str, ...]:
    """The full names a printed category can mean: none if unknown, several if ambiguous.

    A bare class of computer science resolves to it (``CV`` is ``cs.CV``), as listings print it; any other bare class
    resolves to every archive that has it (``ML`` is ``stat.ML``).
    """
    name = printed.strip().lower()
    return (_FULL[name],) if name in _FULL else _BARE.get(name, ())


def category_keyword(category: str) -> str:
    """The category as a keyword that an import can distinguish from a tag: ``arXiv:cs.CV``."""
    return f"arXiv:{category}"


def find_arxiv_id(text: str) -> str | None:
    """The arXiv id in a URL or reference, without version, or None."""
    found = re.search(_EPRINT, text) if "." in text or "/" in text else None
    return found["id"].lower() if found else None


def eprint_of(text: str, *, bare: bool) -> str | None:
    """The arXiv id a whole text consists of, such as ``arXiv:2310.07240 [cs]``, without version, or None.

    Args:
        text: the whole of a field.
        bare: accept an identifier without a prefix such as ``arXiv:`` or ``abs/``.
    """
    found = re.fullmatch(_ALONE, text.strip().strip("{}"))
    if found is None or not (bare or found["marked"]):
        return find_arxiv_id(text)
    return found["id"].lower()
