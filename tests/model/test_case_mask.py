from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tui.model.case_mask import case_mask_of

_PIECES = st.sampled_from(
    ["", "a", "B", " ", "NeRF", "x" * 253, "x" * 254, "x" * 255, "x" * 256, "x" * 510, "Y" * 256]
)
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=8).map("".join))


@examples(300)
@given(_TEXTS, st.text(max_size=4))
def test_a_text_comes_back_from_its_capitals(text: str, before: str) -> None:
    capitals = case_mask_of(text, before + text.lower())
    assert (capitals is not None) is text.isascii()
    assert capitals is None or str(capitals) == text


def test_a_text_that_is_not_there_in_lower_case_is_left_alone() -> None:
    assert case_mask_of("A  B", "title\fa b") is None
    assert case_mask_of("Gauß", "gauss") is None


def test_capitals_follow_their_text_and_no_other_one() -> None:
    capitals = case_mask_of("On NeRF", "title\fon nerf")
    assert capitals is not None
    capitals.move("title\ftag\fon nerf")
    assert str(capitals) == "On NeRF"
    capitals.move("title\fquite another text")
    assert str(capitals) == "On NeRF"
