"""What holds for all tests: property tests take the same examples in every run."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("test", derandomize=True, database=None, deadline=None, max_examples=120)
settings.register_profile("search", derandomize=False, database=None, deadline=None, max_examples=3000, print_blob=True)
settings.load_profile(os.environ.get("VARIORUM_PROPERTIES", "test"))
