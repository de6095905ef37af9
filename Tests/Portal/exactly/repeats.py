"""A's 409: the same content again, while it waits, while it runs, when it is in the books; and when it may come again."""
import threading

import trades
from exactly.words import moment, now


def repeat(judge, answer, batch, state, world):
    """The whole of a 409 for an upload that is known."""
    judge.same(answer, 409, answer.status)
    if answer.status != 409:
        return
    first = world.caller("root").get(f"/api/bibbi/uploads/{batch}").wanted(200)
    judge.same(answer, {"detail": {"message": "File already uploaded", "existing_upload_id": first["upload_id"], "uploaded_at": first["created_at"],
                                   "status": state}}, answer.json)


def again(world, file, reseller="atlas", by="root"):
    return world.caller(by).upload(file, world.reseller_id(reseller))


def in_the_books(judge, world):
    """409 for what is in the books, whoever sends it and under whichever name"""
    file = trades.table_file("atlas")
    batch = world.taken(file, state="completed")
    repeat(judge, again(world, file), batch, "completed", world)
    repeat(judge, again(world, trades.File("another name.xlsx", file.content)), batch, "completed", world)
    repeat(judge, again(world, file, by="atlas"), batch, "completed", world)


def from_elsewhere(judge, world):
    """409 also for what came through a folder or over B"""
    file = trades.table_file("atlas")
    batch = world.dropped(file, "atlas")
    repeat(judge, again(world, file), batch, "completed", world)
    file = trades.table_file("atlas")
    batch = world.caller("root").upload_sales(file, "append", world.reseller_id("atlas")).wanted(200)["batch_id"]
    world.ended(batch)
    repeat(judge, again(world, file), batch, "completed", world)


def waits_for_approval(judge, world):
    """409 for what waits for a second look, and for what was taken in part"""
    file = trades.half_wrong()
    batch = world.taken(file, state="staging_complete")
    repeat(judge, again(world, file), batch, "staging_complete", world)
    file = trades.half_wrong("dune")
    batch = world.taken(file, "dune", state="partial_success")
    repeat(judge, again(world, file, "dune"), batch, "partial_success", world)


def of_another(judge, world):
    """the same content of another reseller is no repeat"""
    file = trades.table_file("atlas")
    world.taken(file, state="completed")
    answer = again(world, file, "birch")
    judge.same(answer, 200, answer.status)


def running(judge, world):
    """409 while the first is being read"""
    file = trades.large_file()
    workbook = trades.File(file.name.replace(".csv", ".xlsx"), trades.as_workbook([list(trades.heads("atlas").values()), *trades.good_rows(60_000)]))
    batch = world.uploaded(workbook)
    world.reached(batch, "processing", 30)
    world.freeze()
    try:
        state = world.state(batch)
        judge.same("the state while it is read", "processing", state)
        repeat(judge, again(world, workbook), batch, state, world)
    finally:
        world.thaw()
    world.ended(batch)


def may_come_again(judge, world):
    """what was undone, deleted, cancelled or failed may come again"""
    file = trades.table_file("atlas")
    batch = world.taken(file, state="completed")
    world.ctl("undo", batch)
    answer = again(world, file)
    judge.same(f"{answer}, after undo", 200, answer.status)
    if answer.status == 200:
        judge.same("an undone file that comes again", "completed", world.ended(answer.json["batch_id"]))
    file = trades.half_wrong()
    batch = world.taken(file, state="staging_complete")
    world.caller("root").delete(f"/api/bibbi/uploads/{batch}").wanted(204)
    answer = again(world, file)
    judge.same(f"{answer}, after delete", 200, answer.status)
    if answer.status == 200:
        second = answer.json["batch_id"]
        judge.same("a deleted file that comes again", "staging_complete", world.ended(second))
        world.ctl("cancel", second)
        answer = again(world, file)
        judge.same(f"{answer}, after cancel", 200, answer.status)
        world.ended(answer.wanted(200)["batch_id"])
    file = trades.unknown_layout()
    world.taken(file, state="failed")
    answer = again(world, file)
    judge.same(f"{answer}, after failure", 200, answer.status)


def deleted_from_the_books(judge, world):
    """a deleted upload's sales stay; when the file comes again, none is counted twice"""
    file, store = trades.table_file("atlas", trades.good_rows(3, store="Deleted Stays")), "Deleted Stays"
    batch = world.taken(file, state="completed")
    sold = lambda: [sale for sale in world.listing("sales") if sale["store"] == store]
    judge.same("sales before", 3, len(sold()))
    world.caller("root").delete(f"/api/bibbi/uploads/{batch}").wanted(204)
    judge.same("sales after the delete", 3, len(sold()))
    answer = again(world, file)
    judge.one_of(f"{answer}, after the delete", (200,), answer.status)
    if answer.status == 200:
        world.ended(answer.json["batch_id"])
    judge.same("sales after it came again", 3, len(sold()))


def over_b(judge, world):
    """B knows no 409: a repeat is taken, fails, and books nothing twice"""
    rows = trades.good_rows(3, store="Repeated Over B")
    file = trades.table_file("atlas", rows)
    world.taken(file, state="completed")
    answer = world.caller("root").upload_sales(file, "append", world.reseller_id("atlas"))
    batch = answer.wanted(200)["batch_id"]
    judge.same(answer, "failed", world.ended(batch))
    errors = world.caller("root").get(f"/api/uploads/{batch}/errors").wanted(200)["errors"]
    judge.same("errors of the repeat", ["VALIDATION_ERROR"], [error["error_type"] for error in errors])
    judge.same("sales", 3, len([sale for sale in world.listing("sales") if sale["store"] == "Repeated Over B"]))


def at_the_same_time(judge, world):
    """eight send the same content at once: one is taken, seven are told whose"""
    file, answers = trades.table_file("atlas", trades.good_rows(3, store="Eight At Once")), []
    def send():
        answers.append(again(world, file))
    threads = [threading.Thread(target=send) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    judge.same("answers", [200] + [409] * 7, sorted(answer.status for answer in answers))
    taken = [answer.json["batch_id"] for answer in answers if answer.status == 200]
    for batch in taken:
        world.ended(batch)
    for answer in answers:
        if answer.status == 409:
            told = answer.json["detail"]
            judge.one_of(f"{answer} status", ("pending", "processing", "staging_complete", "approved", "completed"), told["status"])
            judge.holds(answer, abs((moment(told["uploaded_at"]) - now()).total_seconds()) < 60, "just now", told["uploaded_at"])
    judge.same("sales", 3, len([sale for sale in world.listing("sales") if sale["store"] == "Eight At Once"]))


CHECKS = [in_the_books, from_elsewhere, waits_for_approval, of_another, running, may_come_again, deleted_from_the_books, over_b, at_the_same_time]
