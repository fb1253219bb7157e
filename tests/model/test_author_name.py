from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.model.author_name import AuthorName, parse_name

# printed, given, particle, family, suffix
PEOPLE = [
    ("Tsung-Yi Lin", "Tsung-Yi", "", "Lin", ""),
    ("Sunnie S. Y. Kim", "Sunnie S. Y.", "", "Kim", ""),
    ("J. Zico Kolter", "J. Zico", "", "Kolter", ""),
    ("Quoc V. Le", "Quoc V.", "", "Le", ""),
    ("Qingyao Ai", "Qingyao", "", "Ai", ""),
    ("Erik Learned-Miller", "Erik", "", "Learned-Miller", ""),
    ("Conan O'Brien", "Conan", "", "O'Brien", ""),
    ("Bernhard Schölkopf", "Bernhard", "", "Schölkopf", ""),
    ("  Kumar   Kshitij Patel ", "Kumar Kshitij", "", "Patel", ""),
    ("Laurens van der Maaten", "Laurens", "van der", "Maaten", ""),
    ("Gerard 't Hooft", "Gerard", "'t", "Hooft", ""),
    ("Gerard ’t Hooft", "Gerard", "’t", "Hooft", ""),
    ("Karl-Theodor von und zu Guttenberg", "Karl-Theodor", "von und zu", "Guttenberg", ""),
    ("van Gogh", "", "van", "Gogh", ""),
    ("Luc Van Gool", "Luc", "", "Van Gool", ""),
    ("Yann Le Cun", "Yann", "", "Le Cun", ""),
    ("Oisin Mac Aodha", "Oisin", "", "Mac Aodha", ""),
    ("Diarmuid Ó Séaghdha", "Diarmuid", "", "Ó Séaghdha", ""),
    ("José Ortega y Gasset", "José", "", "Ortega y Gasset", ""),
    ("Maria da Costa e Silva", "Maria", "da", "Costa e Silva", ""),
    ("danah boyd", "danah", "", "boyd", ""),
    ("di wu", "di", "", "wu", ""),
    ("Di Wu", "Di", "", "Wu", ""),
    ("Charles Sutton Jr.", "Charles", "", "Sutton", "Jr."),
    ("Martin Luther King, Jr.", "Martin Luther", "", "King", "Jr."),
    ("Ann van Dyke III", "Ann", "van", "Dyke", "III"),
    ("King, Jr., Martin Luther", "Martin Luther", "", "King", "Jr."),
    ("Sutton Jr., Charles", "Charles", "", "Sutton", "Jr."),
    ("van der Maaten, Laurens", "Laurens", "van der", "Maaten", ""),
    ("Maaten, Laurens van der", "Laurens", "van der", "Maaten", ""),
    ("Ortega y Gasset, José", "José", "", "Ortega y Gasset", ""),
    (r"Fran{\c c}ois Chollet", r"Fran{\c c}ois", "", "Chollet", ""),
    ("王小明", "小明", "", "王", ""),
    ("欧阳修", "修", "", "欧阳", ""),
    ("山田太郎", "太郎", "", "山田", ""),
    ("山田 太郎", "太郎", "", "山田", ""),
    ("田中さくら", "さくら", "", "田中", ""),
    ("김민수", "민수", "", "김", ""),
    ("남궁민수", "민수", "", "남궁", ""),
    ("محمد بن سلمان", "محمد", "بن", "سلمان", ""),
    ("עמוס עוז", "עמוס", "", "עוז", ""),
]
WHOLE = [
    *("Plato", "O'Brien", "OpenAI", "Deep Team", "Google DeepMind", "The ATLAS Collaboration", "Google, Inc."),
    *(
        "University of Chicago",
        "Center for AI Safety",
        "Team 42",
        "Johns and Partners",
        "Doe, John and Jane",
        "others",
    ),
    *("Martin Jr.", "Jr.", "ひかり", "卡尔·马克思", "a, b, c, d", "Bank of England", ", Ann", "Ann,,"),
    "Silva, de, Maria",
]


@pytest.mark.parametrize(("printed", "given", "particle", "family", "suffix"), PEOPLE)
def test_a_person_name_is_parsed_into_its_parts(
    printed: str, given: str, particle: str, family: str, suffix: str
) -> None:
    assert parse_name(printed) == AuthorName(given, particle, family, suffix)


@pytest.mark.parametrize("printed", WHOLE)
def test_a_name_that_is_not_a_person_is_kept_whole(printed: str) -> None:
    assert parse_name(printed) == AuthorName(literal=printed)


def test_braces_make_an_organisation() -> None:
    assert parse_name("{Barnes and Noble, Inc.}") == AuthorName(literal="Barnes and Noble, Inc.")
    assert parse_name(r"{{} and \}") == AuthorName(literal=r"{{} and \}")
    assert parse_name("{A} {B}") == AuthorName(given="{A}", family="{B}")


def test_an_empty_name_is_an_empty_literal() -> None:
    assert parse_name(" \t ") == AuthorName()


@pytest.mark.parametrize(
    ("printed", "surname"),
    [("Laurens van der Maaten", "van der Maaten"), ("Luc Van Gool", "Van Gool"), ("Plato", "Plato")],
)
def test_the_surname_is_the_name_a_paper_is_cited_by(printed: str, surname: str) -> None:
    assert parse_name(printed).surname == surname


@given(st.text(max_size=60))
@example("{")
@example("{ }")
@example("}{")
@example("{a} b}")
@example(",,,")
@settings(max_examples=300, deadline=None)
def test_any_text_parses_and_no_character_is_lost(printed: str) -> None:
    name = parse_name(printed)
    parts = (name.given, name.particle, name.family, name.suffix, name.literal)
    assert _characters("".join(parts)) == _characters(printed)
    assert bool(name.literal) != bool(name.family) or not printed.split()


def _characters(text: str) -> list[str]:
    return sorted(character for character in "".join(text.split()) if character not in "{},")


_WORD = st.text("ABCDabcdéß", min_size=2, max_size=6).map(str.capitalize)


@given(given_=_WORD, particle=st.sampled_from(["", "van", "de la", "von und zu"]), family=_WORD)
@settings(max_examples=200, deadline=None)
def test_both_orders_give_the_same_name(given_: str, particle: str, family: str) -> None:
    whole = f"{particle} {family}".strip()
    assert parse_name(f"{given_} {whole}") == parse_name(f"{whole}, {given_}")
