"""One module for each page of an edition, each with ``publish(render)``, which writes its files."""
