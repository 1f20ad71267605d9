"""What lies beside a form: never in the way of the gate, always about what is asked."""

from __future__ import annotations

import base64

import pytest

from flows import gate_pages
from tasks.gate_papers import lay_out


@pytest.fixture
def director(desk_at):
    """1/11/2017: the first list lies before the director, with charts and the pages of the draft."""
    desk = desk_at("first_list_proposed", gate_charts=True, page_pictures=True)
    desk.ring()
    gate_pages.wait_for_pictures()
    return desk


def artifacts(desk, run_id):
    return {
        a.key.partition("-")[2].partition("-")[2]: a for a in desk.client.read_artifacts() if a.flow_run_id == run_id
    }


def test_page(director):
    for key, a in artifacts(director, director.run("selection_proposal").id).items():
        print(key, a.type, a.description, len(a.data), a.data[:3000])
    for a in director.client.read_artifacts():
        if a.flow_run_id is None:
            print(a.data)
    assert 0
