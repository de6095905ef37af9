"""Each stored type of row error in A's and B's words, the names of fields, the row as it was read, and faults of whole files."""
import json

import trades
from exactly.words import detail, is_uuid, keys, moment

EAN = trades.EANS


class Wrong:
    """A row with something wrong, and what A and B must say of it. Texts of None are free."""

    def __init__(self, cells, kind, field, value, a, b_kind, b=None):
        self.cells, self.kind, self.field, self.value, self.a, self.b_kind, self.b = cells, kind, field, value, a, b_kind, b or a


DATE = "Date format must be YYYY-MM-DD or Excel date number"
QUANTITY, PRICE = "Quantity must be numeric and positive", "Price must be numeric and positive"
DIGITS, REPEAT = "Invalid product EAN: must be 13 digits", "Transaction already exists"

# In a row's order: day, shop, barcode, article, pieces, takings.
WRONG = [
    Wrong(["2025-02-30", "S", EAN[0], "", "1", "10"], "INVALID_DATE_FORMAT", "sale_date", "2025-02-30", DATE, "INVALID_DATE"),
    Wrong(["soon", "S", EAN[0], "", "1", "10"], "INVALID_DATE_FORMAT", "sale_date", "soon", DATE, "INVALID_DATE"),
    Wrong(["2025-03-01", "S", EAN[0], "", "many", "10"], "INVALID_QUANTITY", "quantity", "many", QUANTITY, "INVALID_NUMBER"),
    Wrong(["2025-03-01", "S", EAN[0], "", "1.5", "10"], "INVALID_QUANTITY", "quantity", "1.5", QUANTITY, "INVALID_NUMBER"),
    Wrong(["2025-03-01", "S", EAN[0], "", "1", "lots"], "INVALID_PRICE", "price", "lots", PRICE, "INVALID_NUMBER"),
    Wrong(["2025-03-01", "S", "735015432999", "", "1", "10"], "INVALID_EAN", "product_code", "735015432999", DIGITS, "VALIDATION_ERROR"),
    Wrong(["2025-03-01", "S", "", "NEW-77", "1", "10"], "PRODUCT_NOT_MAPPED", "product_code", "NEW-77",
          "Product code 'NEW-77' not found in mappings", "VALIDATION_ERROR"),
    Wrong(["2025-03-01", "S", "7350154329991", "", "1", "10"], "PRODUCT_NOT_MAPPED", "product_code", "7350154329991",
          "Product code '7350154329991' not found in mappings", "VALIDATION_ERROR"),
    Wrong(["2025-03-01", "S", "", "it's <b>&amp;\"", "1", "10"], "PRODUCT_NOT_MAPPED", "product_code", "it's <b>&amp;\"",
          "Product code 'it's <b>&amp;\"' not found in mappings", "VALIDATION_ERROR"),
    Wrong(["2025-03-01", "S", EAN[1], "", "", "10"], "MISSING_REQUIRED_FIELD", "quantity", None,
          "Required field 'quantity' is empty", "MISSING_REQUIRED_FIELD", "Missing required field: quantity"),
    Wrong(["2025-03-01", "S", EAN[1], "", "1", ""], "MISSING_REQUIRED_FIELD", "price", None,
          "Required field 'price' is empty", "MISSING_REQUIRED_FIELD", "Missing required field: "),
    Wrong(["", "S", EAN[1], "", "1", "10"], "MISSING_REQUIRED_FIELD", "sale_date", None,
          "Required field 'sale_date' is empty", "MISSING_REQUIRED_FIELD", "Missing required field: "),
    Wrong(["2025-03-01", "", EAN[1], "", "1", "10"], "MISSING_REQUIRED_FIELD", "store_code", None,
          "Required field 'store_code' is empty", "MISSING_REQUIRED_FIELD", "Missing required field: "),
    Wrong(["2025-03-01", "S", "", "", "1", "10"], "MISSING_REQUIRED_FIELD", "product_code", None,
          "Required field 'product_code' is empty", "MISSING_REQUIRED_FIELD", "Missing required field: "),
]
CLOSED = [
    Wrong(["2025-03-01", "OSL-7", EAN[1], "", "1", "10"], "STORE_NOT_FOUND", "store_code", "OSL-7", "Store code 'OSL-7' not found", "VALIDATION_ERROR"),
    Wrong(["2025-03-01", "S", EAN[2], "", "-1", "-10"], "INVALID_QUANTITY", "quantity", "-1", QUANTITY, "INVALID_NUMBER"),
]


def judge_a(judge, world, batch, wrong, first_row, name):
    answer = world.caller("root").get(f"/api/bibbi/uploads/{batch}/errors")
    report = answer.wanted(200)
    keys(judge, answer, ["batch_id", "total_errors", "errors"], report)
    judge.same(answer, (batch, len(report["errors"])), (report["batch_id"], report["total_errors"]))
    by_row = {}
    for error in report["errors"]:
        by_row.setdefault(error["row_number"], []).append(error)
    for row, expected in enumerate(wrong, first_row):
        found = [error for error in by_row.get(row, []) if error["error_type"] == expected.kind]
        if judge.holds(f"{answer}, row {row}", len(found) == 1, f"one {expected.kind}", by_row.get(row)):
            judge.same(f"{answer}, row {row}", {"error_type": expected.kind, "error_message": expected.a, "field_name": expected.field,
                                                "field_value": expected.value, "reseller_name": name},
                       {key: found[0].get(key) for key in ("error_type", "error_message", "field_name", "field_value", "reseller_name")})


def judge_b(judge, world, batch, wrong, first_row, heads):
    answer = world.caller("root").get(f"/api/uploads/{batch}/errors")
    listed = answer.wanted(200)
    keys(judge, answer, ["success", "errors", "count"], listed)
    judge.same(answer, (True, len(listed["errors"])), (listed["success"], listed["count"]))
    judge.same(f"{answer}, different error_ids", listed["count"], len({error["error_id"] for error in listed["errors"]}))
    for row, expected in enumerate(wrong, first_row):
        found = [error for error in listed["errors"] if error["row_number_in_file"] == row and error["error_type"] == expected.b_kind]
        if not judge.holds(f"{answer}, row {row}", found, f"a {expected.b_kind}", [e["error_type"] for e in listed["errors"] if e["row_number_in_file"] == row]):
            continue
        messages = [error["error_message"] for error in found]
        if expected.b.endswith(": "):
            judge.holds(f"{answer}, row {row}", any(message.startswith(expected.b) and len(message) > len(expected.b) for message in messages), expected.b + "…", messages)
        else:
            judge.holds(f"{answer}, row {row}", expected.b in messages, expected.b, messages)
        for error in found:
            judge.same(f"{answer}, row {row}", batch, error["upload_batch_id"])
            judge.holds(f"{answer}, row {row}", is_uuid(error["error_id"]) and moment(error["created_at"]), "a UUID and a moment", error)
            judge.same(f"{answer}, raw_data of row {row}", raw(heads, expected.cells), {key: value or None for key, value in error["raw_data"].items()})
    again = world.caller("root").get(f"/api/uploads/{batch}/errors").wanted(200)
    judge.same(f"{answer}, error_ids asked twice", [error["error_id"] for error in listed["errors"]], [error["error_id"] for error in again["errors"]])


def raw(heads, cells):
    """The row by the contract's names: four of B's, and the rest under the header as written. An empty cell is null."""
    names = {**heads, "ean": "product_ean", "code": "functional_name", "quantity": "quantity", "amount": "sales_eur"}
    return {names[field]: cell or None for field, cell in zip(trades.FIELDS, cells)}


def every_type(judge, world):
    """each type of row error, in a CSV and in a workbook"""
    for ending in ("csv", "xlsx"):
        good = trades.good_rows(2)
        file = trades.table_file("atlas", [[str(cell) for cell in row] for row in good] + [row.cells for row in WRONG], ending)
        batch = world.caller("root").upload_sales(file, "append", world.reseller_id("atlas")).wanted(200)["batch_id"]
        judge.same(f"a file with {len(WRONG)} wrong rows", "staging_complete", world.ended(batch))
        with judge.about(f"A's words on row errors, {ending}"):
            judge_a(judge, world, batch, WRONG, 4, "Atlas")
        with judge.about(f"B's words on row errors, {ending}"):
            judge_b(judge, world, batch, WRONG, 4, trades.heads("atlas"))
        shown = world.caller("root").get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
        judge.same("error_summary", f"{len(WRONG)} rows failed validation", shown["error_summary"])
        judge.same("rows", (len(WRONG) + 2, 2, len(WRONG)), (shown["rows_total"], shown["rows_processed"], shown["rows_failed"]))


def closed_stores(judge, world):
    """stores that are not known, and returns where there are none"""
    file = trades.table_file("basalt", [row.cells for row in CLOSED], "csv")
    batch = world.caller("root").upload_sales(file, "append", world.reseller_id("basalt")).wanted(200)["batch_id"]
    world.ended(batch)
    judge_a(judge, world, batch, CLOSED, 2, "Basalt")
    judge_b(judge, world, batch, CLOSED, 2, trades.heads("basalt"))


def repeats(judge, world):
    """sales that the books have already"""
    rows = [[str(cell) for cell in row] for row in trades.good_rows(2)]
    world.taken(trades.table_file("birch", rows), "birch", "completed")
    file = trades.table_file("birch", rows + [[str(cell) for cell in row] for row in trades.good_rows(1)], "csv")
    batch = world.caller("root").upload_sales(file, "append", world.reseller_id("birch")).wanted(200)["batch_id"]
    world.ended(batch)
    twice = [Wrong(row, "DUPLICATE_TRANSACTION", None, None, REPEAT, "DUPLICATE_ENTRY") for row in rows]
    judge_a(judge, world, batch, twice, 2, "Birch")
    judge_b(judge, world, batch, twice, 2, trades.heads("birch"))


def as_numbers(judge, world):
    """raw_data of cells that are numbers and dates: texts, as they stand there"""
    good = trades.good_rows(1)
    file = trades.table_file("atlas", good + [["2025-03-01", "Numbers", EAN[0], "", 1.5, 10.25]])
    batch = world.taken(file, state="staging_complete")
    errors = world.caller("root").get(f"/api/uploads/{batch}/errors").wanted(200)["errors"]
    judge.same("raw_data", raw(trades.heads("atlas"), ["2025-03-01", "Numbers", EAN[0], "", "1.5", "10.25"]),
               {key: value or None for key, value in errors[0]["raw_data"].items()})


def of_a_sample(judge, world):
    """boxnox's May, whose two wrong rows everybody can look up"""
    file = trades.sample("boxnox/BOXNOX - BIBBI Monthly Sales Report MAY2025.csv")
    batch = world.caller("boxnox").upload_sales(file).wanted(200)["batch_id"]
    judge.same("its end", "staging_complete", world.ended(batch))
    errors = world.caller("boxnox").get(f"/api/uploads/{batch}/errors").wanted(200)["errors"]
    judge.same("raw_data", [
        {"product_ean": "735015432999", "functional_name": "BBXX100", "quantity": "1", "sales_eur": "202,48", "POS": "Perfumeria Sol", "Month": "5", "Year": "2025"},
        {"product_ean": "7350154329991", "functional_name": "BBNEW100", "quantity": "1", "sales_eur": "202,48", "POS": "Perfumeria Sol", "Month": "5", "Year": "2025"},
    ], [error["raw_data"] for error in errors])
    judge.same("rows", [7, 8], [error["row_number_in_file"] for error in errors])
    shown = world.caller("boxnox").get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
    judge.same("total_sales_eur", 1076.03, shown["total_sales_eur"])
    judge.same("error_summary", "2 rows failed validation", shown["error_summary"])


def none_to_report(judge, world):
    """no row errors: 404 from A, an empty list from B"""
    batch = world.taken(trades.table_file("atlas"), state="completed")
    answer = world.caller("root").get(f"/api/bibbi/uploads/{batch}/errors")
    judge.same(answer, detail(404, "No errors found for this upload batch"), answer.whole)
    answer = world.caller("root").get(f"/api/uploads/{batch}/errors")
    judge.same(answer, (200, {"success": True, "errors": [], "count": 0}), answer.whole)
    answer = world.caller("root").get(f"/api/uploads/batches/{batch}")
    judge.same(answer, None, answer.wanted(200)["batch"]["error_summary"])


def encrypted():
    """A compound file such as Excel writes for a workbook with a password: the names of its two streams are enough to know it."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + (0x3E).to_bytes(2, "little") + (3).to_bytes(2, "little") + b"\xfe\xff" + (9).to_bytes(2, "little")
    return head + bytes(512 - len(head)) + "EncryptedPackage".encode("utf-16-le") + bytes(4096)


def of_whole_files(judge, world):
    """what is wrong with a whole file: A's error_message, B's one entry without a row"""
    cut = trades.table_file("atlas", trades.good_rows(500))
    faulty = [
        (trades.unknown_layout(), "VENDOR_DETECTION_FAILED"),
        (trades.table_file("birch", ending="xlsx"), "VENDOR_DETECTION_FAILED"),
        (trades.File("atlas cut.xlsx", cut.content[:len(cut.content) // 2]), "PARSING_ERROR"),
        (trades.File("atlas noise.xlsx", b"PK\3\4" + bytes(range(256)) * 20), "PARSING_ERROR"),
        (trades.File("atlas locked.xlsx", encrypted()), "PARSING_ERROR"),
        (trades.File("atlas text.xlsx", b"no workbook at all, but zeros" + bytes(5000)), "VALIDATION_ERROR"),
    ]
    for file, kind in faulty:
        with judge.about(f"faults of whole files, {file.name}"):
            batch = world.taken(file, state="failed")
            a = world.caller("root").get(f"/api/bibbi/uploads/{batch}").wanted(200)
            judge.holds("A's error_message", isinstance(a["error_message"], str) and a["error_message"], "a sentence", a)
            judge.same("A's counts", (None, None, None), (a["total_rows"], a["processed_rows"], a["failed_rows"]))
            answer = world.caller("root").get(f"/api/bibbi/uploads/{batch}/errors")
            judge.same(answer, detail(404, "No errors found for this upload batch"), answer.whole)
            answer = world.caller("root").get(f"/api/uploads/{batch}/errors")
            errors = answer.wanted(200)["errors"]
            if judge.same(answer, 1, len(errors)):
                judge.one_of(f"{answer} error_type", [kind], errors[0]["error_type"])
                judge.same(f"{answer} row_number_in_file", None, errors[0]["row_number_in_file"])
                judge.same(f"{answer} raw_data", {}, errors[0]["raw_data"])
            shown = world.caller("root").get(f"/api/uploads/batches/{batch}").wanted(200)["batch"]
            if file.name.startswith("planets"):
                judge.same("error_summary", "Could not detect vendor format", shown["error_summary"])
                judge.same("vendor_name", (None, None), (a["vendor_name"], shown["vendor_name"]))
            else:
                judge.holds("error_summary", shown["error_summary"], "a sentence", shown)


def json_of_everything(judge, world):
    """values that JSON must escape come out as they went in"""
    value = 'back\\slash "quote" \u2028 \U0001f9f4 é'
    rows = [[str(cell) for cell in row] for row in trades.good_rows(1)] + [["2025-03-01", "Odd", "", value, "1", "10"]]
    batch = world.taken(trades.table_file("atlas", rows), state="staging_complete")
    error = world.caller("root").get(f"/api/bibbi/uploads/{batch}/errors").wanted(200)["errors"][0]
    judge.same("field_value", json.dumps(value), json.dumps(error["field_value"]))
    judge.same("error_message", f"Product code '{value}' not found in mappings", error["error_message"])


CHECKS = [every_type, closed_stores, repeats, as_numbers, of_a_sample, none_to_report, of_whole_files, json_of_everything]
