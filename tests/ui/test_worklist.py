"""The worklist as a page: next best with its key, claims, changes, contacts, ticked rows, saved filters, the sheet."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from analysis.casework.filters import filters_for, save_filter
from analysis.casework.work_settings import set_supervisors
from analysis.casework.worklist import history, worklist
from analysis.exports import worklist_xlsx
from analysis.match.decisions import Who
from analysis.sample import AS_OF
from analysis.ui import store as opened_store
from analysis.ui import words
from tests.ui.conftest import Opens, press, signs, texts, tick


def case_of(app: AppTest) -> str:
    """The case that the address names."""
    named = app.query_params["case"]
    return named if isinstance(named, str) else named[0]


def form_of(app: AppTest) -> str:
    """How the keys of the chosen case's forms begin."""
    return next(one.key.removesuffix("_note") for one in app.text_area if one.key.endswith("_note"))


def test_next_claims_and_a_save_over_another_is_refused(desk: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next best is ana's for a while: what ben saves is refused; once free, a stale save tells what changed."""
    app = press(desk("worklist"), "case_next")
    case_id = case_of(app)
    assert "claimed by ana until" in texts(app)
    stale = form_of(app)
    signs(monkeypatch, "ben")
    app.text_input(key=f"{stale}_owner").input("ben")
    app = press(app, f"{stale}_save")
    assert "is claimed by ana until" in texts(app)
    signs(monkeypatch, "ana")
    app = press(app.run(timeout=60), "case_release")
    other = desk("worklist")
    other.query_params["case"] = case_id
    other = other.run()
    other.text_input(key=f"{stale}_owner").input("cal")
    other.text_area(key=f"{stale}_note").input("my own words")
    app.text_input(key=f"{stale}_owner").input("ana")
    app.text_area(key=f"{stale}_note").input("JOHN DOE called")
    app = press(app, f"{stale}_save")
    assert "Owner: ana" in texts(app)
    other = press(other, f"{stale}_save")
    assert "owner: nobody → ana" in texts(other)
    assert other.text_area(key=f"{form_of(other)}_note").value == "my own words"
    told = history(opened_store(), case_id)
    assert list(told["note"].dropna()) == ["JOHN DOE called"]


def test_a_promise_shows_on_today(desk: Opens) -> None:
    """The contact is logged, the case waits; on the day promised it is mine on Today, and first on the list."""
    app = desk("worklist", worklist_whose="Mine")
    assert "1 of 208 rows" in "\n".join(one.value for one in app.caption)
    key = form_of(app)
    app.text_area(key=f"{key}_said").input("will pay")
    app.text_input(key=f"{key}_promised").input("the money")
    app.date_input(key=f"{key}_promised_by").set_value(AS_OF)
    app = press(app, f"{key}_log")
    assert "★ Promise due" in "\n".join(one.value for one in app.caption)
    today = desk("today")
    assert not today.exception
    assert "ana today:" in texts(today)
    assert [one for one in today.get("page_link") if one.proto.label.startswith("Mine: 1")]
    assert worklist(opened_store(), AS_OF)["turn"].iloc[0] == "promise"


def test_ticked_rows_are_changed_at_once(desk: Opens) -> None:
    """Two of them; the one that is too old is told with why."""
    app = desk("worklist").toggle(key="worklist_several").set_value(True).run(timeout=60)
    cases = worklist(opened_store(), AS_OF)
    rows = [list(cases["limit_state"]).index(one) for one in ("warned", "in_time", "blocked")]
    app = tick(app, "worklist_ticks", *rows)
    app.date_input(key="bulk_next_on").set_value(AS_OF.replace(day=20))
    app = press(app, "bulk_do")
    assert [one.value for one in app.warning] == ["2 of 3 done"]
    assert "cannot be put off" in texts(app)


def test_ticked_limits_are_lifted_by_a_supervisor_only(desk: Opens) -> None:
    """Two too old ones: refused to ana, with who may; then lifted with her reason, and put off like others."""
    day = AS_OF.replace(day=18)

    def lifted() -> AppTest:
        app = desk("worklist").toggle(key="worklist_several").set_value(True).run(timeout=60)
        blocked = worklist(opened_store(), AS_OF).query("limit_state == 'blocked'")
        places = list(worklist(opened_store(), AS_OF)["case_id"])
        app = tick(app, "worklist_ticks", *(places.index(one) for one in blocked["case_id"].iloc[:2]))
        app.date_input(key="bulk_lifted_until").set_value(day)
        return press(app, "bulk_lift", bulk_lift_why="the audit firm works on these")

    refused = lifted()
    assert [one.value for one in refused.warning] == ["0 of 2 done"]
    assert "only a supervisor lifts an age limit" in texts(refused)
    set_supervisors(opened_store(), "ana", Who("ben", AS_OF), "our lead")
    assert [one.value for one in lifted().success] == ["2 of 2 done"]
    assert list(worklist(opened_store(), AS_OF)["lifted_until"].dropna()) == [day, day]


def test_ticked_cases_are_resolved_together(desk: Opens) -> None:
    """Duplicates by their code; the one among them that no code resolves is told with why."""
    app = desk("worklist").toggle(key="worklist_several").set_value(True).run(timeout=60)
    types = list(worklist(opened_store(), AS_OF)["item_type"])
    rows = [place for place, one in enumerate(types) if one == "duplicate_remittance"][:2]
    app = tick(app, "worklist_ticks", *rows, types.index("unidentified_payment"))
    app.selectbox(key="bulk_state").set_value("resolved")
    app.selectbox(key="bulk_resolution").set_value("duplicate_confirmed")
    app = press(app, "bulk_do")
    assert [one.value for one in app.warning] == ["2 of 3 done"]
    assert "its item is settled in its own place" in texts(app)


def test_a_filter_is_saved_and_applied(desk: Opens) -> None:
    """What was chosen is chosen again, by name."""
    app = desk("worklist")
    app.multiselect(key="worklist_case_kind").set_value(["Credit"])
    app = app.run(timeout=60)
    app.text_input(key="filter_name").input("credits")
    app = press(app, "filter_save")
    again = desk("worklist")
    assert again.multiselect(key="worklist_case_kind").value == []
    again = press(again, "filter_apply_0")
    assert again.multiselect(key="worklist_case_kind").value == ["Credit"]
    assert "56 of" in "\n".join(one.value for one in again.caption)


def test_a_saved_filter_that_no_case_fits_shows_none(desk: Opens) -> None:
    """And not the whole list, on which a change would be everybody's."""
    save_filter(opened_store(), "held", {"state": ["held"]}, "all", "ana", is_shared=False)
    place = [one.name for one in filters_for(opened_store(), "ana")].index("held")
    app = press(desk("worklist"), f"filter_apply_{place}")
    assert app.multiselect(key="worklist_case_state").value == [words.code("case_held")]
    assert not app.dataframe and "No case fits these filters" in app.info[0].value


def test_a_sheet_is_taken(desk: Opens) -> None:
    """Uploaded on the page, its changed row is taken and the words say n of m."""
    app = desk("worklist")
    cases = worklist(opened_store(), AS_OF)
    book = load_workbook(io.BytesIO(worklist_xlsx(cases, AS_OF)))
    sheet = book["Worklist"]
    last, column = len(cases) + 1, [cell.value for cell in sheet[1]].index("owner") + 1
    sheet.cell(last, column).value = "ben"
    out = io.BytesIO()
    book.save(out)
    app.file_uploader(key="worklist_sheet").set_value([("list.xlsx", out.getvalue(), "application/xlsx")])
    app = press(app, "worklist_sheet_take")
    assert any(one.value.startswith("1 of 1 changed row taken") for one in app.success)


def test_the_settings_of_casework_are_set(desk: Opens) -> None:
    """A weight, from the day looked at, with its reason; a number that is none is refused."""
    app = desk("settings")
    app.text_input(key="work_value_age_per_day").input("lots")
    app.text_input(key="work_setting_reason").input("trial")
    app = press(app, "work_setting_button")
    assert "wanted a number" in texts(app)
    app.text_input(key="work_value_age_per_day").input("0.20")
    app.text_input(key="work_setting_reason").input("trial")
    app = press(app, "work_setting_button")
    assert app.text_input(key="work_value_age_per_day").value == "0.20"
