"""Makes the two binary accounts of the bundled example: the Coast Guard's report (DOCX) and the inquiry's (PDF).

    python tools/make_example.py        # needs python-docx and reportlab (pip install -e '.[dev]')

The words are ours and stand here; the files are committed, so that nobody needs to run this.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import docx
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen import canvas

ACCOUNTS = Path(__file__).resolve().parents[1] / "src/variorum/example/the-loss-of-the-maid-of-asker"

SITUATION = [
    "Coast Guard, Strait District",
    "Situation report no. 4. 18 November 1998, 06.00.",
    "1. At 20.31 on 17 November 1998 Corrie station received a distress call from the ferry MAID OF ASKER, taking water "
    "north of Gannet Bank in the Merrow Strait.",
    "2. The lifeboat left Corrie at 20.44. Eleven fishing boats from Hale joined the search. The helicopter was on the "
    "scene at 21.20.",
    "3. The ferry sank at 21.40 in 46 metres of water.",
    "4. On board, according to the operator, were 214 persons. Taken off alive: 168 people. 27 bodies have been "
    "recovered. 19 people are missing.",
    "5. Of the 168 people who were rescued, 23 were taken up by the coaster TOLVEN and 104 by boats from Hale; the "
    "lifeboat brought in 41.",
    "6. The master of the coaster is being questioned at Corrie. The search continues.",
]

INQUIRY = [
    "Report of the Commission of Inquiry into the loss of the Maid of Asker",
    "9. Between June and August 1998 the radar of the Maid of Asker was twice out of service. It was not replaced.",
    "11. On 6 October 1998 the Hale Island Council asked Merrow Line in writing for a second lookout on the night "
    "crossing. Merrow Line did not answer.",
    "13. By the harbour log the Maid of Asker left Port Asker at 19.10 on 17 November 1998.",
    "14. The Commission adopts the account of the Families and Survivors of 17 November that the collision was at about "
    "a quarter past eight. Each ship was turning towards the other. The position was 1.4 nautical miles north of the "
    "Gannet Bank buoy, and visibility was about 400 metres. The Commission rejects the statement of Merrow Line that the "
    "coaster struck the ferry at 20.05.",
    "15. There were 221 persons on board: 190 passengers on the list, seven children who were not, and 24 crew. Forty "
    "people died, 33 of them passengers and seven crew; 181 were taken off alive.",
    "16. At 20.18 those on board were told to remain at their muster stations. No order to leave the ship was given.",
    "17. A distress call was sent at 20.29. By the log of the Coast Guard it was received at Corrie station at 20.31, "
    "and the ferry sank at 21.40 in 46 metres of water. Fourteen boats from Hale took part in the search, which ended on "
    "20 November 1998.",
    "18. On 20 November 1998 the Minister for the Sea, Ana Teverin, promised the Assembly an inquiry in public.",
    "20. The Commission was appointed on 2 December 1998. Divers examined the wreck between 4 and 16 December. The "
    "Commission heard 61 witnesses, among them 38 survivors, in 14 days of hearings, and closed its hearings on "
    "30 June 1999.",
    "21. The Commission finds that the collision was caused by the failure of both ships to keep a proper lookout.",
]


def write_docx() -> None:
    opened = docx.Document()
    opened.core_properties.title = "Situation report no. 4"
    opened.core_properties.author = "Coast Guard, Strait District"
    opened.core_properties.created = opened.core_properties.modified = datetime(1998, 11, 18, 6, tzinfo=UTC)
    for paragraph in SITUATION:
        opened.add_paragraph(paragraph)
    opened.save(str(ACCOUNTS / "coast-guard.docx"))


def wrapped(text: str, width: int = 62) -> list[str]:
    """Lines of at most ``width`` signs; long words are parted with a hyphen, as a printer would."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            room = width - len(line) - 2
            if len(word) > 9 and 3 < room < len(word) - 3 and word.isalpha():
                lines.append(f"{line} {word[:room]}-")
                line = word[room:]
                continue
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def write_pdf() -> None:
    width, height = A5
    page = canvas.Canvas(str(ACCOUNTS / "inquiry.pdf"), pagesize=A5, invariant=1)
    page.setTitle("Report of the Commission of Inquiry")
    number, at = 0, 0.0
    for paragraph in INQUIRY:
        for line in [*wrapped(paragraph), ""]:
            if at < 170:
                if number:
                    page.showPage()
                number += 1
                page.setFont("Helvetica", 8)
                page.drawString(40, height - 30, "Commission of Inquiry: Maid of Asker")
                page.drawString(width / 2, 25, f"- {number} -")
                page.setFont("Times-Roman", 11)
                at = height - 60
            page.drawString(40, at, line)
            at -= 18
    page.save()


if __name__ == "__main__":
    write_docx()
    write_pdf()
