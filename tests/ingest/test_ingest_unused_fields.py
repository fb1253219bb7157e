"""Fields of bibliographies that are not kept are counted, so that an import reports them."""

from __future__ import annotations

import pytest

from tui.ingest.source_file import decode_source
from tui.ingest.unused_fields import count_unused_fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "@article{a,\n  title = {A},\n  journal = {Tides},\n  volume = 3,\n  pages = \"1--2\"\n}\n"
            "@book{b, title={B}, publisher={Rope}, isbn={978-3-16-148410-0}, volume={4}}\n",
            {"volume": 2, "journal": 1, "pages": 1, "publisher": 1, "isbn": 1},
        ),
        ("@misc{a, title={A journal = of tides}, author={Lee, Ann}, year=2020}\n", {}),
        (
            "TY  - JOUR\nTI  - A\nT2  - Tides\nVL  - 3\nSP  - 1\nEP  - 2\nER  - \n",
            {"pages": 2, "container title": 1, "volume": 1},
        ),
        (
            '[{"id": "a", "type": "book", "title": "A", "publisher": "Rope", "volume": 3}]',
            {"publisher": 1, "volume": 1},
        ),
        ("Abstract: We study a volume = 3 of the journal = Tides.\n", {}),
    ],
)  # fmt: skip
def test_fields_that_are_not_kept_are_counted(text: str, expected: dict[str, int]) -> None:
    assert count_unused_fields(decode_source("file", text.encode())) == expected
