"""Functions on text: folding, tokens, similarity, sanitising, cleanup and markup. Know no paper and no screen."""
