"""Other people's records: files and services that know more about a paper than the list does."""
