"""In-memory indexes: folded search text, counts, vocabulary. Derived, never written to disk; know no query."""
