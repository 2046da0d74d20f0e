"""The edition: how it is made (`collate`, `steps`, `staging`), opened (`edition`) and checked (`verify`)."""

from variorum.edition.edition import MANIFEST, Edition

__all__ = ["MANIFEST", "Edition"]
