"""The shelf: papers and marks on disk, held by TinyDB. Knows nothing of pages, queries or screens."""
