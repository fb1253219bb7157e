"""What holds for all tests: property tests try the same examples every time.

``pytest --hypothesis-profile=fresh`` tries others, to look for what nobody has found yet.
"""

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("fresh", deadline=None)
settings.load_profile("same")
