"""Settings on the command line: path, problems, and views from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_config_keys_and_check_report_wrong_settings(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text('thme = "x"\n[keys]\nmark.read = "m"\n[views]\nown = "tag:nerf"\n', encoding="utf-8")
    own = ("--config", str(config))
    message = 'own.toml:1: unknown setting "thme" (did you mean theme?)'
    template = run("--config", str(config), "config")
    assert (template.status, message in template.err) == (3, True)
    keys = run("keys", "--config", str(config))
    assert (keys.status, message in keys.err) == (0, True)
    assert "  m                Mark as read" in keys.out
    check = run("--config", str(config), "check")
    assert (check.status, f"settings: {message}" in check.out) == (3, True)
    assert run(*own, "views").out.split() == ["1", "own", "0", "tag:nerf"]
    assert run(*own, "list", "@own", "--json").status in {0, 1}
    gone = run(*own, "views", "delete", "own")
    assert (gone.status, "the settings define a view @own" in gone.err) == (2, True)


def test_a_missing_settings_file_is_an_error_only_if_named(run: Run, tmp_path: Path) -> None:
    missing = run("--config", str(tmp_path / "no.toml"), "keys")
    assert missing.status == 2
    assert "settings file not found: " in missing.err
    assert run("config", "--path").out.strip().endswith("config.toml")
    assert run("config").status == 0
