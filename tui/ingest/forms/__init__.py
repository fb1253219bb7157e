"""The forms a page can have, one file each.

``FORMS`` is in the order of how sure their marks are: each form reads the lines that the ones before it left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.forms.abstract_lines import AbstractLines
from tui.ingest.forms.bibtex import Bibtex
from tui.ingest.forms.csl_json import CslJson
from tui.ingest.forms.own_json import OwnJson
from tui.ingest.forms.ris import Ris
from tui.ingest.forms.three_line_records import ThreeLineRecords
from tui.ingest.forms.title_and_abstract import TitleAndAbstract

if TYPE_CHECKING:
    from tui.ingest.forms.form import Form

FORMS: tuple[Form, ...] = (
    *(OwnJson(), CslJson(), Bibtex(), Ris()),
    *(ThreeLineRecords(), AbstractLines(), TitleAndAbstract()),
)
