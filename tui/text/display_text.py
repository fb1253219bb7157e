"""Texts for people to read: with marks of LaTeX as what they stand for, where there are any. Knows no LaTeX itself.

Most texts have none: what reads them has a score of patterns to compile, a hundredth of the way to the first frame.
"""

from __future__ import annotations


def display_text(text: str) -> str:
    """Return the text with simple LaTeX replaced by the signs it stands for; see ``latex.read_marks``."""
    marked = "\\" in text or "$" in text or "^" in text or "_" in text or "{" in text or "~" in text or "`" in text
    if not marked and "--" not in text:
        return text
    from tui.text.latex_to_unicode import latex_to_unicode  # noqa: PLC0415 - see above

    return latex_to_unicode(text)
