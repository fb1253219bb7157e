"""Text for display, with simple LaTeX replaced by Unicode.

Most texts hold no LaTeX, so the converter, which compiles many patterns, is imported for the first text that does.
"""

from __future__ import annotations


def display_text(text: str) -> str:
    """Return the text with simple LaTeX replaced by Unicode; see ``latex_to_unicode``."""
    may_hold_latex = (
        "\\" in text or "$" in text or "^" in text or "_" in text or "{" in text or "~" in text or "`" in text
    )
    if not may_hold_latex and "--" not in text:
        return text
    from tui.latex.display import latex_to_unicode  # noqa: PLC0415 - see above

    return latex_to_unicode(text)
