"""What a terminal hands over as pasted, made harmless: Textual takes an escape character in it for keys.

Most terminals take such characters out themselves; tmux does not.
"""

from __future__ import annotations

_ESCAPE = "\x1b"
_BEGIN = "\x1b[200~"
_END = "\x1b[201~"


class Pastes:
    """Takes the escape characters out of pasted text, however the text is cut into pieces."""

    def __init__(self) -> None:
        self._is_inside = False
        self._before = ""  # the end of what was read, outside of a paste
        self._held = ""  # what may be the beginning of the end, inside of one

    def cleaned(self, text: str) -> str:
        """The next piece of what the terminal sent, with pasted text in it made harmless."""
        text, self._held = self._held + text, ""
        found = ""
        while text:
            if self._is_inside:
                pasted, end, text = text.partition(_END)
                if not end:
                    self._held = _beginning_of_end(pasted)
                    pasted = pasted.removesuffix(self._held)
                found += pasted.replace(_ESCAPE, "") + end
                self._is_inside = not end
            else:
                seen = self._before + text
                at = seen.find(_BEGIN)
                self._is_inside = at >= 0
                behind = at + len(_BEGIN) - len(self._before) if self._is_inside else len(text)
                self._before = "" if self._is_inside else seen[1 - len(_BEGIN) :]
                found += text[:behind]
                text = text[behind:]
        return found


def _beginning_of_end(text: str) -> str:
    """The longest end of the text that the mark of the end may begin with."""
    return next((text[-size:] for size in range(len(_END) - 1, 0, -1) if _END.startswith(text[-size:])), "")
