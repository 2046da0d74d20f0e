"""The app: an edition in the browser, with search, a queue of rows to be checked, and decisions of one or of a team."""
