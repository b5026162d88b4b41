"""Tables written as text: what parts their cells, and what their commas mean."""

from sandbox.formats.sheets import read_text_table


def table(tmp_path, text):
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    (sheet,) = read_text_table(file)
    return sheet.cells[1:], [str(note) for note in sheet.notes]


def test_commas_part_decimals_where_semicolons_part_cells(tmp_path):
    cells, notes = table(tmp_path, "id;lon;people\na;-51,23;12\nb;-51,204;7\n")
    assert cells == [["a", "-51.23", "12"], ["b", "-51.204", "7"]]
    assert notes == ["Commas in numbers were read as decimal points."]


def test_commas_that_may_part_thousands_stay(tmp_path):
    cells, notes = table(tmp_path, "id;people\na;1,234\nb;56,789\nc;12\n")
    assert cells == [["a", "1,234"], ["b", "56,789"], ["c", "12"]]
    assert notes == []


def test_words_with_commas_stay(tmp_path):
    cells, notes = table(tmp_path, "id;address\na;3,5\nb;Main street, 7\n")
    assert cells == [["a", "3,5"], ["b", "Main street, 7"]]
    assert notes == []
