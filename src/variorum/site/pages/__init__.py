"""One module for each page of an edition, each with ``publish(press)``, which writes its files."""
