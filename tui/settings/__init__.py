"""THE SETTINGS: ``config.toml`` read into values, each mistake as one sentence. Knows no screen and no store."""
