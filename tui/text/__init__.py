"""The letters: folding, words, likeness, sanitising, LaTeX made readable. Knows no paper and no screen."""
