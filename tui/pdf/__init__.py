"""Find the papers that PDF files contain: by the names of the files, and by what is printed on their first pages."""
