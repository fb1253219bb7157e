"""The parsers of copied pages, e-mails and feeds of known sites, then of text listings.

They get, in this order, what the parsers of bibliographies left. Boilerplate is removed before those of text listings
read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.parsers.abstract_lines import AbstractLines
from tui.ingest.parsers.acl_anthology import AclAnthology
from tui.ingest.parsers.acl_paper_page import AclPaperPage
from tui.ingest.parsers.arxiv_abstract_page import ArxivAbstractPage
from tui.ingest.parsers.arxiv_listing import ArxivListing
from tui.ingest.parsers.arxiv_mail import ArxivMail
from tui.ingest.parsers.bibliographies import BIBLIOGRAPHIES
from tui.ingest.parsers.dblp_page import DblpPage
from tui.ingest.parsers.feeds import Feed
from tui.ingest.parsers.google_scholar import GoogleScholar
from tui.ingest.parsers.hugging_face import HuggingFace
from tui.ingest.parsers.openreview import OpenReview
from tui.ingest.parsers.pubmed_list import PubmedList
from tui.ingest.parsers.semantic_scholar import SemanticScholar
from tui.ingest.parsers.three_line_records import ThreeLineRecords
from tui.ingest.parsers.title_and_abstract import TitleAndAbstract

if TYPE_CHECKING:
    from tui.ingest.parsers.source_parser import SourceParser

PAGES: tuple[SourceParser, ...] = (
    Feed(),
    ArxivMail(),
    ArxivListing(),
    ArxivAbstractPage(),
    HuggingFace(),
    OpenReview(),
    AclPaperPage(),
    AclAnthology(),
    GoogleScholar(),
    PubmedList(),
    DblpPage(),
    SemanticScholar(),
)
TEXT_LISTINGS: tuple[SourceParser, ...] = (
    ThreeLineRecords(),
    AbstractLines(),
    TitleAndAbstract(),
)
PARSERS: tuple[SourceParser, ...] = (*BIBLIOGRAPHIES, *PAGES, *TEXT_LISTINGS)
