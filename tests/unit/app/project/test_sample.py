"""The sample project opens with the audit, the gaps and the sites that it was made to show."""

import pytest

from sandbox.app.answers.audit import AuditQuestion
from sandbox.app.answers.siting import SitingQuestion
from sandbox.app.jobs import Job
from sandbox.app.project.opening import open_project
from sandbox.app.project.sample import make_sample
from sandbox.app.settings import Settings
from sandbox.errors import ProjectError


def _job() -> Job:
    return Job("sample", lambda _: None)


def test_the_sample_asks_for_audit_gaps_and_sites_of_the_schematic_layers(tmp_path) -> None:
    file = tmp_path / "sample.gpkg"
    stored = make_sample(file, _job())
    assert "示意" in stored.project.title.zh
    opened = open_project(file, Settings(), "en", _job())
    document = opened.state.document
    audit, siting = document.asked(AuditQuestion), document.asked(SitingQuestion)
    assert audit is not None
    assert siting is not None
    assert audit.homes == siting.homes == "demo_estates"
    assert audit.people == siting.people == "floor_area_m2"
    assert audit.facilities == (siting.layer,) == ("demo_facilities",)
    assert (audit.rule, siting.kinds) == ("t10_school_primary", ("school_primary",))
    shown = {one.id for one in document.layers if one.visible}
    assert {"demo_estates", "demo_facilities"} <= shown
    assert all(opened.atlas.layers[one].schematic for one in ("demo_estates", "demo_facilities"))
    with pytest.raises(ProjectError):
        make_sample(file, _job())
