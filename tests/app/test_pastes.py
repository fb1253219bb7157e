"""Pasted text holds no escape characters, however it is cut into pieces; all else is passed on as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.app.pastes import Pastes

BEGIN, END = "\x1b[200~", "\x1b[201~"
TYPED = st.sampled_from(["a", "\x1b", "\x1b[A", "~", "[200~", "\x1b[20"])
PASTED = st.sampled_from(["b", "\x1b", "\x1b[31m", "\x1b[20", "[201~", "\n"])


@given(
    st.lists(st.one_of(TYPED, st.lists(PASTED).map(lambda parts: ["".join(parts)]))),
    st.lists(st.integers(1, 7), min_size=1),
)
def test_only_pastes_are_changed_and_all_of_them(parts: list[str | list[str]], sizes: list[int]) -> None:
    # Where letters happen to make up a mark by themselves, it is one.
    texts = [part if isinstance(part, str) else part[0] for part in parts]
    if any(mark in "".join(texts) for mark in (BEGIN, END)):
        return
    sent = "".join(part if isinstance(part, str) else BEGIN + part[0] + END for part in parts)
    expected = "".join(part if isinstance(part, str) else BEGIN + part[0].replace("\x1b", "") + END for part in parts)
    pastes, found, at, turn = Pastes(), "", 0, 0
    while at < len(sent):
        size = sizes[turn % len(sizes)]
        found += pastes.cleaned(sent[at : at + size])
        at, turn = at + size, turn + 1
    assert found == expected
