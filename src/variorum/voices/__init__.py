"""Voices: whose words stand in one witness: strings in marks, reports, ``according to``, speeches; worked out once."""
