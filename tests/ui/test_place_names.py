"""Places are told by names people know, not by ids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ui.fake_desk import FakeDesk
from ui.window_samples import Open

from app.core.customer import Identity
from app.core.report_table import Column, ReportTable


def test_places_without_a_site_go_by_the_names_of_their_sources(open_window: Open, desk: FakeDesk) -> None:
    desk.people["jan"] = replace(
        desk.people["jan"], identities=(Identity("imap", "jan@lab.test"), Identity("phone", "600 100 200"))
    )
    desk.table = ReportTable((Column("place"),), (("imap",), ("phone",), ("opinie.example",)))
    window = open_window()
    window.do("page:reports")
    reports: Any = window.pages.page("reports")
    model = reports.table.model
    assert [model.index(r, 0).data() for r in range(3)] == ["E-mail", "Phone", "opinie.example"]
    window.pages.customers().show_customer("jan")
    window.do("page:customers")
    customers = window.pages.customers()
    where = [customers.table.model.index(r, 2).data() for r in range(customers.table.model.rowCount())]
    assert "E-mail, Phone" in where
    assert customers.card.accounts.text() == "E-mail: jan@lab.test\nPhone: 600 100 200"
