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
def test_a_text_is_restored_from_its_case_mask(text: str, before: str) -> None:
    mask = case_mask_of(text, before + text.lower())
    assert (mask is not None) is text.isascii()
    assert mask is None or str(mask) == text


def test_a_text_that_is_not_in_the_container_has_no_case_mask() -> None:
    assert case_mask_of("A  B", "title\fa b") is None
    assert case_mask_of("Gauß", "gauss") is None


def test_a_mask_moves_only_to_a_container_with_the_same_text() -> None:
    mask = case_mask_of("On NeRF", "title\fon nerf")
    assert mask is not None
    mask.move("title\ftag\fon nerf")
    assert str(mask) == "On NeRF"
    mask.move("title\fquite another text")
    assert str(mask) == "On NeRF"
