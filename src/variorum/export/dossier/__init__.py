"""A dossier of an edition, or of a part of it, to hand in: what each account says, with a footnote to every word.

`compose` makes a document of the tables; `html`, `docx`, `odt` and `pdf` print it.
"""
