"""LaTeX in titles, names and abstracts: decoded for storage, decoded for display, and escaped for exports."""
