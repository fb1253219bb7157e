"""Pages to papers: reads listings, takes them apart into records, joins the records of one paper. Stores nothing."""
