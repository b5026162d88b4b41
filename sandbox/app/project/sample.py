"""The sample project: a city audited, what one standard leaves out, and where to build."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from sandbox.app.answers import audit, homes, siting
from sandbox.app.jobs import Job
from sandbox.app.opening import first_state, open_window
from sandbox.app.project.opening import project_of
from sandbox.app.settings import Settings
from sandbox.app.state import View
from sandbox.projects.making import check_new
from sandbox.projects.store import Stored, save
from sandbox.words import Bilingual, Text

TITLE: Final = Bilingual(
    "生活圈体检与选址样例（全部数字均为示意）",
    "Life circles audited and sited: a sample, every figure schematic",
)
# Primary schools: the rule whose gaps the map shows, and what more sites are looked for of.
_RULE: Final = "t10_school_primary"
_VIEW: Final = View((106.318, 29.515), 8.0)


def make_sample(target: Path, job: Job) -> Stored:
    """Write the sample as a project and return it as it lies there; reports to `job`.

    Its questions are answered when it opens. Homes are the schematic estates, their people what
    the floor area gives, facilities the schematic ones.

    Raises
    ------
    ProjectError
        A file of that name is there, or its name doesn't end in .gpkg.
    ExportError
        It can't be written.
    """
    check_new(target)
    settings = Settings()
    atlas, _ = open_window(None, settings, job)
    begun = first_state(atlas, settings, "zh").document
    wanted = {homes.SAMPLE_HOMES, homes.SAMPLE_FACILITIES}
    document = replace(
        begun,
        view=_VIEW,
        reach=None,
        layers=tuple(replace(one, visible=one.visible or one.id in wanted) for one in begun.layers),
        analyses=(replace(audit.sample(), rule=_RULE), siting.sample()),
    )
    job.report(-1.0, Text("Saving the project"))
    made = replace(project_of(atlas, document, None, None), title=TITLE)
    return save(target, made)
