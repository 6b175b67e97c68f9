"""Codes looked up: Tieout's own short categories, and the descriptions of the lists that the site loaded.

A list is loaded whole, and the newest of a name holds. Texts of CARC, RARC and CPT are licensed: Tieout has none.
"""

from __future__ import annotations

import hashlib

import pandas as pd
import pyarrow as pa

from analysis.casework.code_categories import category_of, own_codes
from analysis.intake.code_lists import LISTS, PACKAGED, code_key, packaged_list, read_code_list
from analysis.problems import RequestRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, now, write
from analysis.store.queries import query_table

MOST_FOUND = 200
MOST_BYTES = 100_000_000

_FOUND = pa.schema([(name, pa.string()) for name in ("list_name", "code", "category", "description")])


def load_code_list(store: Store, list_name: str, file_name: str, data: bytes, name: str) -> int:
    """The list stands in the store and holds from now on; returns how many codes it has.

    Raises `FileRejected` where the bytes are no such list, `RequestRefused` where it is the one that holds already.
    """
    if len(data) > MOST_BYTES:
        raise RequestRefused(f"a list of codes has at most {MOST_BYTES // 1_000_000} MB")
    return _keep(store, list_name, file_name, read_code_list(list_name, data), hashlib.sha256(data).hexdigest(), name)


def load_packaged(store: Store, name: str) -> int:
    """The ICD-10-CM list that came with Tieout stands in the store; returns how many codes it has."""
    source, found = packaged_list()
    told = "\n".join(f"{code}\t{text}" for code, text in found.items())
    return _keep(store, PACKAGED, source, found, hashlib.sha256(told.encode()).hexdigest(), name)


def code_lists(store: Store) -> pd.DataFrame:
    """The lists that were loaded, with whence, who and when. Grain: one row per list that was loaded."""
    return query(store, "reference/code_lists")


def look_up(store: Store, text: str) -> pd.DataFrame:
    """What is known of a code, or of codes that begin so or whose description says so. Grain: one row per list and
    code, at most 200; `category` is Tieout's own, `description` the loaded list's."""
    key, words = code_key(text.strip()), text.strip().lower()
    if not key:
        return pa.Table.from_pylist([], schema=_FOUND).to_pandas(types_mapper=pd.ArrowDtype)
    asked = {"code": key, "words": words, "most": MOST_FOUND}
    told = {
        (row["list_name"], row["code"]): row["description"]
        for row in query_table(store, "reference/codes_like", asked).to_pylist()
    }
    own = {one: None for one in own_codes() if one[1] == key or words in (category_of(*one) or "").replace("_", " ")}
    every = sorted({**own, **told}, key=lambda one: (one[1] != key, one not in own, one))[:MOST_FOUND]
    rows = [
        {"list_name": one[0], "code": one[1], "category": category_of(*one), "description": told.get(one)}
        for one in every
    ]
    return pa.Table.from_pylist(rows, schema=_FOUND).to_pandas(types_mapper=pd.ArrowDtype)


def _keep(store: Store, list_name: str, source: str, found: dict[str, str], sha256: str, name: str) -> int:
    assert list_name in LISTS

    def work(writer: MatchWriter) -> int:
        held = [
            row for row in writer.ask("reference/code_lists") if row["list_name"] == list_name and row["is_in_force"]
        ]
        if held and held[0]["sha256"] == sha256:
            raise RequestRefused(f"this list is the {list_name} list that holds already")
        number = writer.next_ids("code_list", 1) + 1
        about = {"code_list_id": number, "list_name": list_name, "source_name": source, "sha256": sha256}
        writer.insert("code_list", [about | {"code_count": len(found), "loaded_by": name, "loaded_at": now()}])
        codes = pa.table({"code": list(found), "description": list(found.values())})
        writer.gather_rows(
            codes.add_column(0, "code_list_id", pa.array([number] * len(found), pa.int64())), "code_text"
        )
        return len(found)

    return write(store, work)
