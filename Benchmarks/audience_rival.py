"""The same work by other means: audience batches as a good Python programmer would take them, with FastAPI, pydantic and sqlite3.

Each record is validated, the batch is stored in one synced transaction, then answered. Its token is one word that is compared; what
Sellout does beyond that (a parser that never holds the whole body, accounts, limits, audit) is not asked of it.
"""

import json
import secrets
import sqlite3
import sys
import time
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST, LARGEST = 50_000, 5_242_880


class Record(BaseModel):
    model_config = ConfigDict(extra="allow")
    business_email: str = None
    personal_email: str = None
    email: str = None
    domain: str = None
    company_domain: str = None
    first_name: str = None
    last_name: str = None
    company_name: str = None

    @model_validator(mode="after")
    def names_somebody(self):
        if not self.model_fields_set & {"business_email", "personal_email", "email", "domain", "company_domain"}:
            raise ValueError("no identifying field")
        return self


class Batch(BaseModel):
    upload_name: Annotated[str, Field(min_length=1, max_length=100)]
    records: Annotated[list[Record], Field(min_length=1, max_length=MOST)]
    fields: list[str] | None = None


def service(path, token):
    app, ledger = FastAPI(), sqlite3.connect(path, check_same_thread=False)
    ledger.execute("PRAGMA journal_mode = WAL")
    ledger.execute("PRAGMA synchronous = FULL")
    ledger.execute("CREATE TABLE IF NOT EXISTS batches (id TEXT PRIMARY KEY, name TEXT, created REAL, rows INTEGER, fields TEXT, records TEXT)")

    @app.middleware("http")
    async def bounded(request: Request, go_on):
        if int(request.headers.get("content-length", 0)) > LARGEST:
            return JSONResponse({"status": "error", "message": "Body is over 5 MiB"}, 413)
        return await go_on(request)

    @app.exception_handler(RequestValidationError)
    async def invalid(request, fault):
        first = fault.errors()[0]
        return JSONResponse({"status": "error", "message": f"{first['loc']}: {first['msg']}"}, 400)

    # A plain function: FastAPI runs it in a thread of its own, and the loop goes on.
    @app.post("/api/audience/batch-upload")
    def take(batch: Batch, authorization: Annotated[str, Header()] = ""):
        if not secrets.compare_digest(authorization, f"Bearer {token}"):
            return JSONResponse({"status": "error", "message": "Sign in first"}, 401)
        now = time.time()
        number = f"upl_{int(now)}_{secrets.token_hex(6)}"
        records = [record.model_dump(exclude_unset=True) for record in batch.records]
        fields = batch.fields if batch.fields is not None else list(dict.fromkeys(name for record in records for name in record))
        with ledger:
            ledger.execute("INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?)", (number, batch.upload_name, now, len(records), json.dumps(fields), json.dumps(records)))
        return {"status": "success", "upload_id": number, "session_token": f"sess_{int(now)}_{secrets.token_hex(6)}", "rows_received": len(records),
                "message": "Batch upload successful"}

    @app.get("/healthz")
    def healthy():
        return {}

    return app


if __name__ == "__main__":
    uvicorn.run(service(sys.argv[1], sys.argv[3]), host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
