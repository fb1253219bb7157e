"""Laws 1 and 2: who may import whom. Found in the source itself, so nothing is imported and nothing slips by."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]

# The floors of the house: each part, and the parts it may import. Every part may import ``errors`` and the version.
MAY_IMPORT: dict[str, set[str]] = {
    "": set(),
    "errors": set(),
    "commands": set(),
    "paths": set(),
    "keymap": {"commands"},
    "settings": {"model", "commands", "keymap", "query", "export"},
    "terminal_modes": set(),
    "model": set(),
    "text": {"model"},
    "index": {"model", "text"},
    "ingest": {"model", "text"},
    "query": {"model", "text", "index"},
    "insight": {"model", "text", "index"},
    "export": {"model", "text"},
    "store": {"model"},
    "external_editor": {"paths"},
    "ui_state": set(),
    "session": set(),
    "session.entries": {"model", "store"},
    "session.mark_totals": {"model", "store", "session.entries"},
    "session.curation": {"model", "insight", "session.entries"},
    "session.insights": {"model", "insight", "store", "session.entries"},
    "session.note_drafts": {"session.session"},
    "session.saved_views": {"text", "query", "store", "session.mark_totals"},
    "session.source_files": {"paths", "ingest", "store"},
    "session.source_sync": {"model", "text", "paths", "ingest", "store", "session.source_files"},
    "session.import_input": {"ingest"},
    "session.import_preview": {"model", "ingest"},
    "session.imports": {
        "model",
        "ingest",
        "store",
        "session.source_sync",
        "session.entries",
        "session.import_input",
        "session.import_preview",
        "session.split_papers",
        "session.import_changes",
    },
    "session.import_changes": {"model", "ingest", "store"},
    "session.split_papers": {"model", "ingest", "store", "session.source_sync", "session.entries"},
    "session.exports": {"model", "export", "store", "session.entries"},
    "session.session": {
        "model",
        "text",
        "paths",
        "ingest",
        "query",
        "insight",
        "export",
        "store",
        "session.source_sync",
        "session.exports",
        "session.entries",
        "session.imports",
        "session.curation",
        "session.insights",
        "session.mark_totals",
        "session.saved_views",
        "ui_state",
        "settings",
    },
    "cli": {
        "model",
        "text",
        "paths",
        "terminal_modes",
        "commands",
        "keymap",
        "settings",
        "external_editor",
        "session.source_sync",
        "session.exports",
        "session.imports",
        "session.import_input",
        "session.import_preview",
        "session.split_papers",
        "session.session",
        "web",
    },
    "app": {
        "model",
        "text",
        "paths",
        "terminal_modes",
        "commands",
        "keymap",
        "settings",
        "external_editor",
        "session.source_sync",
        "session.exports",
        "session.note_drafts",
        "session.imports",
        "session.import_input",
        "session.import_preview",
        "session.split_papers",
        "ui_state",
        "session.session",
    },
    "web": set(),
    "__main__": {"paths", "cli", "app"},
}
SISTERS = {"ingest", "query", "insight", "export", "store"}

# The faces draw, so they may ask for letters made readable; and they may name the types of what the door hands out.
FACE_TEXT = {
    "cli": {"tui.text.plural", "tui.text.sanitise"},
    "app": {
        "tui.text.plural",
        "tui.text.sanitise",
        "tui.text.display_text",
        "tui.text.fold",
        "tui.text.match_spans",
        "tui.text.url",
        "tui.text.markdown_spans",
    },
}
HANDED_OUT = {
    "tui.query.completion",
    "tui.query.search",
    "tui.query.facets",
    "tui.query.facet_edit",
    "tui.ingest.source_file",
    "tui.insight.duplicates",
    "tui.insight.stats_report",
}

# Packages of others, and the only places that may import them.
THIRD_PARTY: dict[str, tuple[str, ...]] = {
    "textual": ("tui.app",),
    "rich": ("tui.app", "tui.cli.output"),
    "tinydb": ("tui.store",),
    "orjson": ("tui.store", "tui.ingest", "tui.export"),
    "platformdirs": ("tui.paths",),
    "charset_normalizer": ("tui.ingest.encoding",),
    "anyascii": ("tui.export.citekey_pattern",),
    "textual_serve": ("tui.web.server",),
    "aiohttp": ("tui.web.server",),
}

# Imports of ours inside functions, each with the start-up it spares.
LATE_IMPORTS: dict[str, dict[str, set[str]]] = {
    "`--version` imports nothing, and only a screen loads Textual": {
        "tui.__main__": {"tui.cli.main", "tui.app.app"},
    },
    "a verb imports argparse, the session and crash reports only where it needs them": {
        "tui.cli.main": {"tui.cli.context", "tui.cli.argument_parser", "tui.cli.crash", "tui.cli.help_text"},
        "tui.cli.context": {"tui.session.session"},
        "tui.cli.subcommands.check": {"tui.session.session"},
        "tui.cli.subcommands.export": {"tui.session.session"},
        "tui.cli.subcommands.list_": {"tui.session.session"},
        "tui.cli.subcommands.note": {"tui.external_editor"},
        "tui.cli.subcommands.serve": {"tui.cli.argument_parser", "tui.web.server"},
    },
    "the first frame of a long list needs nothing that reads it, and that of most papers shows no note": {
        "tui.app.app": {"tui.session.session"},
        "tui.app.paper_view": {"tui.text.markdown_spans"},
    },
    "the first frame shows no page, runs no command, copies nothing, and the table of commands brings in what each needs": {
        "tui.app.actions.insights": {"tui.app.paper_view"},
        "tui.app.polling": {"tui.app.blocking_task"},
        "tui.app.terminal.hardened_app": {"tui.app.clipboard"},
        "tui.app.actions.clipboard": {"tui.app.clipboard", "tui.app.actions.import_"},
        "tui.app.screens.main_screen": {"tui.app.actions.registry"},
        "tui.app.app": {"tui.app.actions.registry"},
    },
    "most people have no file of settings, and most files neither a query nor a profile": {
        "tui.settings.settings": {"tui.settings.loader"},
        "tui.settings.loader": {
            "tui.query.query_parser",
            "tui.export.formats",
            "tui.export.citekey_pattern",
            "tui.export.export_options",
        },
    },
    "a start-up without changed pages reads none": {
        "tui.session.source_sync": {"tui.ingest.source_file", "tui.ingest.pipeline", "tui.session.source_files"},
        "tui.session.imports": {
            "tui.ingest.source_file",
            "tui.ingest.encoding",
            "tui.session.import_preview",
            "tui.session.split_papers",
        },
        "tui.session.import_input": {"tui.ingest.encoding", "tui.ingest.source_file"},
        "tui.session.split_papers": {"tui.ingest.paper_ids", "tui.ingest.pipeline", "tui.ingest.pinned_records"},
    },
    "most runs neither export, nor count, nor print JSON": {
        "tui.session.exports": {
            "tui.export.citation_styles",
            "tui.export.citekey",
            "tui.export.formats",
            "tui.export.user_section",
            "tui.export.round_trip",
            "tui.export.json_record",
            "tui.export.file_names",
            "tui.export.atomic_write",
        },
        "tui.session.session": {"tui.export.formats", "tui.query.facet_edit", "tui.query.sorting"},
    },
    "most papers are as the pages have them": {
        "tui.session.entries": {"tui.model.correction", "tui.model.merge_papers"},
        "tui.session.curation": {"tui.model.correction", "tui.insight.duplicates"},
        "tui.session.session": {"tui.session.insights", "tui.session.curation"},
        "tui.session.insights": {
            "tui.insight.preference",
            "tui.insight.related",
            "tui.insight.stats_report",
            "tui.insight.tfidf",
        },
        "tui.cli.subcommands.show": {"tui.model.correction"},
        "tui.app.paper_view": {"tui.model.correction"},
    },
    "views change now and then": {
        "tui.session.session": {"tui.session.saved_views", "tui.session.imports"},
    },
    "the list of all papers, in the order of the pages, needs nothing of the query language, and counts nothing": {
        "tui.query.search": {
            "tui.index.search_index",
            "tui.query.engine",
            "tui.query.facet_index",
            "tui.query.fields",
        },
        "tui.text.match_spans": {"tui.text.fold"},
    },
    "the command line shows no facets, completes nothing, and takes no terms away": {
        "tui.query.empty_result": {"tui.query.facet_edit"},
        "tui.query.search": {
            "tui.query.completion",
            "tui.query.empty_result",
            "tui.query.facets",
            "tui.query.partial_query",
        },
    },
    "a store that opens needs no mending": {
        "tui.store.store": {"tui.store.integrity", "tui.store.repair", "tui.store.source_repair"},
    },
    "most texts have no LaTeX": {
        "tui.text.display_text": {"tui.text.latex_to_unicode"},
    },
    "only the order by author takes names apart": {
        "tui.query.sorting": {"tui.model.author_name"},
    },
    "a screen on a terminal needs nothing of one in a browser": {
        "tui.app.export_job": {"tui.app.web_exports"},
    },
    "a screen that the first paint does not need": {
        "tui.app.actions.help_": {"tui.app.screens.help"},
        "tui.app.actions.insights": {"tui.app.screens.insight"},
        "tui.app.actions.editing": {"tui.app.screens.edit_fields", "tui.app.screens.duplicates"},
        "tui.app.choose": {"tui.app.screens.picker"},
        "tui.app.actions.marks": {
            "tui.app.screens.prompt",
            "tui.app.screens.tag_picker",
        },
        "tui.app.actions.triage": {"tui.app.screens.triage"},
        "tui.app.actions.notes": {"tui.app.screens.note", "tui.app.screens.prompt", "tui.external_editor"},
        "tui.app.actions.tags": {"tui.app.screens.prompt"},
        "tui.app.actions.import_": {"tui.app.screens.import_dialog", "tui.app.screens.prompt"},
        "tui.app.actions.export": {"tui.app.screens.export_dialog"},
        "tui.app.actions.saved_views": {"tui.app.screens.prompt"},
        "tui.app.export_job": {"tui.app.screens.export_warnings", "tui.app.screens.prompt"},
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


PATHS = {module_name(path): path for path in sorted((ROOT / "tui").rglob("*.py"))}


def imports_of(module: str) -> list[Import]:
    found: list[Import] = []

    def walk(node: ast.AST, *, late: bool, typing_only: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.Import, ast.ImportFrom)):
                found.extend(Import(module, name, child.lineno, late, typing_only) for name in targets(child))
            inside = late or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            guarded = typing_only or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
            walk(child, late=inside, typing_only=guarded)

    walk(ast.parse(PATHS[module].read_text(encoding="utf-8")), late=False, typing_only=False)
    return found


def targets(statement: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    assert not statement.level, "relative imports hide who imports whom"
    package = statement.module or ""
    return [f"{package}.{alias.name}" if f"{package}.{alias.name}" in PATHS else package for alias in statement.names]


@cache
def imports() -> list[Import]:
    """Every import of the program; found when the first test asks, since every process of a run reads this file."""
    return [found for module in PATHS for found in imports_of(module)]


def ours() -> list[Import]:
    return [found for found in imports() if found.imported.split(".")[0] == "tui"]


def part(module: str) -> str:
    """The floor a module belongs to: the name behind ``tui.``; the rooms behind the door have floors of their own."""
    name, *rest = [*module.split(".")[1:], ""]
    return f"session.{rest[0]}" if name == "session" and any(rest) else name


def listed(wrong: list[Import]) -> str:
    return "\n" + "\n".join(map(str, wrong))


def test_every_part_of_the_house_has_its_floor() -> None:
    assert {part(module) for module in PATHS} == set(MAY_IMPORT)


def test_only_lower_floors_are_imported() -> None:
    wrong = [
        found
        for found in ours()
        if part(found.imported) not in {part(found.importer), "errors", ""} | MAY_IMPORT[part(found.importer)]
        and not (part(found.importer) in FACE_TEXT and found.typing_only and found.imported in HANDED_OUT)
    ]
    assert not wrong, listed(wrong)


def test_the_floors_themselves_have_no_cycle() -> None:
    above: set[str] = set()
    waiting = dict(MAY_IMPORT)
    while waiting:
        free = {name for name, below in waiting.items() if below <= above}
        assert free, f"these import each other in a circle: {sorted(waiting)}"
        above |= free
        waiting = {name: below for name, below in waiting.items() if name not in free}


def test_sisters_do_not_know_each_other() -> None:
    wrong = [
        found
        for found in ours()
        if {part(found.importer), part(found.imported)} <= SISTERS and part(found.importer) != part(found.imported)
    ]
    assert not wrong, listed(wrong)


def test_the_faces_do_not_see_each_other() -> None:
    wrong = [found for found in ours() if {part(found.importer), part(found.imported)} == {"cli", "app"}]
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("face", sorted(FACE_TEXT))
def test_a_face_takes_from_text_only_what_drawing_needs(face: str) -> None:
    taken = [found for found in ours() if part(found.importer) == face and part(found.imported) == "text"]
    wrong = [found for found in taken if found.imported not in FACE_TEXT[face]]
    assert taken
    assert not wrong, listed(wrong)


def test_no_module_imports_itself_round_a_corner() -> None:
    graph: dict[str, set[str]] = {module: set() for module in PATHS}
    for found in ours():
        if not found.typing_only and not found.late and found.imported in PATHS:
            graph[found.importer].add(found.imported)
    done: set[str] = set()
    while waiting := set(graph) - done:
        free = {module for module in waiting if graph[module] <= done}
        assert free, f"in or behind a circle of imports: {sorted(waiting)}"
        done |= free


@pytest.mark.parametrize("package", sorted(THIRD_PARTY))
def test_a_package_of_others_stays_in_its_place(package: str) -> None:
    users = [found for found in imports() if found.imported.split(".")[0] == package]
    wrong = [
        found for found in users if not f"{found.importer}.".startswith(tuple(f"{p}." for p in THIRD_PARTY[package]))
    ]
    assert users, f"nobody imports {package}; drop it from pyproject.toml and from here"
    assert not wrong, listed(wrong)


def test_nothing_else_of_others_is_imported() -> None:
    known = set(sys.stdlib_module_names) | set(THIRD_PARTY) | {"tui"}
    wrong = [found for found in imports() if found.imported.split(".")[0] not in known]
    assert not wrong, listed(wrong)


def test_imports_inside_functions_are_those_listed_with_their_reason() -> None:
    allowed = {
        (importer, imported)
        for importers in LATE_IMPORTS.values()
        for importer, names in importers.items()
        for imported in names
    }
    assert {(found.importer, found.imported) for found in ours() if found.late} == allowed
