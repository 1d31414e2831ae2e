"""The worked examples of the NIH HEAL calculator, over Spark Connect: what DuckDB and ``fills`` say."""

from __future__ import annotations

from medsteward.fills.measures import measures_named
from medsteward.population import run
from medsteward.population.options import EngineName, PopulationRun
from medsteward.tables.load import factor_table
from tests.agreement.population_rows import without_a_figure
from tests.agreement.spec_examples import asked_by_spec, written
from tests.spark.test_on_a_cluster import rows_of

TABLE = "nih_heal_2025"
MEASURES = measures_named(("COB",))


def test_the_worked_examples_of_the_nih_heal_calculator_come_to_the_same(a_server, tmp_path):
    (tmp_path / "spec").mkdir()
    examples = {question: texts for question, texts in asked_by_spec(tmp_path / "spec").items() if TABLE in question}
    assert sum(map(len, examples.values())) >= 5
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
                engine=EngineName.SPARK,
                remote=a_server,
            )
        )
        found = {row.pop("patient_key"): row for row in rows_of(folder / "out", "patients.parquet")}
        assert found.keys() == columns.keys()
        for key, wanted in columns.items():
            told = {name: value for name, value in wanted.items() if name in found[key]}
            assert len(told) > 30
            for name, value in told.items():
                assert without_a_figure(name) or found[key][name] == value, (question, key, name)
