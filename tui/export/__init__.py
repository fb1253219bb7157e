"""Writers of entries: one module per format, citation keys, and verification. Knows no store and no screen."""
