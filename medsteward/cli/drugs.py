"""``medsteward drugs``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click

from medsteward.advice.case.lookup import about, all_drugs, class_names, drugs_of_class, search
from medsteward.cli.answers import answer, answer_known
from medsteward.cli.cases import cases
from medsteward.cli.desk import today
from medsteward.cli.options import as_of_option, format_option, input_option, output_option, patient_options
from medsteward.cli.saying import say
from medsteward.model.drug import Drug
from medsteward.treatments.pain import PainKind
from medsteward.writers.formats import DRUG, DRUG_LIST, MATCHING, RXNORM_NAME


@click.group()
def drugs() -> None:
    """What is known of a drug, a class of drugs or a product."""


@drugs.command("list")
@click.option(
    "--class", "drug_class", metavar="CLASS", default=None, help="Only this class, as in 'opioid' or 'Z-drug'."
)
@format_option(DRUG_LIST)
@output_option
def list_drugs(drug_class: str | None, style: str, output: str | None) -> int:
    """Every drug with its class, schedule and mechanisms."""
    found: Sequence[Drug] | None = all_drugs() if drug_class is None else drugs_of_class(drug_class)
    if found is None:
        raise click.UsageError(f'no class "{drug_class}"; the classes are: {"; ".join(class_names())}')
    answer_known(DRUG_LIST, found, style, output)
    return 0


@drugs.command()
@click.argument("name", nargs=-1)
@click.option(
    "--rxnorm-name", "rxnorm", metavar="TEXT", default=None, help="Take a clinical drug name of RxNorm apart instead."
)
@format_option(DRUG, RXNORM_NAME)
@output_option
def show(name: tuple[str, ...], rxnorm: str | None, style: str, output: str | None) -> int:
    """What is known of NAME.

    It is a drug, brand, combination, class, product or RxCUI.

    With --rxnorm-name: the parts of a name as RxNorm writes it, and the product it means. Such a name is "12 HR
    oxycodone hydrochloride 10 MG Extended Release Oral Tablet [OxyContin]".
    """
    if rxnorm is not None:
        if name:
            raise click.UsageError("give a name or --rxnorm-name, not both")
        return _rxnorm_name(rxnorm, style, output)
    if not name:
        raise click.UsageError('give a name, as in "percocet", or --rxnorm-name TEXT')
    found = about(" ".join(name))
    if found.problem is not None:
        say(found.problem.text)
        if not DRUG.shows_problems(style):
            return found.problem.exit_code
    answer_known(DRUG, found, style, output)
    return found.problem.exit_code if found.problem is not None else 0


def _rxnorm_name(text: str, style: str, output: str | None) -> int:
    from medsteward.readers.codes.rxnorm_name import product_of, read_rxnorm_name
    from medsteward.writers.known.rxnorm_name import TakenApart

    name = read_rxnorm_name(text)
    if not RXNORM_NAME.shows_problems(style):
        for problem in name.problems:
            say(f"{problem.text} [{problem.code}]")
    answer_known(RXNORM_NAME, TakenApart(name, product_of(name)), style, output)
    return max((problem.exit_code for problem in name.problems), default=0)


@drugs.command("search")
@click.argument("text", nargs=-1)
@click.option(
    "--for-pain",
    "pain",
    metavar="KIND",
    default=None,
    help=f"What fits a kind of pain: {', '.join(each.value for each in PainKind)}.",
)
@input_option
@as_of_option
@patient_options
@format_option(DRUG_LIST, MATCHING)
@output_option
def find(
    text: tuple[str, ...],
    pain: str | None,
    source: str | None,
    as_of: date | None,
    patient: Mapping[str, object],
    style: str,
    output: str | None,
) -> int:
    """Drugs whose name contains TEXT or is spelled like it.

    Names, brands, classes and mechanisms are searched.

    With --for-pain: the options whose mechanism fits a kind of pain. Each has its first dose, its ceiling and the
    reasons not to use it in this patient. A case (--input) or facts about the patient make them more precise.
    """
    if pain is not None:
        if text:
            raise click.UsageError("give a text to search for or --for-pain, not both")
        return _for_pain(pain, source, as_of, patient, style, output)
    if not text:
        raise click.UsageError('give a text to search for, as in "kappa", or --for-pain neuropathic')
    found = search(" ".join(text))
    if not found:
        say(f'nothing is known by "{" ".join(text)[:60]}"; see `medsteward drugs list`')
    answer_known(DRUG_LIST, found, style, output)
    return 0 if found else 3


def _for_pain(
    pain: str, source: str | None, as_of: date | None, patient: Mapping[str, object], style: str, output: str | None
) -> int:
    from medsteward.advice.pain.matching import for_pain, pain_kind
    from medsteward.readers.case.table import case_of

    kind = pain_kind(pain)
    if kind is None:
        raise click.UsageError(
            f'no kind of pain "{pain[:40]}"; write neuropathic, nociceptive, inflammatory, '
            "nociplastic, myofascial, migraine or CRPS"
        )
    if source is not None:
        found = cases((), source, as_of=as_of, patient=patient)
    else:
        found = iter([case_of(as_of=as_of or today(), patient=patient)])
    return answer(MATCHING, (for_pain(kind, case) for case in found), style, output)
