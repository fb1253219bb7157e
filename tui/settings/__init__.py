"""SETTINGS: reads ``config.toml`` into values, and reports each error with its line. Must not use screen or store."""
