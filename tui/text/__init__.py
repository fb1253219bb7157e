"""Functions on plain text: folding, tokens, similarity, sanitising, LaTeX and markup. Knows no paper and no screen."""
