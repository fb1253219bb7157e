"""Recognise web boilerplate: buttons, menus and banners copied along with a listing.

Each line is compared with whole phrases of web sites, whatever its position. Boilerplate is dropped silently, so the
phrases are narrow; any other line that is part of no record is reported.
"""

from __future__ import annotations

import re

from tui.ingest.wordlist import load_words
from tui.text.tokens import normalise_words

_DATE = r"(?:\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|(?:\d{1,2} )?[a-z]{3,9}\.? \d{1,4}(?:, \d{4})?|\d+ \w+ ago)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"get (?:the )?(?:latest|trending|top|new) .{0,60}\b(?:in|to) your (?:email )?inbox\b.{0,40}",
        r".{0,120}\b(?:in|to) your (?:email )?inbox(?: (?:once a|every) (?:day|week))?[!.]?",
        r"(?:subscribe|sign up|log ?in|sign in)\b.{0,40}\b(?:newsletter|updates?|alerts?|account)\b.{0,60}",
        r"(?:we use|(?:this|our) (?:web)?site uses|by (?:using|continuing to use)) .{0,60}\bcookies\b.{0,300}",
        r"(?:sort(?:ed)?|order(?:ed)?|filter(?:ed)?)(?: results)? by:? ?[\w ()/-]{0,25}",
        r"(?:showing|displaying|viewing)(?: (?:all|results|papers|items))? ?\d[\d,.]*.{0,40}",
        r"(?:page )?\d+ (?:of|/) \d+(?: \w+)?",
        r"(?:(?:results?|papers?|items|entries|records):? )?\d[\d,.]* ?(?:[-–—]|to) ?\d[\d,.]* of \d[\d,.]*(?: \w+)?",
        r"[\d,.]+ ?k?\+? (?:results?|papers?|entries|items|follow(?:er)?s?|likes?|upvotes?|stars?|views?)(?: found)?",
        r"(?:about|approximately) [\d,.]+ (?:results?|papers?).{0,40}",
        r"(?:copyright|\(c\)|©)\s*(?:\(c\)|©)?\s*\d{4}.{0,100}|©.{0,100}",
        r".{0,80}\ball rights reserved\b.{0,40}",
        r"(?:prev(?:ious)?|first|last|next|[«»‹›<>←→…|·.\-\s]|\d)+",
        r"(?:please )?(?:enable|turn on) javascript.{0,120}",
        r"(?:load|show|see|view)(?:ing)? (?:more|all|less|the next)(?: \w+){0,3}(?:\.\.\.|…)?",
        rf"(?:last )?(?:updated|published|submitted|posted):?(?: on)? {_DATE}",
        r"[\W_]+",
    )
)
_LONGEST = 500

# Buttons glued to the text after them by copying; names of systems may begin with the verbs as well.
_BUTTON = re.compile(
    r"(?:Subscribe|Sign [Uu]p|Sign [Ii]n|Log [Ii]n|Log [Oo]ut|Load [Mm]ore|Show [Mm]ore|Read [Mm]ore|Get [Ss]tarted"
    r"|View [Aa]ll|(?P<verb>Login|Submit|Search|Follow|Join|Upvote|Share))(?=[^\W_a-z])"
)


def is_boilerplate(text: str) -> bool:
    """Whether a line is part of the web page around the listing."""
    if len(text) > _LONGEST:
        return False
    return normalise_words(text) in load_words("boilerplate.txt", "|") or any(
        pattern.fullmatch(text) for pattern in _PATTERNS
    )


def strip_button(text: str, abstract: str, *, after_boilerplate: bool) -> str:
    """The title without a button glued to its start.

    Args:
        text: the first title of a listing.
        abstract: its abstract; if it contains the first word unchanged (``FollowNet``), that word is not a button.
        after_boilerplate: whether boilerplate precedes the title, which makes a button likely.
    """
    found = _BUTTON.match(text)
    if found is None or (found["verb"] and not after_boilerplate):
        return text
    rest = text[found.end() :]
    first_word = text[: found.end()] + rest.split(maxsplit=1)[0].rstrip(":,;.!?")
    return text if first_word in abstract else rest
