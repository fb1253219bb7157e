"""Defence against terminals and text that misbehave: driver, input splitting, output filter, shutdown."""
