"""Functions on text: folding, tokens, similarity, sanitising, LaTeX and markup. Know no paper and no screen."""
