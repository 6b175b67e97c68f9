"""The screen: the only home of streamlit beside app.py and pages/."""

from analysis.ui.chosen_day import as_of, sidebar
from analysis.ui.claims import claim_details
from analysis.ui.details import amounts, facts, raw
from analysis.ui.downloads import downloads
from analysis.ui.figures import figures
from analysis.ui.filters import filtered, forget
from analysis.ui.opening import store, who
from analysis.ui.outcomes import show_matched, show_outcomes
from analysis.ui.paths import asked, asked_number, back, lost, way
from analysis.ui.states import all_clear, nothing_here, welcome
from analysis.ui.tables import foot, row_of, table, with_id
from analysis.ui.words import long_day, said

__all__ = [
    "all_clear",
    "amounts",
    "as_of",
    "asked",
    "asked_number",
    "back",
    "claim_details",
    "downloads",
    "facts",
    "figures",
    "filtered",
    "foot",
    "forget",
    "long_day",
    "lost",
    "nothing_here",
    "raw",
    "row_of",
    "said",
    "show_matched",
    "show_outcomes",
    "sidebar",
    "store",
    "table",
    "way",
    "welcome",
    "who",
    "with_id",
]
