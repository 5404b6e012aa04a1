"""One customer's file, and what others wrote into it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from app.core.customer import Channel, Contact, Customer, Direction
from app.stores.customer_file import CustomerFile

ID = "a" * 32
ONE = Customer(ID, "Anna", contacts=(Contact("c1", 1.0, Direction.IN, Channel.PHONE, "Rang"),), created=1.0)


def test_what_another_version_wrote_beside_an_entry_stays(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path, ID)
    file.write(Customer(ID, ""), ONE)
    tables = json.loads(file.path.read_text("utf-8"))
    tables["contacts"]["c1"]["mood"] = "cheerful"
    tables["profile"]["1"]["birthday"] = "3 May"
    tables["orders"] = {"1182": {"paid": True}}
    file.path.write_text(json.dumps(tables), "utf-8")
    changed = (replace(ONE.contacts[0], text="Rang twice"), replace(ONE.contacts[0], id="c2"))
    file.write(ONE, replace(ONE, note="Rye", contacts=changed))
    tables = json.loads(file.path.read_text("utf-8"))
    assert (tables["contacts"]["c1"]["mood"], tables["contacts"]["c1"]["text"]) == ("cheerful", "Rang twice")
    assert (tables["profile"]["1"]["birthday"], tables["profile"]["1"]["note"]) == ("3 May", "Rye")
    assert tables["orders"] == {"1182": {"paid": True}}
    assert file.read() == replace(ONE, note="Rye", contacts=changed)
