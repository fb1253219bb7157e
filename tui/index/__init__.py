"""The indexes: folded text for search as you type, counts, vocabulary. Derived, disposable, never written to disk."""
