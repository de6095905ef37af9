"""Who may ask what of D and E: the roles' table of the contract, ids that nobody has, and other people's uploads."""
import retail_workbook
from asking import Form
from playground import email

FOLDERS = ("retail/inbox", "retail/outbox", "audience/inbox", "audience/outbox")
# Beside the playground's own people, one of each role that these parts are for.
PEOPLE = {"maker": ["--role", "brand_admin"], "buyer": ["--role", "retailer_admin"], "shelf": ["--role", "retailer_user"], "spare": ["--role", "brand_user"]}
ROLE = {"root": "super_admin", "admin": "admin", "operator": "operator", "boxnox": "reseller", "maker": "brand_admin", "brand": "brand_user", "buyer": "retailer_admin",
        "shelf": "retailer_user"}
# No token is needed; the last five take one.
OPEN = {"registerUser", "loginUser", "requestPasswordReset", "resetPassword", "listCategories", "listProducts", "listRetailers", "listRetailerLocations", "listRetailerProducts"}
READING = ("listCategories", "listProducts", "listRetailers", "listRetailerLocations", "listRetailerProducts")
CODES = {400: "VALIDATION_ERROR", 401: "AUTHENTICATION_ERROR", 403: "AUTHORIZATION_ERROR", 404: "NOT_FOUND", 409: "DUPLICATE_ERROR"}
BATCH = {"upload_name": "walked", "records": [{"email": "ana@fjord.example"}]}
NOBODYS = ("999999999", "0", "-1", "1.5", "not-an-id", "99999999999999999999", "1%00", "%D9%A3", "1e3", "+1")


def sent(world, tables=None, name="walked.xlsx", by="root"):
    """The number of a workbook that was posted and has come to its end."""
    file = retail_workbook.file(tables or retail_workbook.standard(), name)
    caller = world.caller(by)
    upload = caller.send("/api/uploads/excel", Form().file("file", file.name, file.content).field("upload_type", "retailer_data")).wanted(200)["data"]["upload_id"]
    ended(world, upload, by)
    return upload


def ended(world, upload, by="root", limit=90):
    told = []

    def over():
        told[:] = [world.caller(by, source="127.0.0.98").get(f"/api/uploads/status/{upload}").wanted(200)["data"]]
        return told[0]["status"] != "processing"
    world.until(over, f"upload {upload} to end", limit, lambda: told)
    return told[0]


def example(operation):
    """The contract's own request."""
    return operation.told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")


def requests(contract, world):
    """Each operation as someone who may would ask it, with ids that exist: what `walk.Request` is told."""
    upload = sent(world)
    world.caller("maker").post("/api/brands/create", {"brand_name": "Walked"}).wanted(200)
    world.caller("buyer").post("/api/retailers/create", {"retailer_name": "Walked"}).wanted(200)
    retailer = world.caller().get("/api/retailers?limit=1").wanted(200)["data"]["retailers"][0]["id"]
    spare = next(user["id"] for user in world.caller("root").get("/api/admin/users").wanted(200)["data"] if user["email"] == email("spare"))
    batch = world.caller("root").post("/api/audience/batch-upload", BATCH).wanted(200)["upload_id"]
    book = retail_workbook.file(retail_workbook.standard())
    ids = {"getExcelUploadStatus": upload, "getRetailerFitScore": retailer, "listRetailerLocations": retailer, "listRetailerProducts": retailer, "setUserStatus": spare,
           "getAudienceBatch": batch, "deleteAudienceBatch": batch}
    for operation in contract.tagged("D", "E"):
        path = operation.path
        for name in ("uploadId", "retailerId", "id"):
            path = path.replace("{" + name + "}", str(ids.get(operation.id)))
        told = {"path": path, "reseller": None, "value": example(operation), "by": asker(operation)}
        if operation.id == "uploadExcelFile":
            told["form"] = lambda: Form().file("file", book.name, book.content).field("upload_type", "retailer_data")
        yield operation, told


def asker(operation):
    """One for whom the operation has something to show."""
    roles = operation.told.get("x-roles", [])
    return "maker" if "brand_user" in roles else "buyer" if "retailer_user" in roles else "root"


def books(world):
    """What D and E hold, as those see it who may."""
    root = world.caller("root", source="127.0.0.97")
    places = ("/api/categories", "/api/products?limit=1000", "/api/retailers?limit=1000", "/api/admin/users", "/api/uploads/history", "/api/audience/batch-upload")
    asked = [(root, place) for place in places] + [(world.caller("maker"), "/api/brands/profile"), (world.caller("maker"), "/api/brands/categories"),
                                                   (world.caller("buyer"), "/api/retailers/profile"), (world.caller("maker"), "/api/users/profile")]
    return {place: caller.get(place).text for caller, place in asked}


def refused(judge, operation, answer, status):
    """A refusal in the words of the operation's part."""
    if operation.tag == "E":
        judge.same(answer, (status, "error"), (answer.status, answer.json.get("status")))
        judge.holds(answer, sorted(answer.json) == ["message", "status"] and answer.json["message"], "a message and nothing else", answer.text)
        return
    judge.same(answer, (status, False, CODES[status]), (answer.status, answer.json.get("success"), answer.json.get("error", {}).get("code")))
    judge.holds(answer, isinstance(answer.json["error"].get("message"), str) and answer.json["error"]["message"], "a message", answer.text)


def roles(judge, world, table):
    """every operation of D by every role: those that the contract names may, the others get 403, and change nothing"""
    before = books(world)
    for request in table.fit:
        allowed = request.operation.told.get("x-roles")
        if not allowed:
            continue
        for name, role in ROLE.items():
            if role not in allowed:
                refused(judge, request.operation, request.ask(world.caller(name, source="127.0.3.20")), 403)
            elif request.operation.method == "GET":
                answer = request.ask(world.caller(name, source="127.0.3.20"))
                judge.holds(f"{answer} by {role}", answer.status in (200, 404), "200, or 404 without a profile", answer.whole)
    unchanged(judge, before, books(world))


def everyone(judge, world, table):
    """what names no roles is for each who is signed in"""
    for request in table.fit:
        operation = request.operation
        if operation.tag == "D" and operation.method == "GET" and "x-roles" not in operation.told and operation.id != "getExcelUploadStatus":
            for name, role in ROLE.items():
                answer = request.ask(world.caller(name, source="127.0.3.21"))
                judge.same(f"{answer} by {role}", 200, answer.status)
        if operation.id == "calculateFitScores":
            for name, role in ROLE.items():
                answer = request.ask(world.caller(name, source="127.0.3.21"))
                judge.same(f"{answer} by {role}", 200, answer.status)


def open_reading(judge, world, table):
    """the catalogue needs no token, and a wrong one shuts nothing: no 401 stands in the contract"""
    for request in table.fit:
        if request.operation.id in READING:
            for header in ({}, {"Authorization": "Bearer garbage"}, {"Authorization": f"Bearer {world.tokens['gone']}"}):
                answer = request.ask(world.caller(source="127.0.3.22"), headers=header)
                judge.same(answer, 200, answer.status)


def unknown_ids(judge, world, table):
    """ids that nobody has, and ids that are none: 404"""
    before = books(world)
    for request in table.fit:
        if "{" not in request.operation.path:
            continue
        real = next(part for part, template in zip(request.path.split("/"), request.operation.path.split("/")) if template.startswith("{"))
        strange = NOBODYS if request.operation.tag == "D" else ("upl_1761984000_nobody", "upl_", "not-an-id", "7", real + "0", real[:-1], "%27", "upl_1_%00")
        for identifier in strange:
            with judge.about(f"the id {identifier}"):
                answer = request.of(request.path.replace(f"/{real}", f"/{identifier}")).ask(world.caller("root", source="127.0.3.23"))
                refused(judge, request.operation, answer, 404)
    unchanged(judge, before, books(world))


def other_peoples(judge, world, table):
    """an audience upload of somebody else: 403, not in the list, and not deleted"""
    theirs = [request for request in table.fit if request.operation.id in ("getAudienceBatch", "deleteAudienceBatch")]
    for name in ("boxnox", "operator", "maker", "brand", "shelf"):
        for request in theirs:
            refused(judge, request.operation, request.ask(world.caller(name, source="127.0.3.24")), 403)
        answer = world.caller(name, source="127.0.3.24").get("/api/audience/batch-upload")
        judge.same(f"{answer} by {name}", (200, {"status": "success", "uploads": []}), answer.whole)
    answer = theirs[0].ask(world.caller("root", source="127.0.3.24"))
    judge.same(f"{answer}, by its owner", BATCH["records"], answer.wanted(200)["records"])


def unchanged(judge, before, after):
    for part in before:
        judge.holds(f"{part} afterwards", before[part] == after[part], "as before", after[part][:300])


CHECKS = [roles, everyone, open_reading, unknown_ids, other_peoples]
