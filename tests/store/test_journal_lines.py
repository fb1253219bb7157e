"""Every prefix of a journal can be read, and no change to it goes unnoticed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.store import journal_format
from tui.store.journal_format import JournalFault, Transaction

_LINES = tuple(
    journal_format.pack(Transaction(number, {"marks": {"a": {"note": "n" * number, "größe": [1, None]}, "b": None}}))
    for number in range(1, 6)
)
_WHOLE = b"".join(_LINES)


def test_a_line_is_unpacked_as_it_was_packed() -> None:
    transaction = Transaction(7, {"marks": {"a": {"x": 1}, "b": None}, "empty": {}}, ("old",))
    line = journal_format.pack(transaction)
    assert line.count(b"\n") == 1
    assert journal_format.unpack(line[:-1]) == transaction


def test_a_scan_returns_every_line_and_the_offset_of_the_last() -> None:
    scan = journal_format.scan(_WHOLE)
    assert [transaction.sequence for transaction in scan.transactions] == [1, 2, 3, 4, 5]
    assert (scan.last, scan.end, scan.fault) == (len(_WHOLE) - len(_LINES[-1]), len(_WHOLE), None)
    assert journal_format.scan(b"") == journal_format.EMPTY_SCAN


def test_every_prefix_yields_its_complete_lines() -> None:
    ends = [sum(map(len, _LINES[:count])) for count in range(len(_LINES) + 1)]
    for cut in range(len(_WHOLE) + 1):
        scan = journal_format.scan(_WHOLE[:cut])
        whole = sum(end <= cut for end in ends) - 1
        assert len(scan.transactions) == whole
        assert scan.end == ends[whole]
        assert scan.fault is (None if cut in ends else JournalFault.TORN)


def test_every_bit_flipped_is_noticed() -> None:
    honest = journal_format.scan(_WHOLE).transactions
    for place in range(len(_WHOLE)):
        for bit in range(8):
            spoilt = bytearray(_WHOLE)
            spoilt[place] ^= 1 << bit
            scan = journal_format.scan(bytes(spoilt))
            assert scan.fault is not None
            assert scan.transactions == honest[: len(scan.transactions)]
            if place < len(_WHOLE) - len(_LINES[-1]) - 1:
                # If other lines follow, it cannot be an interrupted save.
                assert scan.fault is JournalFault.DAMAGED


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(_WHOLE)), st.binary(max_size=40), st.integers(0, 60))
def test_replaced_bytes_are_noticed_and_nothing_wrong_is_read(start: int, new: bytes, length: int) -> None:
    spoilt = _WHOLE[:start] + new + _WHOLE[start + length :]
    scan = journal_format.scan(spoilt)
    # Whole lines may be missing: the numbers of the following lines show it.
    assert set(map(repr, scan.transactions)) <= set(map(repr, journal_format.scan(_WHOLE).transactions))
    assert scan.fault is not None or scan.end == len(spoilt)


def test_a_block_that_was_never_written_is_an_interrupted_save() -> None:
    last = _LINES[-1]
    assert (
        journal_format.scan(_WHOLE[: -len(last)] + last[:30] + bytes(len(last) - 40) + last[-10:]).fault
        is JournalFault.TORN
    )
    assert journal_format.scan(_WHOLE + bytes(4096)).fault is JournalFault.TORN


def test_a_whole_last_line_that_changed_is_damage() -> None:
    assert journal_format.scan(_WHOLE[:-4] + b"x" + _WHOLE[-3:]).fault is JournalFault.DAMAGED
    assert journal_format.scan(_WHOLE[:-1] + b"x").fault is JournalFault.DAMAGED
    assert journal_format.scan(_WHOLE[:-6] + b"\n").fault is JournalFault.DAMAGED


def test_lines_after_a_bad_one_can_be_salvaged() -> None:
    found, bad = journal_format.salvage(_LINES[0] + b"x" + _LINES[1][1:] + _LINES[2] + _LINES[3][:20])
    assert [transaction.sequence for transaction in found] == [1, 3]
    assert bad == 2


def test_a_line_appended_to_the_remains_of_another_can_be_salvaged() -> None:
    for cut in range(1, len(_LINES[1])):
        found, bad = journal_format.salvage(_LINES[0] + _LINES[1][:cut] + _LINES[2])

        assert [each.sequence for each in found] == [1, 3]
        assert bad == 1


def test_a_line_of_the_wrong_form_with_a_right_checksum_is_bad() -> None:
    for put in (3, {"marks": 3}, {"marks": ["a"]}):
        assert journal_format.unpack(journal_format.pack(Transaction(1, put))[:-1]) is None  # type: ignore[arg-type]
