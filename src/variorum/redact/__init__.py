"""Names become pseudonyms, in every table of an edition and so in everything that is written from it.

`names` reads whom it is about, `forms` finds them in other spellings, `tables` puts the pseudonyms in, with every
offset moved along.
"""

from variorum.redact.forms import Finder
from variorum.redact.names import Person, read_names, write_key
from variorum.redact.report import report_lines
from variorum.redact.tables import Redacted, redacted
from variorum.redact.verify import still_there

__all__ = ["Finder", "Person", "Redacted", "read_names", "redacted", "report_lines", "still_there", "write_key"]
