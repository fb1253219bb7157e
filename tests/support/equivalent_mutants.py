"""Mutants that ``python -m tests.mutation`` leaves out, as they do what the program does."""

from __future__ import annotations

# Of each: the module, its line, the line after the change; and the reason why no test can notice it.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "tui/ingest/author_format.py",
        "if name.given and not natural.isascii():",
        "if name.given or not natural.isascii():",
    ): "the two spellings more never parse into the same name if it is ASCII or has no given name",
    (
        "tui/export/style_files.py",
        "data = opened.read(_SIZE_LIMIT + 1)",
        "data = opened.read(_SIZE_LIMIT + 2)",
    ): "one byte more than the limit is enough to refuse the file, and nothing else is done with the bytes",
    (
        "tui/ingest/parsers/title_and_abstract.py",
        "best = [step + score for step, score in zip(best, emission, strict=True)]",
        "best = [step + score for step, score in zip(best, emission, strict=False)]",
    ): "both always have one number for each state",
    (
        "tui/export/atomic_write.py",
        'hint = _HINTS.get(error.errno or 0, "") if isinstance(error, OSError) else ""',
        'hint = _HINTS.get(error.errno or 1, "") if isinstance(error, OSError) else ""',
    ): "neither number has a hint",
    (
        "tui/query/facet_keys.py",
        "if len(self._key_counts) < len(entries) and (deadline is None or perf_counter() < deadline):",
        "if len(self._key_counts) <= len(entries) and (deadline is None or perf_counter() < deadline):",
    ): "the authors are counted once, however often they are asked for",
    (
        "tui/ingest/parsers/feeds.py",
        "break",
        "continue",
    ): "a result that is full stays full, so that the other entries are only passed by",
    (
        "tui/latex/decode.py",
        "reader.read(groups=True)",
        "reader.read(groups=False)",
    ): "this is about the braces of the text that is read, which is not used",
    (
        "tui/ingest/record.py",
        "unsure: bool = False",
        "unsure: bool = True",
    ): "of parsers that leave it out, nobody asks: bibliographies are sure, listings are judged by the whole source",
    (
        "tui/ingest/parsers/dblp_page.py",
        "while index > 0 and _ABBREVIATION.search(text, ends[index - 1].end(), ends[index].start()):",
        "while index >= 0 and _ABBREVIATION.search(text, ends[index - 1].end(), ends[index].start()):",
    ): "before the first full stop, it looks from the last one backwards, where nothing is found",
    (
        "tui/ingest/author_lists.py",
        'natural = last > 0 and "&" in name and all(map(_is_natural, _pieces(found)))',
        'natural = last >= 0 and "&" in name and all(map(_is_natural, _pieces(found)))',
    ): "it is asked of all names but the last, and there is none if the only name is the last",
}
