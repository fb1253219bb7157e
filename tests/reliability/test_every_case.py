"""The faults that this program must handle, from A1 to H4, each with the tests, or sentences of the README, that cover it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

CASES = {
    "A1 killed at a random time": ["test_kills_lose_nothing_acknowledged"],
    "A2 killed before and after each call": [
        "test_a_kill_at_every_call_loses_nothing", "test_a_crash_at_each_call_leaves_the_old_or_the_new_state",
    ],
    "A3 power lost": ["test_a_power_loss_at_any_moment_loses_nothing"],
    "A4 killed while recovering": ["test_repeated_crashes_during_recovery_lose_nothing"],
    "A5 torn and flipped lines": [
        "test_every_cut_of_the_last_line_opens_with_the_lines_before_it", "test_every_bit_flipped_is_noticed",
        "test_damage_inside_the_journal_is_not_an_interrupted_save", "test_a_restored_older_journal_is_reported_and_set_aside",
    ],
    "A6 killed between checkpoint and journal": [
        "test_lines_that_are_in_the_checkpoint_already_are_not_applied_twice"
    ],
    "A7 files left by dead runs": ["test_temporary_files_of_failed_writes_are_removed"],
    "A8 killed while a note is typed": [
        "test_an_unfinished_note_is_kept", "test_an_unfinished_note_is_offered_after_a_crash",
    ],
    "A9 a store that is empty, cut, flipped": [
        "test_damaged_files_are_refused_and_repaired",
        "test_every_truncation_and_random_bit_flips_of_a_checkpoint_are_noticed",
    ],
    "A10 an export or import killed": ["test_kills_lose_nothing_acknowledged"],
    "B1 many writers": ["test_concurrent_writers_lose_nothing"],
    "B2 readers during writes": ["test_concurrent_writers_lose_nothing"],
    "B3 a screen and the command line": [
        "test_changes_of_another_process_are_shown", "test_edits_of_two_programs_are_merged_and_not_overwritten",
        "test_a_note_changed_elsewhere_while_the_editor_is_open_is_not_overwritten",
    ],
    "B4 two screens": ["test_two_screens_on_one_list"],
    "B5 a stopped holder of the lock": ["test_a_suspended_lock_holder_is_named_and_a_killed_one_blocks_nobody"],
    "B6 a killed holder": ["test_a_suspended_lock_holder_is_named_and_a_killed_one_blocks_nobody"],
    "B7 a store replaced or deleted in use": [
        "test_a_store_that_disappears_in_use_is_not_created_again", "test_a_store_replaced_by_another_is_followed",
        "test_a_journal_that_disappears_in_use_is_reported",
    ],
    "B8 ids given at once": ["test_two_databases_never_choose_the_same_id"],
    "B9 a clock that goes back": ["test_a_clock_set_back_does_not_change_the_order"],
    "C1 each call refused": [
        "test_refusing_some_calls_loses_nothing", "test_each_failing_call_leaves_the_old_or_the_new_state",
        "test_a_refused_edit_waits_and_is_saved_on_demand",
    ],
    "C2 a full disk": [
        "test_a_refused_edit_waits_and_is_saved_on_demand",
        "test_closing_on_a_full_disk_loses_nothing_and_raises_nothing",
    ],
    "C3 a failed sync": ["test_a_failed_sync_is_never_repeated_and_everything_is_rewritten"],
    "C4 half a line": ["test_half_a_line_on_a_full_disk_is_rolled_back"],
    "C5 a protected store": [
        "test_a_protected_store_can_be_read_and_refuses_edits", "test_a_read_only_store_says_so_all_the_time",
    ],
    "C6 links, pipes, devices": [
        "test_symbolic_links_are_followed_and_kept", "test_folders_and_pipes_in_place_of_files_are_refused_at_once",
        "test_the_mode_of_a_file_is_kept", "test_files_are_for_their_owner_only",
    ],
    "C7 no locks": ["test_a_file_system_without_locks_is_refused", "it is meant for local disks"],
    "C8 a failed backup": ["test_a_failed_backup_does_not_fail_the_compaction"],
    "C9 any backup": ["test_every_backup_can_be_restored"],
    "D1 signals": ["test_a_signal_shuts_the_program_down_in_order", "test_two_hundred_signals_at_any_moment"],
    "D2 a bug": ["test_a_bug_in_any_command_restores_the_terminal"],
    "D3 a killed screen": ["test_reset_terminal_restores_a_terminal_after_a_kill"],
    "D4 a closed terminal": ["test_closing_the_terminal_ends_the_program"],
    "D5 a terminal that does not read": ["test_a_terminal_that_does_not_read_does_not_delay_the_exit"],
    "D6 sleeping and waking": ["test_suspending_and_resuming"],
    "D7 sizes": ["test_any_terminal_size_keeps_the_cursor", "test_many_terminal_sizes"],
    "D8 kinds of terminals": [
        "test_only_colours_that_the_terminal_supports_are_sent", "test_ascii_only_output",
        "test_a_terminal_that_cannot_move_its_cursor",
    ],
    "D9 a reader that goes away": ["test_a_missing_reader_of_a_pipe_is_no_error", "test_closed_standard_streams_are_no_error"],
    "D10 slow lines": ["test_a_slow_line_loses_no_key", "test_a_cursor_step_sends_only_what_changed"],
    "D11 pasting": ["test_a_paste_on_the_main_screen_runs_no_command"],
    "D12 hostile replies": ["test_rubbish_from_the_terminal_is_ignored"],
    "E1 the hostile strings": [
        "test_every_paper_in_list_and_detail", "test_every_command", "test_every_dialog", "test_every_facet",
    ],
    "E2 bytes to the terminal": ["test_every_byte_sent_belongs_to_a_known_sequence", "test_random_strings_leak_nothing"],
    "E3 clicks": ["test_a_click_on_text_runs_nothing", "test_a_hostile_action_does_nothing"],
    "E4 a sink without sanitiser": ["test_mypy_finds_every_text_that_is_shown_and_not_safe", "test_only_safe_text_is_shown"],
    "E5 letters of odd widths": [
        "test_text_is_padded_and_cut_by_cells", "test_a_letter_keeps_at_most_four_marks",
        "test_a_hostile_string_comes_out_harmless_and_as_wide", "test_no_row_is_shifted",
    ],
    "E6 letters that look alike": [
        "test_a_link_with_a_misleading_host_is_confirmed", "Letters of other scripts that look like Latin ones are shown as they are",
    ],
    "E7 text from right to left": ["test_no_row_is_shifted"],
    "E8 vast texts": ["test_texts_of_ten_million_characters_are_truncated", "test_a_line_of_ten_million_characters"],
    "E9 the command line": ["test_hostile_text_is_printed_sanitised", "test_json_keeps_every_character"],
    "E10 titles, links, clipboard": [
        "test_copied_text_has_no_control_characters", "test_control_segments_are_textuals_own_business_and_links_go",
    ],
    "F1 any bytes": ["test_mutated_documents_are_read_or_reported", "test_any_bytes"],
    "F2 too large": [
        "test_a_file_over_the_limit_is_refused", "test_more_records_than_the_limit",
        "test_too_many_authors_are_truncated_and_reported",
    ],
    "F3 odd JSON": ["test_odd_json_is_imported_as_far_as_possible", "test_encodings"],
    "F4 odd BibTeX": [
        "test_hostile_documents_give_a_record_or_a_diagnostic_in_time", "test_doubled_strings_stay_small",
        "test_repeated_keys_are_reported_together",
    ],
    "F5 deep LaTeX": ["test_deep_and_long_texts_are_converted_in_time"],
    "F6 what is no file": ["test_non_regular_files_are_refused_at_once", "test_devices_are_refused"],
    "F7 addresses": ["test_only_web_addresses_can_be_followed", "test_only_web_links_are_opened"],
    "F8 out and in again": ["test_an_entry_round_trips", "test_the_seeds_round_trip"],
    "F9 half an import": [
        "test_an_import_is_undone_and_redone_as_a_whole", "test_nothing_is_imported_if_one_file_is_unreadable",
    ],
    "F10 the same twice": ["test_the_same_file_is_imported_once", "test_two_files_with_the_same_name"],
    "G1 formulas": ["test_no_cell_is_a_formula"],
    "G2 TeX": ["test_tex_stays_in_its_field", "test_one_entry_in_is_one_entry_out_of_bibtex"],
    "G3 RIS": ["test_no_value_forges_a_line_of_ris"],
    "G4 markup": ["test_a_browser_sees_text", "test_a_browser_follows_web_addresses_only"],
    "G5 file names": ["test_file_names_are_plain_and_unique"],
    "G6 targets": ["test_an_existing_file_needs_consent", "test_a_folder_a_pipe_and_a_device_are_refused"],
    "G7 patterns": [
        "test_a_hostile_pattern_is_stopped", "test_the_time_limit_is_for_all_texts_together",
        "test_a_pattern_that_would_take_much_memory_is_refused", "test_a_long_pattern_is_refused",
    ],
    "G8 spellings": ["test_spellings_of_one_word_fold_to_the_same"],
    "H1 undo": [
        "test_undo_and_redo_work_across_restarts", "test_undoing_a_sequence_of_changes_restores_every_state",
    ],
    "H2 an unsaved note": [
        "test_an_unfinished_note_is_offered_after_a_crash",
        "test_a_note_that_could_not_be_saved_is_there_to_be_written_on",
    ],
    "H3 a newer store": ["test_the_error_for_a_newer_store_names_its_format"],
    "H4 an upgrade": [
        "test_a_store_of_an_earlier_version_is_upgraded_by_the_first_write",
        "test_each_failing_call_leaves_the_old_or_the_new_state", "test_a_kill_at_every_call_loses_nothing",
    ],
}  # fmt: skip


def test_every_case_is_listed() -> None:
    numbers = {"A": 10, "B": 9, "C": 9, "D": 12, "E": 10, "F": 10, "G": 8, "H": 4}
    every = [f"{letter}{number}" for letter, last in numbers.items() for number in range(1, last + 1)]
    assert [case.split()[0] for case in CASES] == every


@pytest.fixture(scope="module")
def tests_and_readme() -> tuple[set[str], str]:
    """The names of all tests, and the text of the README and the documentation."""
    sources = (path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    names = {name for source in sources for name in re.findall(r"^ *(?:async )?def (test_\w+)", source, re.MULTILINE)}
    texts = [TESTS.parent / "README.md", *(TESTS.parent / "tui/docs").glob("*.md")]
    return names, " ".join(" ".join(text.read_text(encoding="utf-8").split()) for text in texts)


def test_every_case_has_a_test_or_a_sentence_in_the_readme(tests_and_readme: tuple[set[str], str]) -> None:
    names, readme = tests_and_readme
    missing = [
        (case, holder)
        for case, holders in CASES.items()
        for holder in holders
        if holder not in names and holder not in readme
    ]
    assert missing == []
