"""What can be read off the list: statistics. Suggests and counts; changes nothing."""
