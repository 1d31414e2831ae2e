"""The worked examples of the specification, the NIH HEAL calculator's among them, in a population run."""

from __future__ import annotations

from medsteward.fills.measures import MEASURES
from medsteward.population import run
from medsteward.population.options import PopulationRun
from medsteward.tables.load import factor_table
from tests.agreement.population_rows import without_a_figure
from tests.agreement.spec_examples import asked_by_spec, written
from tests.agreement.test_population import rows_of


def test_the_worked_examples_come_to_the_same(tmp_path):
    (tmp_path / "spec").mkdir()
    examples = asked_by_spec(tmp_path / "spec")
    assert sum(map(len, examples.values())) > 80
    assert {table for table, _, _ in examples} >= {"nih_heal_2025", "cdc_2018_analytic", "cdc_2022", "cms_2018"}
    for number, (question, texts) in enumerate(examples.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        paths, columns = written(folder, question, texts)
        table, mode, window = question
        run(
            PopulationRun(
                inputs=tuple(map(str, paths)),
                output=folder / "out",
                tables=(factor_table(table),),
                mode=mode,
                window=window,
                measures=MEASURES,
            )
        )
        found = {row.pop("patient_key"): row for row in rows_of(folder / "out")}
        assert found.keys() == columns.keys()
        for key, wanted in columns.items():
            for name, value in wanted.items():
                assert without_a_figure(name) or found[key][name] == value, (question, key, name)
