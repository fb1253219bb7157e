"""Statistics, duplicates, related papers and suggestions. Pure functions on values; know no store and no screen."""
