"""Which package may import which. Read from the source, without importing it."""

from __future__ import annotations

import ast
import sys
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.support.source_trees import ROOT, SOURCE_FILES, tree_of

if TYPE_CHECKING:
    from pathlib import Path

# The layers: each part, and the parts it may import. Every part may import ``errors`` and the version.
MAY_IMPORT: dict[str, set[str]] = {
    "": set(),
    "errors": set(),
    "commands": set(),
    "environment": set(),
    "first_frame": {"environment"},
    "paths": {"environment"},
    "keymap": {"commands"},
    "settings": {"model", "text", "paths", "commands", "keymap", "query", "export"},
    "terminal_modes": {"first_frame"},
    "model": set(),
    "text": {"model"},
    "index": {"model", "text"},
    "latex": {"model", "text"},
    "bibtex": set(),
    "ingest": {"model", "text", "latex", "bibtex"},
    "query": {"model", "text", "index"},
    "insight": {"model", "text", "index"},
    "sources": {"model", "text", "latex"},
    "export": {"model", "text", "latex", "bibtex"},
    "pdf": {"model", "text"},
    "store": {"model"},
    "external_editor": {"paths"},
    "ui_state": set(),
    "session": set(),
    "session.source_names": {"model", "store"},
    "session.entries": {"model", "store", "session.source_names"},
    "session.reading_lists": {"model", "text", "paths", "settings", "store", "session.entries"},
    "session.mark_totals": {"model", "store", "session.entries"},
    "session.corrections_and_merges": {"model", "insight", "session.entries"},
    "session.insights": {"model", "insight", "store", "session.entries"},
    "session.note_drafts": {"session.session"},
    "session.completion_values": {"paths", "query", "store", "session.mark_totals", "session.reading_lists"},
    "session.saved_views": {"text", "query", "store", "session.mark_totals"},
    "session.listings": {"model", "paths", "ingest", "store"},
    "session.source_files": {"model", "paths", "ingest", "store", "session.listings"},
    "session.catalogue_rebuild": {
        "model",
        "text",
        "paths",
        "ingest",
        "store",
        "session.listings",
        "session.source_files",
    },
    "session.import_input": {"ingest"},
    "session.linked_files": {"model", "text", "store", "session.import_plan", "session.source_names"},
    "session.import_preview": {"model", "ingest"},
    "session.user_commands": set(),
    "session.pdf_search": {"model", "text", "pdf", "session.paper_files", "session.session"},
    "session.source_folders": {"model", "store", "session.source_names"},
    "session.paper_files": {"model", "paths", "session.session", "session.source_folders"},
    "session.new_paper": {"model", "session.import_input"},
    "session.import_updates": {"model", "ingest", "session.source_names"},
    "session.import_plan": {
        "model",
        "ingest",
        "session.import_changes",
        "session.import_input",
        "session.import_preview",
        "session.import_updates",
    },
    "session.imports": {
        "session.source_folders",
        "session.linked_files",
        "session.import_plan",
        "session.import_updates",
        "model",
        "ingest",
        "store",
        "session.catalogue_rebuild",
        "session.entries",
        "session.import_input",
        "session.import_preview",
        "session.split_papers",
        "session.import_changes",
        "session.source_names",
    },
    "session.import_changes": {"model", "ingest", "store"},
    "session.source_removal": {
        "model",
        "text",
        "paths",
        "ingest",
        "query",
        "store",
        "session.catalogue_rebuild",
        "session.entries",
        "session.imports",
        "session.listings",
        "session.source_files",
        "session.source_names",
    },
    "session.split_papers": {
        "model",
        "ingest",
        "store",
        "session.catalogue_rebuild",
        "session.entries",
        "session.source_names",
    },
    "session.additions": {
        "model",
        "text",
        "store",
        "session.entries",
        "session.feeds",
        "session.import_input",
        "session.imports",
    },
    "session.network": {"sources"},
    "session.feeds": {
        "model",
        "ingest",
        "sources",
        "store",
        "session.entries",
        "session.import_input",
        "session.imports",
    },
    "session.fill_files": {"model", "ingest", "sources"},
    "session.fills": {
        "model",
        "text",
        "ingest",
        "sources",
        "store",
        "session.catalogue_rebuild",
        "session.entries",
        "session.fill_files",
        "session.network",
    },
    "session.exports": {"model", "export", "store", "session.entries"},
    "session.cited_papers": {"export"},
    "session.edits": {
        "model",
        "text",
        "store",
        "session.catalogue_rebuild",
        "session.entries",
        "session.mark_totals",
    },
    "session.sources": {
        "paths",
        "ingest",
        "store",
        "session.catalogue_rebuild",
        "session.entries",
        "session.imports",
        "session.linked_files",
        "session.source_names",
        "session.source_removal",
    },
    "session.stored_values": {"store", "ui_state"},
    "session.maintenance": {"store"},
    "session.choices": {"query", "export"},
    "session.session": {
        "model",
        "text",
        "paths",
        "ingest",
        "query",
        "insight",
        "export",
        "store",
        "session.catalogue_rebuild",
        "session.edits",
        "session.exports",
        "session.maintenance",
        "session.sources",
        "session.stored_values",
        "session.entries",
        "session.additions",
        "session.feeds",
        "session.fills",
        "session.imports",
        "session.linked_files",
        "session.corrections_and_merges",
        "session.insights",
        "session.mark_totals",
        "session.saved_views",
        "settings",
    },
    "cli": {
        "model",
        "text",
        "environment",
        "paths",
        "terminal_modes",
        "commands",
        "keymap",
        "settings",
        "external_editor",
        "session.choices",
        "session.catalogue_rebuild",
        "session.cited_papers",
        "session.reading_lists",
        "session.source_removal",
        "session.new_paper",
        "session.user_commands",
        "session.paper_files",
        "session.pdf_search",
        "session.exports",
        "session.feeds",
        "session.fills",
        "session.imports",
        "session.import_plan",
        "session.import_input",
        "session.import_preview",
        "session.split_papers",
        "session.session",
        "session.completion_values",
        "web",
    },
    "app": {
        "model",
        "text",
        "latex",
        "environment",
        "first_frame",
        "paths",
        "terminal_modes",
        "commands",
        "keymap",
        "settings",
        "external_editor",
        "session.choices",
        "session.catalogue_rebuild",
        "session.reading_lists",
        "session.new_paper",
        "session.paper_files",
        "session.pdf_search",
        "session.user_commands",
        "session.exports",
        "session.fills",
        "session.note_drafts",
        "session.imports",
        "session.insights",
        "session.import_plan",
        "session.import_input",
        "session.import_preview",
        "session.source_removal",
        "session.split_papers",
        "ui_state",
        "session.session",
    },
    "web": set(),
    "__main__": {"first_frame", "paths", "cli", "app"},
}
SIBLINGS = ({"bibtex", "latex", "index"}, {"ingest", "query", "insight", "sources", "export", "pdf", "store"})

# The front ends may use these text functions for display, and may name the types that the session API returns.
FRONT_END_TEXT = {
    "cli": {"tui.text.cells", "tui.text.plural", "tui.text.sanitise", "tui.text.typos"},
    "app": {
        "tui.text.cells",
        "tui.latex.display_text",
        "tui.text.plural",
        "tui.text.sanitise",
        "tui.text.fold",
        "tui.text.match_spans",
        "tui.text.ascii_url",
        "tui.text.markdown_spans",
    },
}
# Values of the query language that the screen shows.
QUERY_VALUES = {"tui.query.sort_key"}
RETURNED_TYPES = {
    "tui.query.query_completion",
    "tui.query.search",
    "tui.query.facet_counts",
    "tui.query.facet_edit",
    "tui.ingest.source_file",
    "tui.insight.duplicates",
    "tui.insight.stats_report",
}

# Third-party packages, and the only packages that may import them.
THIRD_PARTY: dict[str, tuple[str, ...]] = {
    "textual": ("tui.app",),
    "rich": ("tui.app", "tui.cli.output", "tui.text.cells"),
    "tinydb": ("tui.store",),
    "orjson": ("tui.store", "tui.ingest", "tui.sources", "tui.export", "tui.text.cleanup"),
    "platformdirs": ("tui.paths",),
    "charset_normalizer": ("tui.ingest.encoding",),
    "regex": ("tui.query.pattern_search",),
    "anyascii": ("tui.export.citekey_pattern",),
    "citeproc": ("tui.export.citation_processor",),
    "textual_serve": ("tui.web.server",),
    "aiohttp": ("tui.web.server",),
    "pypdf": ("tui.pdf.page_reader",),
}

# Own imports inside functions, with the reason why they are deferred.
LATE_IMPORTS: dict[str, dict[str, set[str]]] = {
    "`--version` imports nothing, and only the screen imports Textual": {
        "tui.__main__": {"tui.cli.main", "tui.app.app", "tui.first_frame"},
    },
    "a subcommand imports argparse, the session and crash reports only if it needs them": {
        "tui.cli.main": {
            "tui.cli.context",
            "tui.cli.argument_parser",
            "tui.cli.crash",
            "tui.cli.help_text",
            "tui.session.reading_lists",
            "tui.text.typos",
        },
        "tui.cli.context": {"tui.session.session", "tui.session.reading_lists"},
        "tui.cli.line_completion": {"tui.cli.argument_parser", "tui.session.choices"},
        "tui.cli.subcommands.complete": {"tui.session.completion_values"},
        "tui.cli.subcommands.check": {"tui.session.session"},
        "tui.cli.subcommands.export": {"tui.session.cited_papers"},
        "tui.cli.subcommands.note": {"tui.external_editor"},
        "tui.cli.subcommands.serve": {"tui.cli.argument_parser", "tui.web.server"},
    },
    "the first frame of a long list does not read it, and most papers have no note": {
        "tui.app.app": {"tui.session.session"},
        "tui.app.actions.filtering": {"tui.session.choices"},
        "tui.app.detail_content": {"tui.text.markdown_spans"},
    },
    "the first frame shows no detail and no triage, runs no command and copies nothing": {
        "tui.app.workspace": {"tui.app.triage"},
        "tui.app.paper_page": {"tui.app.detail_content"},
        "tui.app.screen_ui": {"tui.app.blocking_task"},
        "tui.app.terminal.hardened_app": {"tui.app.clipboard"},
        "tui.app.app_host": {"tui.app.clipboard"},
        "tui.app.screens.main_screen": {
            "tui.app.actions.import_",
            "tui.app.actions.links",
        },
        "tui.app.command_runner": {"tui.app.actions.registry"},
        "tui.app.app": {"tui.app.actions.registry"},
    },
    "the citation processor is optional, and slow to load": {
        "tui.export.reference_list": {"tui.export.citation_processor"},
    },
    "most users have no settings file, and most files have neither a query nor a profile": {
        "tui.session.session": {"tui.settings.settings_file"},
        "tui.settings.settings_file": {"tui.settings.loader"},
        "tui.cli.main": {"tui.settings.settings_file"},
        "tui.settings.loader": {
            "tui.query.query_parser",
            "tui.export.formats",
            "tui.export.citekey_pattern",
            "tui.export.export_options",
        },
    },
    "without changed sources no source is parsed, and most bibliographies are nothing else": {
        "tui.session.catalogue_rebuild": {
            "tui.ingest.completion_records",
            "tui.ingest.source_file",
            "tui.ingest.pipeline",
            "tui.session.source_files",
        },
        "tui.ingest.parse_source": {"tui.ingest.parse_listing", "tui.ingest.parsers.bibliographies"},
        "tui.ingest.parsers.bibtex_links": {"tui.ingest.parsers.source_parser"},
        "tui.ingest.pipeline": {"tui.ingest.byline"},
        "tui.session.imports": {
            "tui.ingest.source_file",
            "tui.ingest.encoding",
            "tui.session.import_updates",
            "tui.session.split_papers",
        },
        "tui.session.import_plan": {"tui.session.import_preview"},
        "tui.session.import_input": {"tui.ingest.encoding", "tui.ingest.source_file"},
        "tui.session.split_papers": {"tui.ingest.paper_ids", "tui.ingest.pipeline", "tui.ingest.pinned_records"},
    },
    "most runs neither export nor print JSON": {
        "tui.session.exports": {
            "tui.export.style_files",
            "tui.export.quick_citation",
            "tui.export.citekey",
            "tui.export.formats",
            "tui.export.user_section",
            "tui.export.round_trip",
            "tui.export.json_record",
            "tui.export.file_names",
            "tui.export.atomic_write",
        },
        "tui.session.choices": {"tui.export.formats", "tui.query.sorting"},
    },
    "most papers are not corrected, and most runs need no insights": {
        "tui.session.entries": {"tui.model.correction", "tui.model.merge_papers", "tui.model.paper_files"},
        "tui.session.corrections_and_merges": {"tui.model.correction", "tui.insight.duplicates"},
        "tui.session.session": {"tui.session.insights", "tui.session.corrections_and_merges"},
        "tui.session.insights": {
            "tui.insight.preference",
            "tui.insight.related",
            "tui.insight.stats_report",
            "tui.insight.tfidf",
        },
        "tui.cli.subcommands.show": {"tui.model.correction"},
        "tui.app.detail_content": {"tui.model.correction"},
    },
    "saved views rarely change": {
        "tui.session.session": {
            "tui.session.saved_views",
            "tui.session.imports",
            "tui.session.fills",
            "tui.session.additions",
        },
        "tui.session.sources": {"tui.session.source_removal"},
        "tui.session.additions": {"tui.session.feeds"},
        "tui.session.fills": {"tui.session.network", "tui.sources.online"},
    },
    "the list of all papers in source order needs no query engine and no counts": {
        "tui.query.search": {
            "tui.index.search_index",
            "tui.query.engine",
            "tui.query.facet_keys",
            "tui.query.fields",
        },
        "tui.text.match_spans": {"tui.text.fold"},
    },
    "most queries ask for no removed papers and no duplicates": {
        "tui.query.search": {"tui.query.removed_papers"},
        "tui.query.engine": {"tui.query.duplicate_ids"},
    },
    "the command line has no facets, completions or relaxed queries": {
        "tui.query.empty_result": {"tui.query.facet_edit"},
        "tui.query.search": {
            "tui.query.facet_edit",
            "tui.query.query_completion",
            "tui.query.empty_result",
            "tui.query.facet_counts",
            "tui.query.partial_query",
        },
    },
    "a sound store needs no repair": {
        "tui.store.store": {"tui.store.integrity", "tui.store.repair", "tui.store.source_repair"},
    },
    "most texts contain no LaTeX": {
        "tui.latex.display_text": {"tui.latex.display"},
    },
    "only a typed correction names a type of publication or pages": {
        "tui.model.value_kind": {"tui.model.publication_types", "tui.model.page_range"},
    },
    "few lists have keywords that may be categories": {
        "tui.model.paper_categories": {"tui.model.arxiv", "tui.model.arxiv_names"},
    },
    "only sorting by author parses names": {
        "tui.query.sorting": {"tui.model.author_name"},
    },
    "the screen in a terminal needs nothing for browsers": {
        "tui.app.export_job": {"tui.app.web_exports"},
        "tui.app.app_host": {"tui.app.web_exports"},
    },
    "dialogs are not needed for the first frame": {
        "tui.app.actions.help_": {"tui.app.screens.help"},
        "tui.app.actions.insights": {"tui.app.screens.insight"},
        "tui.app.actions.editing": {"tui.app.screens.edit_fields", "tui.app.screens.duplicates"},
        "tui.app.screen_ui": {"tui.app.screens.picker"},
        "tui.app.actions.marks": {
            "tui.app.screens.prompt",
            "tui.app.screens.tag_picker",
        },
        "tui.app.actions.start_triage": {"tui.app.screens.triage"},
        "tui.app.actions.notes": {"tui.app.screens.note", "tui.app.screens.prompt", "tui.external_editor"},
        "tui.app.actions.tags": {"tui.app.screens.prompt"},
        "tui.app.actions.lists": {"tui.app.screens.prompt"},
        "tui.app.actions.queue": {"tui.app.screens.prompt"},
        "tui.app.actions.pdfs": {"tui.app.screens.path_prompt", "tui.app.screens.pdf_dialog"},
        "tui.app.actions.import_": {
            "tui.app.screens.import_dialog",
            "tui.app.screens.path_prompt",
            "tui.app.screens.edit_fields",
        },
        "tui.app.actions.fill": {"tui.app.screens.fill_dialog", "tui.app.screens.path_prompt"},
        "tui.app.actions.sources": {"tui.app.screens.source_dialog"},
        "tui.app.actions.export": {"tui.app.screens.export_dialog"},
        "tui.app.actions.saved_views": {"tui.app.screens.prompt"},
        "tui.app.export_job": {
            "tui.app.screens.export_warnings",
            "tui.app.screens.path_prompt",
            "tui.app.screens.prompt",
        },
    },
}


class Import(NamedTuple):
    """One import statement's target."""

    importer: str
    imported: str
    line: int
    late: bool
    typing_only: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {module_name(path): path for path in SOURCE_FILES}


def imports_of(module: str) -> list[Import]:
    found: list[Import] = []

    def walk(node: ast.AST, *, late: bool, typing_only: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.Import, ast.ImportFrom)):
                found.extend(Import(module, name, child.lineno, late, typing_only) for name in targets(child))
            inside = late or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            guarded = typing_only or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
            walk(child, late=inside, typing_only=guarded)

    walk(tree_of(PATHS[module]), late=False, typing_only=False)
    return found


def targets(statement: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    assert not statement.level, "relative imports hide who imports whom"
    package = statement.module or ""
    return [f"{package}.{alias.name}" if f"{package}.{alias.name}" in PATHS else package for alias in statement.names]


@cache
def imports() -> list[Import]:
    """Every import of the program; computed on first use, since every test worker imports this file."""
    return [found for module in PATHS for found in imports_of(module)]


def ours() -> list[Import]:
    return [found for found in imports() if found.imported.split(".")[0] == "tui"]


def part(module: str) -> str:
    """The part a module belongs to: the name after ``tui.``; each module of ``session`` is a part of its own."""
    name, *rest = [*module.split(".")[1:], ""]
    return f"session.{rest[0]}" if name == "session" and any(rest) else name


def listed(wrong: list[Import]) -> str:
    return "\n" + "\n".join(map(str, wrong))


def test_every_part_has_its_layer() -> None:
    assert {part(module) for module in PATHS} == set(MAY_IMPORT)


def test_only_lower_layers_are_imported() -> None:
    wrong = [
        found
        for found in ours()
        if part(found.imported) not in {part(found.importer), "errors", ""} | MAY_IMPORT[part(found.importer)]
        and not (part(found.importer) in FRONT_END_TEXT and found.typing_only and found.imported in RETURNED_TYPES)
        and not (part(found.importer) in FRONT_END_TEXT and found.imported in QUERY_VALUES)
    ]
    assert not wrong, listed(wrong)


def test_the_layers_have_no_cycle() -> None:
    above: set[str] = set()
    waiting = dict(MAY_IMPORT)
    while waiting:
        free = {name for name, below in waiting.items() if below <= above}
        assert free, f"import cycle: {sorted(waiting)}"
        above |= free
        waiting = {name: below for name, below in waiting.items() if name not in free}


def test_sibling_packages_do_not_import_each_other() -> None:
    wrong = [
        found
        for found in ours()
        if part(found.importer) != part(found.imported)
        and any({part(found.importer), part(found.imported)} <= siblings for siblings in SIBLINGS)
    ]
    assert not wrong, listed(wrong)


def test_the_front_ends_do_not_import_each_other() -> None:
    wrong = [found for found in ours() if {part(found.importer), part(found.imported)} == {"cli", "app"}]
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("front_end", sorted(FRONT_END_TEXT))
def test_a_front_end_imports_from_text_only_what_display_needs(front_end: str) -> None:
    used = [
        found for found in ours() if part(found.importer) == front_end and part(found.imported) in ("text", "latex")
    ]
    wrong = [found for found in used if found.imported not in FRONT_END_TEXT[front_end]]
    assert used
    assert not wrong, listed(wrong)


def in_cycles(edges: list[Import]) -> set[str]:
    """The modules that import themselves by way of others, or import such a module and nothing else is left.

    Every edge counts: an import inside a function, and one for the type checker only, also says who knows whom.
    """
    graph: dict[str, set[str]] = {module: set() for module in PATHS}
    for found in edges:
        if found.imported in PATHS and found.imported != found.importer:
            graph[found.importer].add(found.imported)
    for known in (graph, _reversed(graph)):  # drop what imports no cycle, then what no cycle imports
        while free := {module for module, below in known.items() if not below & set(graph)} & set(graph):
            for module in free:
                del graph[module]
    return set(graph)


def _reversed(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    return {module: {other for other, below in graph.items() if module in below} for module in graph}


def test_no_module_is_in_an_import_cycle() -> None:
    assert in_cycles(ours()) == set()


@pytest.mark.parametrize("how", [{"late": True, "typing_only": False}, {"late": False, "typing_only": True}])
def test_a_planted_cycle_is_found(how: dict[str, bool]) -> None:
    planted = Import("tui.app.listed_papers", "tui.app.screens.main_screen", 1, **how)
    found = in_cycles([*ours(), planted])
    assert {"tui.app.workspace", "tui.app.listed_papers", "tui.app.screens.main_screen"} <= found
    assert "tui.model.edit" not in found


# What the screen is about, and what commands do to it, without how it is drawn.
WITHOUT_TEXTUAL = {"tui.app.workspace", "tui.app.ui", "tui.app.command_runner", "tui.app.polling"} | {
    module for module in PATHS if module.startswith("tui.app.actions.")
}


def drawing(module: str, edges: list[Import]) -> set[str]:
    """The imports of Textual or Rich that are loaded together with a module."""
    seen, waiting, wrong = {module}, [module], set()
    while waiting:
        importer = waiting.pop()
        for found in edges:
            if found.importer != importer or found.late or found.typing_only:
                continue
            if found.imported.split(".")[0] in {"textual", "rich"}:
                wrong.add(str(found))
            elif found.imported in PATHS and found.imported not in seen:
                seen.add(found.imported)
                waiting.append(found.imported)
    return wrong


@pytest.mark.parametrize("module", sorted(WITHOUT_TEXTUAL))
def test_the_model_of_the_screen_and_the_actions_import_no_textual(module: str) -> None:
    assert drawing(module, imports()) == set()


def test_textual_planted_below_the_model_is_found() -> None:
    planted = Import("tui.app.listed_papers", "textual.widget", 1, late=False, typing_only=False)
    assert drawing("tui.app.workspace", [*imports(), planted]) == {str(planted)}


@pytest.mark.parametrize("package", sorted(THIRD_PARTY))
def test_a_third_party_package_is_imported_only_where_allowed(package: str) -> None:
    users = [found for found in imports() if found.imported.split(".")[0] == package]
    wrong = [
        found for found in users if not f"{found.importer}.".startswith(tuple(f"{p}." for p in THIRD_PARTY[package]))
    ]
    assert users, f"{package} is unused, remove it from pyproject.toml and from here"
    assert not wrong, listed(wrong)


def test_no_other_third_party_package_is_imported() -> None:
    known = set(sys.stdlib_module_names) | set(THIRD_PARTY) | {"tui"}
    wrong = [found for found in imports() if found.imported.split(".")[0] not in known]
    assert not wrong, listed(wrong)


def test_every_import_inside_a_function_is_listed_with_its_reason() -> None:
    allowed = {
        (importer, imported)
        for importers in LATE_IMPORTS.values()
        for importer, names in importers.items()
        for imported in names
    }
    assert {(found.importer, found.imported) for found in ours() if found.late} == allowed
