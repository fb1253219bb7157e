"""Typed author lists: semicolons, BibTeX's ``and``, commas; organisations and single names stay whole."""

from __future__ import annotations

import pytest

from tui.model.correction import validate


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Curie, Marie and Ørsted, Hans", "Curie, Marie; Ørsted, Hans"),
        ("Curie, Marie; Ørsted, Hans", "Curie, Marie; Ørsted, Hans"),
        ("Marie Curie and Hans Ørsted", "Marie Curie; Hans Ørsted"),
        ("M. Curie & H. Ørsted", "M. Curie; H. Ørsted"),
        ("Marie Curie, Hans Ørsted and Ada Lovelace", "Marie Curie; Hans Ørsted; Ada Lovelace"),
        ("Marie Curie, Hans Ørsted, and Ada Lovelace", "Marie Curie; Hans Ørsted; Ada Lovelace"),
        ("Marie Curie, Hans Ørsted, Ada Lovelace", "Marie Curie; Hans Ørsted; Ada Lovelace"),
        ("Vargas Llosa, Mario and García Márquez, Gabriel José", "Vargas Llosa, Mario; García Márquez, Gabriel José"),
        ("Curie, Marie and others", "Curie, Marie; et al."),
        ("Marie Curie et al.", "Marie Curie; et al."),
        ("Marie Curie, Hans Ørsted, Ada Lovelace, et al", "Marie Curie; Hans Ørsted; Ada Lovelace; et al."),
    ],
)
def test_lists_of_persons_are_split(typed: str, kept: str) -> None:
    assert validate("authors", typed) == kept
    assert validate("authors", kept) == kept


@pytest.mark.parametrize(
    "name",
    [
        "Curie, Marie", "Smith, Jr., John", "Vargas Llosa, Mario José", "OpenAI", "Food and Drug Administration",
        "Centers for Disease Control and Prevention", "Department of Health, Education, and Welfare",
        "Anderson and Sons", "{Marie Curie and Hans Ørsted}", "Johnson & Johnson",
    ],
)  # fmt: skip
def test_one_name_stays_whole(name: str) -> None:
    assert validate("authors", name) == name
