"""The little that the theme cannot say: less air, smaller headings and figures, for a page worked on all day."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_RULES = """<style>
[data-testid="stSidebarContent"] { display: flex; flex-direction: column; }
[data-testid="stSidebarUserContent"] { order: -1; padding: 0 0 0.5rem; }
[data-testid="stSidebarHeader"] { order: -2; height: 2.2rem; margin-bottom: 0; }
[data-testid="stSidebarNavItems"] { padding-top: 0; }
[data-testid="stSidebarNavLink"] { padding-top: 0.05rem; padding-bottom: 0.05rem; }
[data-testid="stNavSectionHeader"] { padding-top: 0.3rem; padding-bottom: 0; margin-bottom: 0; }
[data-testid="stMainBlockContainer"] { padding: 2.75rem 2.25rem 3rem; }
[data-testid="stHeading"] h1 { font-size: 1.7rem; padding: 0.25rem 0; }
[data-testid="stHeading"] h3 { font-size: 1.1rem; padding: 0.5rem 0 0.25rem; }
[data-testid="stMetricValue"] { font-size: 1.35rem; font-variant-numeric: tabular-nums; }
[data-testid="stText"] { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.st-key-work_strip [data-testid="stText"] { font-size: 0.9rem; }
.st-key-work_whose [data-testid="stText"] { font-size: 1.05rem; font-weight: 600; }
.st-key-work_strip [data-testid="stMetricValue"] { font-size: 1.5rem; }
.st-key-difference_ties [data-testid="stMetricValue"] { color: #16965a; }
.st-key-work_why { min-height: 2.9rem; }
.st-key-work_buttons button { min-height: 2.1rem; padding: 0.1rem 0.65rem; }
.st-key-work_buttons { flex-wrap: wrap; row-gap: 0.4rem; }
[class*="st-key-open_"] button { min-height: 1.4rem; padding: 0; width: 100%; }
[class*="st-key-open_"] button, [class*="st-key-open_"] button div { justify-content: flex-start; text-align: left; }
[class*="st-key-open_"] button p { text-decoration: underline; text-decoration-color: rgba(128, 140, 140, 0.55); }
[class*="st-key-open_"] button p { text-underline-offset: 0.22em; text-decoration-thickness: 1px; }
[class*="st-key-open_"] button p, [class*="st-key-figure_"] [data-testid="stText"] { font-size: 0.92rem; }
[class*="st-key-none_"] [data-testid="stText"] { font-size: 0.92rem; }
[class*="st-key-count_"] > div, [class*="st-key-amount_"] > div { width: 100%; }
[class*="st-key-count_"] [data-testid="stText"], [class*="st-key-amount_"] [data-testid="stText"] {
  text-align: right; width: 100%; overflow-wrap: normal;
}
[class*="st-key-count_"] [data-testid="stText"] span, [class*="st-key-amount_"] [data-testid="stText"] span {
  white-space: nowrap;
}
[class*="st-key-open_"] button .stMarkdownEllipsis, [class*="st-key-open_"] button p { white-space: normal; }
[class*="st-key-groups_"] > div > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"] { min-width: 17rem; }
[class*="st-key-figure_"] > div > [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; gap: 0.4rem; }
[class*="st-key-figure_"] > div > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"] {
  flex: 1 1 0; min-width: 0;
}
[class*="st-key-figure_"] > div > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"]:nth-child(2) {
  flex: 0 0 2.3rem;
}
[class*="st-key-figure_"] > div > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"]:nth-child(3) {
  flex: 0 0 5.2rem;
}
.st-key-tie_out [data-testid="stColumn"], .st-key-roll_forward [data-testid="stColumn"] { min-width: 7rem; }
.st-key-closing_signed [data-testid="stColumn"] { min-width: 7rem; }
[class*="st-key-filters_"] [data-testid="stColumn"] { min-width: 6.5rem; }
.st-key-credit_detail [data-testid="stColumn"] { min-width: 8.5rem; }
.st-key-worklist_detail [data-testid="stColumn"] { min-width: 6.5rem; }
[data-testid="stForm"] [data-testid="stColumn"],
.st-key-worklist_detail [data-testid="stForm"] [data-testid="stColumn"] {
  min-width: 9.5rem;
}
.st-key-worklist_detail [class*="st-key-letter_choice"] [data-testid="stColumn"],
[class*="st-key-letter_choice"] [data-testid="stColumn"] { min-width: 10rem; }
.st-key-letter_editor [data-testid="stColumn"] { min-width: 11rem; }
.st-key-figure_part_sum { border-top: 1px solid rgba(128, 140, 140, 0.4); padding-top: 0.4rem; }
[class*="st-key-none_"] { opacity: 0.8; }
[class*="st-key-group_"] h3, .st-key-parts h3, .st-key-opened h3 { padding-top: 0; }
.st-key-tie_out h3, .st-key-roll_forward h3 { padding-top: 0; }
.st-key-roll_forward [data-testid="stMetricValue"], .st-key-tie_out [data-testid="stMetricValue"] { font-size: 1.2rem; }
.st-key-work_list [data-testid="stElementToolbar"], .st-key-work_candidates [data-testid="stElementToolbar"] {
  display: none;
}
@media (max-width: 70rem) {
  .st-key-work_panes [data-testid="stHorizontalBlock"]:has(.st-key-work_list) { flex-wrap: wrap; }
  .st-key-work_panes [data-testid="stColumn"]:has(.st-key-work_list, .st-key-work_candidates) { min-width: 100%; }
}
</style>"""


_SCRIPTS = "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("steps.js", "keys.js"))


def ways_and_keys() -> None:
    """Back leads from a page to the one before it, with its filters; a key that is held decides once."""
    st.html(_SCRIPTS, unsafe_allow_javascript=True)


def calm() -> None:
    """The rules stand on the page. The one colour, of a difference of 0.00, reads on light and on dark."""
    st.html(_RULES)
