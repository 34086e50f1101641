"""CSV is text to a spreadsheet, whatever somebody called themselves (`compliance.routes.csv_answers`)."""

import csv
import io

import pytest

from compliance.routes.csv_answers import csv_lines


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
    ],
)
def test_what_a_spreadsheet_would_run_is_made_plain(text: str) -> None:
    [[cell]] = csv.reader(io.StringIO(csv_lines([[text]]), newline=""))
    assert cell.startswith("'")
    assert text.strip() in cell.replace("'", "").strip()


@pytest.mark.parametrize("parting", [";", "; ", "\t", "\n", "|"])
def test_so_is_what_begins_a_cell_where_columns_are_parted_otherwise(parting: str) -> None:
    [[cell]] = csv.reader(io.StringIO(csv_lines([[f"Ann{parting}=1+1"]]), newline=""))
    assert f"Ann{parting}'=1+1" == cell


@pytest.mark.parametrize("cell", [-5, -1.5, 0, "Ann-Marie + Co; Ltd", "a=b", "x@y.example"])
def test_numbers_and_other_texts_stay(cell: str | float) -> None:
    assert [[str(cell)]] == list(csv.reader(io.StringIO(csv_lines([[cell]]), newline="")))
