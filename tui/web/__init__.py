"""The screen in a browser: a web server for this machine alone. Needs the extra ``readlist[web]``."""
